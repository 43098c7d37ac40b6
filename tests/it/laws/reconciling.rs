//! Laws of holding a run against a bill.

use proptest::prelude::*;
use tokencast::document::Source;
use tokencast::pricing::bundled;
use tokencast::reconcile::{Reconciliation, Split, actuals, reconcile};
use tokencast::statement::Statement;
use tokencast::units::Usd;

/// Usage types of models that the book has, with what the run calls them.
const SOLD: [(&str, &str, &str, &str); 6] = [
    ("USE1-Claude4.6Sonnet-input-tokens", "claude-sonnet-4-6", "geo", "uncached_input"),
    ("USE1-Claude4.6Sonnet-input-tokens-cross-region-global", "claude-sonnet-4-6", "global", "uncached_input"),
    ("USE1-Claude4.6Sonnet-cache-write-input-token-count-1-hour", "claude-sonnet-4-6", "geo", "cache_write_1h"),
    ("USE1-Claude4.6Sonnet-output-tokens", "claude-sonnet-4-6", "geo", "output"),
    ("USE1-NovaPro-output-tokens", "nova-pro", "on_demand", "output"),
    ("USE1-NovaLite-cache-read-input-token-count", "nova-lite", "on_demand", "cache_read"),
];

/// A usage type, tokens, and femtodollars for each.
type Used = (usize, u64, i128);

fn used() -> impl Strategy<Value = Vec<Used>> {
    prop::collection::vec((0..SOLD.len(), 1..u64::from(u32::MAX), 1_i128..1_000_000_000_000), 0..12)
}

fn statement(used: &[Used]) -> Statement {
    let lines: Vec<String> = used
        .iter()
        .map(|(sold, quantity, femtos)| {
            let (usage_type, model, via, class) = SOLD[*sold];
            let rate = Usd::from_femtos(*femtos);
            format!(
                r#"{{"app": "a", "sku": "s", "usage_class": "{class}", "quantity": {quantity}, "unit": "token",
                "rate": "{rate}", "amount": "{}", "source": "", "pool": null, "usage_type": "{usage_type}",
                "list_rate": "{rate}", "days": [], "sold": {{"model": "{model}", "model_id": "", "via": "{via}",
                "region": "us-east-1", "tier": "standard", "input_above": null}}}}"#,
                rate.times(*quantity)
            )
        })
        .collect();
    let text = format!(
        r#"{{"schema_version": 1, "scenario": {{"name": "x", "sha256": ""}}, "price_book": {{"sha256": "", "as_of": ""}},
        "period": {{"start": "2026-12-01T00:00:00Z", "end": "2026-12-02T00:00:00Z"}},
        "variants": [{{"name": "base", "apps": [], "lines": [{}]}}]}}"#,
        lines.join(",")
    );
    Statement::read(&text).expect("a statement")
}

/// What AWS would have billed, in thousands of tokens.
fn bill(used: &[Used]) -> String {
    let row = |(sold, quantity, femtos): &Used| {
        let cost = Usd::from_femtos(*femtos).times(*quantity);
        format!("{},{}.{:03},1K tokens,{cost}\n", SOLD[*sold].0, quantity / 1_000, quantity % 1_000)
    };
    let header = "line_item_usage_type,line_item_usage_amount,pricing_unit,line_item_unblended_cost\n";
    header.to_owned() + &used.iter().map(row).collect::<String>()
}

fn held(predicted: &[Used], billed: &[Used]) -> Reconciliation {
    let statement = statement(predicted);
    let actuals = actuals::read(&Source::new("bill.csv", bill(billed))).expect("a bill");
    let variant = statement.variant(None).expect("a variant");
    reconcile(variant, statement.period, &actuals, &bundled().expect("the book"))
}

fn cost(used: &[Used]) -> Usd {
    used.iter().map(|(_, quantity, femtos)| Usd::from_femtos(*femtos).times(*quantity)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_run_held_against_its_own_bill_has_no_residual(used in used()) {
        let found = held(&used, &used);
        prop_assert!(found.unreconciled.is_empty() && found.not_compared.is_empty());
        for row in &found.rows {
            prop_assert_eq!((row.residual(), row.split), (Usd::ZERO, Some(Split::default())), "{}", row.usage_type);
            prop_assert_eq!(row.predicted, row.billed);
        }
    }

    #[test]
    fn price_volume_and_mix_sum_to_the_residual_and_the_residuals_to_the_difference(predicted in used(), billed in used()) {
        let found = held(&predicted, &billed);
        for row in &found.rows {
            prop_assert_eq!(row.split.map(|split| split.total()), Some(row.residual()), "{}", row.usage_type);
        }
        let residuals: Usd = found.rows.iter().map(|row| row.residual()).sum();
        prop_assert_eq!(residuals, cost(&billed) - cost(&predicted));
    }

    #[test]
    fn the_same_quantities_at_other_rates_are_price_alone(used in used(), dearer in 1_i128..1_000_000) {
        let billed: Vec<Used> = used.iter().map(|(sold, quantity, femtos)| (*sold, *quantity, femtos + dearer)).collect();
        let split: Split = held(&used, &billed).rows.iter().filter_map(|row| row.split).sum();
        prop_assert_eq!(split, Split { price: cost(&billed) - cost(&used), ..Split::default() });
    }
}
