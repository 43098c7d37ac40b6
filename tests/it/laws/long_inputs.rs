//! Calls with a long input have prices of their own: every token of them, in the bill, in retries and in tasks.

use crate::world::cases;
use proptest::prelude::*;
use tokencast::bedrock::usage::UsageClass;
use tokencast::document::Source;
use tokencast::ledger::{Bill, Item, bill, run_and_price_tasks};
use tokencast::plan::{self, Plan};
use tokencast::pricing;
use tokencast::scenario;
use tokencast::sim::Run;
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::units::{Tokens, Usd};

/// The long rates of Nova Pro here are twice its list prices: an invention for this test.
fn overlay(bound: u32, from: &str) -> String {
    format!(
        "sources: {{deal: {{title: Our contract}}}}\nmodels: {{nova-pro: {{prices: [{{via: on_demand, regions: any, from: {from}, \
         input_above: {bound}, per_million: {{input: 1.60, output: 6.40, cache_read: 0.40, cache_write_5m: free}}, source: deal, checked: \
         2026-11-01}}]}}}}\n"
    )
}

fn bound(app: &str, overlay: &str) -> Plan {
    let text = format!(
        "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\napps:\n  a: {{model: amazon.nova-pro-v1:0, region: us-east-1, \
         max_tokens: 500, {app}}}\n"
    );
    let file = scenario::parse(&Source::new("t.yaml", text)).unwrap_or_else(|problems| panic!("{}", problems.render()));
    let book = pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let book = if overlay.is_empty() {
        book
    } else {
        book.overlay(&[Source::new("own.yaml", overlay)]).unwrap_or_else(|problems| panic!("{}", problems.render()))
    };
    plan::bind(&file.base, &book).unwrap_or_else(|problems| panic!("{}", problems.render()))
}

const TRAFFIC: &str = "traffic: {rate: 20/min, input: {median: 900, p95: 4_000}, output: {median: 100, p95: 400}}";

fn run_of(plan: &Plan) -> (Run, Usd) {
    let (run, costs) = run_and_price_tasks(plan, 7, Arrivals::new(plan, 7, &NoFiles));
    let all = costs.into_iter().flatten().map(|cost| cost.all).sum();
    (run, all)
}

/// Tokens of a class, at the long rates and at all.
fn tokens(bill: &Bill<'_>, wanted: UsageClass) -> [u64; 2] {
    let of = |long: bool| {
        let lines = bill.lines().iter().filter_map(|line| match line.item {
            Item::Tokens { sku, .. } if sku.class == wanted && (!long || sku.input_above.is_some()) => {
                Some(line.quantity)
            }
            _ => None,
        });
        lines.sum()
    };
    [of(true), of(false)]
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_bound_moves_tokens_between_two_prices_and_loses_none(bound_tokens in 0_u32..12_000) {
        let list = bound(TRAFFIC, "");
        let long = bound(TRAFFIC, &overlay(bound_tokens, "2026-01-01"));
        let (before, after) = (run_of(&list).0, run_of(&long).0);
        prop_assert_eq!(before.apps[0].usage(), after.apps[0].usage(), "a price changes no decision");
        let (billed, all) = (bill(&long, &after), bill(&list, &before));
        for class in [UsageClass::UncachedInput, UsageClass::Output] {
            prop_assert_eq!(tokens(&billed, class)[1], tokens(&all, class)[1]);
        }
        // Twice the price: the bill grows by what the long tokens cost on the list.
        let long_part: Usd = billed.lines().iter().filter(|line| matches!(line.item, Item::Tokens { sku, .. } if sku.input_above == Some(Tokens(bound_tokens.into())))).map(|line| line.amount()).sum();
        prop_assert_eq!(billed.total() - all.total(), long_part.scaled(1, 2));
        let expected: u64 = Arrivals::new(&long, 7, &NoFiles).map(|arrival| u64::from(arrival.call.input)).filter(|input| *input > bound_tokens.into()).sum();
        let open = after.in_flight > 0;
        let [found, _] = tokens(&billed, UsageClass::UncachedInput);
        prop_assert!(if open { found <= expected } else { found == expected }, "{found} of {expected}");
    }
}

#[test]
fn an_input_of_exactly_the_bound_is_not_above_it() {
    let exactly = |bound_tokens| {
        let plan = bound("traffic: {rate: 20/min, input: 1_000, output: 10}", &overlay(bound_tokens, "2026-01-01"));
        let run = run_of(&plan).0;
        tokens(&bill(&plan, &run), UsageClass::UncachedInput)
    };
    let [none, all] = exactly(1_000);
    assert!(none == 0 && all > 0);
    assert_eq!(exactly(999), [all, all]);
}

#[test]
fn cached_input_counts_and_is_billed_at_the_long_rates_too() {
    let app = "prompt: {system: 3_000, cache: {ttl: 5m}}, traffic: {rate: 20/min, input: 100, output: 10}";
    let plan = bound(app, &overlay(3_000, "2026-01-01"));
    let run = run_of(&plan).0;
    let billed = bill(&plan, &run);
    let [long, all] = tokens(&billed, UsageClass::CacheRead);
    assert!(all > 0 && long == all, "3,000 cached and 100 others are above the bound together");
    let rates: Vec<_> = billed.by_rate().iter().map(|(line, _)| line.rate.times(1_000_000).to_string()).collect();
    assert!(rates.contains(&"0.40".to_owned()) && !rates.contains(&"0.20".to_owned()), "{rates:?}");
}

#[test]
fn tasks_and_retries_are_priced_by_the_length_of_their_calls() {
    let app = "guardrails: {policies: [content]}, client: {attempts: 4, read_timeout: 1s}, streaming: false, \
               service: {ttft: 2s}, traffic: {rate: 5/min, input: {median: 900, p95: 4_000}, output: 50}";
    let [list, long] = [String::new(), overlay(0, "2026-01-01")].map(|overlay| bound(app, &overlay));
    let [(list_run, list_tasks), (long_run, long_tasks)] = [&list, &long].map(run_of);
    let [before, after] = [bill(&list, &list_run), bill(&long, &long_run)];
    let tokens = |bill: &Bill<'_>| bill.sum(|line| matches!(line.item, Item::Tokens { .. }));
    assert_eq!(tokens(&after), tokens(&before).times(2), "every call is long");
    let [cheap, dear] = [&before, &after].map(|bill| bill.retries_of(0));
    assert!(cheap.cost > Usd::ZERO && cheap.abandoned_cost > Usd::ZERO, "{cheap:?}");
    assert_eq!((dear.cost, dear.abandoned_cost), (cheap.cost.times(2), cheap.abandoned_cost.times(2)));
    let services = before.total() - tokens(&before);
    assert!(list_tasks > services && long_tasks > list_tasks, "{list_tasks} and {long_tasks}");
}

#[test]
fn before_its_first_day_a_long_price_is_none() {
    let later = bound(TRAFFIC, &overlay(100, "2026-12-02"));
    let list = bound(TRAFFIC, "");
    assert_eq!(bill(&later, &run_of(&later).0).total(), bill(&list, &run_of(&list).0).total());
}

#[test]
fn two_bounds_of_one_offer_are_refused() {
    let own = overlay(100, "2026-01-01").replace("prices: [", "prices: [{via: on_demand, regions: any, from: 2025-06-01, input_above: 50, per_million: {input: 1, output: 2}, source: deal, checked: 2026-11-01}, ");
    let text = "name: t\nstart: 2025-12-01T00:00:00Z\nhorizon: 365d\napps:\n  a: {model: amazon.nova-pro-v1:0, region: us-east-1, max_tokens: 9, traffic: {rate: 1/h, input: 1, output: 1}}\n";
    let file = scenario::parse(&Source::new("t.yaml", text)).unwrap();
    let book = pricing::bundled().unwrap().overlay(&[Source::new("own.yaml", own)]).unwrap();
    let refused = plan::bind(&file.base, &book).unwrap_err().render();
    assert!(
        refused.contains("t.yaml:5:14: error: the price book has two bounds of long inputs for nova-pro"),
        "{refused}"
    );
}
