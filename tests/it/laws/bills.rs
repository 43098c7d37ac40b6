//! Laws of the bill: discounts, idle capacity, and whose cost is whose.

use crate::world::cases;
use proptest::prelude::*;
use std::sync::OnceLock;
use tokencast::document::Source;
use tokencast::ledger::{Bill, Capacity, Item, Line, Owner, bill, chargeback, utilisation};
use tokencast::plan::{self, Plan};
use tokencast::pricing::{self, PriceBook};
use tokencast::scenario::{self, ShareBy};
use tokencast::sim::{self, Run};
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::units::Usd;

/// Three applications share model units, spill on demand and use services; a fourth is alone.
const SCENARIO: &str = "name: t
start: 2026-12-01T21:30:00Z
horizon: 4h
account:
  provisioned:
    units: {model: llama-3-1-70b, region: us-west-2, units: 2, term: none, input_tokens_per_minute: 30k, output_tokens_per_minute: 3k}
apps:
  a: {model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, max_tokens: 90, provisioned: units, fallback: on_demand, traffic: {rate: 12/min, input: 2000, output: 90}}
  b: {model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, max_tokens: 90, provisioned: units, traffic: {rate: 3/min, input: 700, output: 90}, guardrails: {policies: [content]}}
  c: {model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, max_tokens: 90, provisioned: units, traffic: {rate: 1/h, input: 1, output: 1}}
  d: {model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1, max_tokens: 90, traffic: {rate: 9/min, input: 500, output: 9}}
";

fn book(overlay: &str) -> PriceBook {
    let bundled = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let own = format!("sources: {{deal: {{title: Our contract}}}}\n{overlay}");
    bundled.overlay(&[Source::new("own.yaml", own)]).unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn bound(overlay: &str) -> Plan {
    let file =
        scenario::parse(&Source::new("t.yaml", SCENARIO)).unwrap_or_else(|problems| panic!("{}", problems.render()));
    plan::bind(&file.base, &book(overlay)).unwrap_or_else(|problems| panic!("{}", problems.render()))
}

/// One run under the prices of the list; the engine knows no price.
fn ran() -> &'static (Plan, Run) {
    static RAN: OnceLock<(Plan, Run)> = OnceLock::new();
    RAN.get_or_init(|| {
        let plan = bound("");
        let run = sim::run(&plan, 1, Arrivals::new(&plan, 1, &NoFiles));
        (plan, run)
    })
}

fn is_capacity(line: &Line<'_>) -> bool {
    matches!(line.item, Item::Capacity { .. })
}

fn is_of(line: &Line<'_>, model: &str) -> bool {
    match line.item {
        Item::Tokens { sku, .. } => sku.model == model,
        Item::Capacity { sku, .. } => sku.starts_with(model),
        _ => false,
    }
}

fn products_sum_to_the_total(bill: &Bill<'_>) {
    let products: Usd = bill.lines().iter().map(|line| line.rate.times(line.quantity)).sum();
    assert_eq!(products, bill.total(), "quantity x rate = amount, exactly");
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_rows_of_every_tag_sum_to_the_bill(
        tags in prop::collection::vec(prop::option::of(prop::sample::select(vec!["x", "y", "=z"])), 4),
        share in prop::sample::select(vec![ShareBy::Usage, ShareBy::Reservation, ShareBy::Peak]),
    ) {
        let (plan, run) = ran();
        let mut plan = plan.clone();
        for (app, value) in plan.apps.iter_mut().zip(&tags) {
            app.tags = value.iter().map(|value| ("team".to_owned(), (*value).to_owned())).collect();
        }
        plan.chargeback = plan::Chargeback { by: vec!["team".to_owned()], share };
        let bill = bill(&plan, run);
        let found = chargeback(&plan, run, &bill);
        let [by] = &found[..] else { panic!("one tag was asked for") };
        prop_assert_eq!(by.rows.iter().map(|row| row.cost()).sum::<Usd>(), bill.total());
        prop_assert_eq!(by.rows.iter().map(|row| row.apps.len()).sum::<usize>(), 4, "each app is somebody's, once");
        let unallocated = by.rows.iter().find(|row| row.owner == Owner::Unallocated).map_or(Usd::ZERO, |row| row.shared);
        let idle = bill.sum(|line| matches!(line.item, Item::Capacity { state: Capacity::Idle, .. }));
        prop_assert_eq!(unallocated, if share == ShareBy::Usage { idle } else { Usd::ZERO });
    }

    #[test]
    fn a_percentage_scales_what_it_names_and_nothing_else(percent in 1_u64..=100) {
        let (plan, run) = ran();
        let list = bill(plan, run);
        let overlay = format!("discounts: {{deal: {{percent: {percent}%, models: [llama-3-1-70b], source: deal, checked: 2026-11-01}}}}");
        let cheaper = bound(&overlay);
        let paid = bill(&cheaper, run);
        products_sum_to_the_total(&paid);
        prop_assert_eq!(paid.lines().len(), list.lines().len());
        for (line, before) in paid.lines().iter().zip(list.lines()) {
            let named = is_of(line, "llama-3-1-70b");
            // The prices of the book are whole hundredths of femtodollars a token, so that no percentage is rounded.
            let expected = if named { before.amount().scaled(100 - percent, 100) } else { before.amount() };
            prop_assert_eq!(line.amount(), expected);
            prop_assert_eq!(line.list_amount(), before.amount());
            prop_assert_eq!(line.discount.map(|discount| discount.key.as_str()), named.then_some("deal"));
        }
    }

    #[test]
    fn a_discount_for_another_model_changes_nothing(percent in 1_u64..=100) {
        let (plan, run) = ran();
        let overlay = format!("discounts: {{deal: {{percent: {percent}%, models: [nova-pro], source: deal, checked: 2026-11-01}}}}");
        let other = bound(&overlay);
        let told = |bill: &Bill<'_>| -> Vec<String> {
            bill.lines().iter().map(|line| format!("{:?}", (line.day, line.item, line.quantity, line.rate, line.discount.is_some()))).collect()
        };
        prop_assert_eq!(told(&bill(&other, run)), told(&bill(plan, run)));
    }
}

#[test]
fn used_and_idle_hours_sum_to_the_fee_day_by_day() {
    let (plan, run) = ran();
    let bill = bill(plan, run);
    products_sum_to_the_total(&bill);
    // 2 units x 24 USD, hours that begin at 21:30 to 23:30 on the first day and at 00:30 on the second.
    let fee = |day: i8, hours: u64| {
        let all = bill.sum(|line| is_capacity(line) && line.day.day() == day);
        assert_eq!(all, Usd::parse("48 USD").unwrap().times(hours), "day {day}");
        bill.sum(|line| {
            is_capacity(line)
                && line.day.day() == day
                && matches!(line.item, Item::Capacity { state: Capacity::Idle, .. })
        })
    };
    let idle = [fee(1, 3), fee(2, 1)];
    assert!(idle.iter().all(|idle| *idle > Usd::ZERO), "{idle:?}");
    let pool = plan.pools.iter().position(|pool| pool.purchase.is_some()).unwrap();
    let found = utilisation(plan, run, pool).unwrap();
    assert_eq!(
        found.fees.iter().map(|fee| fee.idle_cost).sum::<Usd>(),
        idle[0] + idle[1],
        "one idle cost in all reports"
    );
    assert_eq!(found.fees.iter().map(|fee| fee.cost).sum::<Usd>(), Usd::parse("192 USD").unwrap());
}

#[test]
fn the_price_of_a_fee_changes_where_its_discount_begins() {
    let overlay = "discounts: {deal: {percent: 50%, models: [llama-3-1-70b], from: 2026-12-02, source: deal, checked: 2026-11-01}}";
    let plan = bound(overlay);
    let bill = bill(&plan, &ran().1);
    let fee = |day: i8| bill.sum(|line| is_capacity(line) && line.day.day() == day);
    assert_eq!([fee(1), fee(2)], ["144 USD", "24 USD"].map(|fee| Usd::parse(fee).unwrap()));
}
