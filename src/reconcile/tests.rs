use super::actuals::read;
use super::*;
use crate::document::Source;
use crate::pricing::bundled;
use crate::statement::Statement;
use crate::units::Usd;

/// The bill of one variant with lines of `model via region class quantity rate`.
fn statement(lines: &[(&str, &str, &str, &str, u64, &str)]) -> Statement {
    let lines: Vec<String> = lines
        .iter()
        .map(|(model, via, region, class, quantity, per_million)| {
            let rate = Usd::parse(&format!("{per_million} USD")).unwrap_or_default().scaled(1, 1_000_000);
            format!(
                r#"{{"app": "a", "sku": "{model} {via} {region} standard {class}", "usage_class": "{class}",
                "quantity": {quantity}, "unit": "token", "rate": "{rate}", "amount": "{}", "source": "s", "pool": null,
                "sold": {{"model": "{model}", "model_id": "x", "via": "{via}", "region": "{region}", "tier": "standard",
                "input_above": null}}, "usage_type": null, "list_rate": "{rate}", "days": []}}"#,
                rate.times(*quantity)
            )
        })
        .collect();
    let text = format!(
        r#"{{"schema_version": 1, "scenario": {{"name": "x", "sha256": ""}},
        "price_book": {{"sha256": "", "as_of": ""}},
        "period": {{"start": "2026-12-01T06:00:00Z", "end": "2026-12-03T06:00:00Z"}},
        "variants": [{{"name": "base", "apps": [], "lines": [{}]}}]}}"#,
        lines.join(",")
    );
    Statement::read(&text).unwrap_or_else(|problem| panic!("{problem}"))
}

fn held(statement: &Statement, bill: &str) -> Reconciliation {
    let actuals = read(&Source::new("bill.csv", bill)).unwrap_or_else(|problems| panic!("{}", problems.render()));
    let variant = statement.variant(None).unwrap_or_else(|| panic!("no variant"));
    reconcile(variant, statement.period, &actuals, &bundled().unwrap_or_default())
}

fn usd(text: &str) -> Usd {
    let (minus, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let amount = Usd::parse(&format!("{text} USD")).unwrap_or_else(|problem| panic!("{problem}"));
    if minus { Usd::ZERO - amount } else { amount }
}

const CUR: &str = "line_item_usage_start_date,line_item_product_code,product_product_name,line_item_usage_type,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_line_item_type,line_item_currency_code\n";

fn sonnet() -> Statement {
    statement(&[("claude-sonnet-4-6", "geo", "us-west-2", "uncached_input", 1_000_000, "3.00")])
}

#[test]
fn a_dearer_rate_shows_as_price_and_the_bill_names_the_usage_type() {
    let bill = format!(
        "{CUR}2026-12-02 00:00:00,AmazonBedrock,,USW2-Claude4.6Sonnet-input-tokens,1000,1K tokens,3.30,Usage,USD\n"
    );
    let found = held(&sonnet(), &bill);
    let [row] = found.rows.as_slice() else { panic!("{found:?}") };
    assert_eq!(row.usage_type, "USW2-Claude4.6Sonnet-input-tokens");
    assert_eq!(row.residual(), usd("0.30"));
    assert_eq!(row.split, Some(Split { price: usd("0.30"), ..Split::default() }));
    assert_eq!((found.days, found.billed_days), (3, Some(1)));
}

#[test]
fn all_three_families_and_both_units_are_one_usage_type() {
    let bill = format!(
        "{CUR}2026-12-02,AmazonBedrock,,USW2-Claude4.6Sonnet-input-tokens,250,1K tokens,0.75,Usage,USD\n\
         2026-12-02,7x2abc,Claude Sonnet 4.6 (Amazon Bedrock Edition),USW2-MP:USW2_InputTokenCount-Units,0.5,Units,1.5,Usage,USD\n\
         2026-12-02,AmazonBedrock,,USW2-anthropic.claude-sonnet-4-6-mantle-input-tokens-standard,2.5E2,1K tokens,7.5E-1,Usage,USD\n"
    );
    let found = held(&sonnet(), &bill);
    assert_eq!(found.rows.len(), 1);
    assert_eq!((found.rows[0].residual(), found.rows[0].split), (Usd::ZERO, Some(Split::default())));
    assert_eq!(found.rows[0].billed.quantity, Some(1_000_000 * 10_i128.pow(15)));
}

#[test]
fn nothing_of_bedrock_is_dropped_and_nothing_else_is_taken() {
    let bill = format!(
        "{CUR}2026-12-02,AmazonEC2,,USW2-BoxUsage:m5.large,1,Hrs,9.99,Usage,USD\n\
         2026-12-02,AmazonBedrock,,USW2-Claude9Sonnet-input-tokens,1,1K tokens,0.40,Usage,USD\n\
         2026-12-02,AmazonBedrock,,USW2-Guardrail-ContentPolicyUnitsConsumed,1,TextUnits,0.15,Usage,USD\n\
         2026-12-02,AmazonBedrock,,USW2-Claude4.6Sonnet-input-tokens,1,Gallons,0.10,Usage,USD\n\
         2026-12-02,AmazonBedrock,,,,,-1.25,Credit,USD\n\
         2026-12-09,AmazonBedrock,,USW2-Claude4.6Sonnet-input-tokens,1000,1K tokens,3,Usage,USD\n"
    );
    let found = held(&sonnet(), &bill);
    let named: Vec<(&str, Usd)> = found.unreconciled.iter().map(|row| (row.what.as_str(), row.cost)).collect();
    assert_eq!(
        named,
        [
            ("AmazonBedrock", usd("-1.25")),
            ("USW2-Claude4.6Sonnet-input-tokens", usd("0.10")),
            ("USW2-Claude9Sonnet-input-tokens", usd("0.40")),
            ("USW2-Guardrail-ContentPolicyUnitsConsumed", usd("0.15")),
        ]
    );
    assert!(found.unreconciled[1].why.contains("`Gallons`") && found.unreconciled[2].why.contains("`Claude9Sonnet`"));
    assert_eq!((found.others, found.outside), (1, (1, usd("3"))));
    assert_eq!(found.rows[0].residual(), usd("-3.00"));
}

#[test]
fn focus_counts_tokens_and_bills_what_is_invoiced() {
    let bill = "\"BilledCost\",\"BillingCurrency\",\"ChargeCategory\",\"ChargePeriodStart\",\"ConsumedQuantity\",\"ConsumedUnit\",\"PricingQuantity\",\"PricingUnit\",\"ServiceName\",\"x_UsageType\"\n\
        3.00,USD,Usage,2026-12-01T00:00:00Z,NULL,NULL,1000,1K tokens,Amazon Bedrock,USW2-Claude4.6Sonnet-input-tokens\n\
        0.15,USD,Usage,2026-12-01T00:00:00Z,10000,Tokens,10,1K tokens,Amazon Bedrock,USW2-Claude4.6Sonnet-output-tokens\n";
    let found = held(&sonnet(), bill);
    assert_eq!(found.rows[0].residual(), Usd::ZERO);
    assert_eq!(found.rows[1].billed.quantity, Some(10_000 * 10_i128.pow(15)));
    assert_eq!(found.rows[1].split.map(|split| split.total()), Some(usd("0.15")));
}

#[test]
fn the_cost_explorer_has_residuals_only_in_either_orientation() {
    let columns = "\"Usage type\",\"USW2-Claude4.6Sonnet-input-tokens($)\",\"USE1-BoxUsage($)\",\"Total costs($)\"\n\
        \"Usage type total\",\"3.5\",\"1\",\"4.5\"\n\"2026-12-01\",\"1.5\",\"\",\"1.5\"\n\"2026-12-02\",\"2.0\",\"1\",\"3\"\n";
    let rows = "Usage type,2026-12-01($),2026-12-02($),Total costs($)\nUSW2-Claude4.6Sonnet-input-tokens,1.5,2.0,3.5\nUSE1-BoxUsage,,1,1\nTotal costs,1.5,3,4.5\n";
    for bill in [columns, rows] {
        let found = held(&sonnet(), bill);
        assert_eq!((found.rows[0].residual(), found.rows[0].split), (usd("0.50"), None), "{bill}");
        assert_eq!(found.billed_days, Some(2));
    }
    let total = held(&sonnet(), "Usage type,Total costs($)\nUSW2-Claude4.6Sonnet-input-tokens,3.25\n");
    assert_eq!((total.rows[0].residual(), total.billed_days), (usd("0.25"), None));
}

#[test]
fn a_file_that_is_no_bill_is_refused_with_its_place() {
    let said =
        |text: &str| read(&Source::new("bill.csv", text)).err().map(|problems| problems.render()).unwrap_or_default();
    let row = |cells: &str| format!("{CUR}{cells}\n");
    for (text, part) in [
        (String::new(), "the file is empty"),
        ("a,b\n1,2\n".to_owned(), "bill.csv:1:1: error: this is none of the exports"),
        (
            row("2026-12-02,AmazonBedrock,,U,1,1K tokens,many,Usage,USD"),
            "bill.csv:2:1: error: its cost: `many` is not a number",
        ),
        (row("2026-12-02,AmazonBedrock,,U,x,1K tokens,1,Usage,USD"), "its quantity: `x` is not a number"),
        (row("02.12.2026,AmazonBedrock,,U,1,1K tokens,1,Usage,USD"), "`02.12.2026` does not begin with a day"),
        (row("2026-12-02,AmazonBedrock,,U,1,1K tokens,,Usage,USD"), "it has no cost"),
        (row("2026-12-02,AmazonBedrock,,U,1,1K tokens,1,Usage,EUR"), "it is billed in EUR"),
        (
            "Usage type,Total costs($)\nUSE1-NovaPro-input-tokens,lots\n".to_owned(),
            "the cost of USE1-NovaPro-input-tokens",
        ),
    ] {
        assert!(said(&text).contains(part), "{part}: {}", said(&text));
    }
}
