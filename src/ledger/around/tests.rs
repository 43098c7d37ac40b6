use crate::ledger::{Bill, Outcome, bill};
use crate::plan::{App, Meter, Plan, Standing, UnitRate, UnitRates};
use crate::sim::{AppRecord, Run};
use crate::units::{Micros, SimTime, Usd};
use jiff::civil::{Date, date};

fn usd(dollars: &str) -> Usd {
    Usd::parse(&format!("{dollars} USD")).unwrap()
}

fn meter(sku: &str, dollars_per_thousand: &str) -> Meter {
    let rate = usd(dollars_per_thousand).scaled(1, 1_000);
    Meter { sku: sku.to_owned(), unit: "search".to_owned(), rates: UnitRates::fixed(rate, None) }
}

fn gigabytes(units: u64) -> Standing {
    let (sku, unit) = ("storage".to_owned(), "GB".to_owned());
    Standing { sku, unit, units, rates: UnitRates::fixed(usd("5.00"), None), hours: 730 }
}

/// A price, and another from a day on.
fn rising(first: &str, from: Date, then: &str) -> UnitRates {
    let on = |day| UnitRate::of(usd(if day < from { first } else { then }), None);
    UnitRates::dated(date(2026, 11, 1), [from].into_iter(), |day| Some(on(day)))
}

/// One application that calls nothing, with what stands around it.
fn plan(meters: Vec<Meter>, standing: Vec<Standing>) -> Plan {
    let text = "name: t\nstart: 2026-11-01T12:30:00Z\nhorizon: 1h\napps:\n  a: {model: meta.llama3-3-70b-instruct-v1:0, \
                region: us-west-2, max_tokens: 9, traffic: {rate: 1/s, input: 1, output: 1}}\n";
    let file = crate::scenario::parse(&crate::document::Source::new("t.yaml", text)).unwrap();
    let plan = crate::plan::bind(&file.base, &crate::pricing::bundled().unwrap()).unwrap();
    let apps = plan.apps.into_iter().map(|app| App { meters: meters.clone(), standing: standing.clone(), ..app });
    Plan { apps: apps.collect(), ..plan }
}

fn run(metered: Vec<Vec<u64>>, span: Micros) -> Run {
    Run {
        apps: vec![AppRecord { metered, ..AppRecord::default() }],
        refusals: Vec::new(),
        refused_minutes: Vec::new(),
        end: SimTime(span.0),
        in_flight: 0,
        balance: Default::default(),
    }
}

fn amounts(bill: &Bill<'_>) -> Vec<(u64, String)> {
    bill.by_rate().iter().map(|(line, _)| (line.quantity, line.amount().to_string())).collect()
}

/// O18 (Amazon Bedrock pricing page, 2026-07-24): 100,000 queries and 50 GB cost 350 USD by the standard way, and
/// 850 USD by the agentic way, which searches twice for each.
#[test]
fn a_managed_knowledge_base_costs_what_the_price_page_works_out() {
    let month = Micros::MONTH;
    let standard = plan(vec![meter("retrieve", "1.00")], vec![gigabytes(50)]);
    let searched = run(vec![vec![60_000, 0, 40_000]], month);
    let billed = bill(&standard, &searched);
    assert_eq!(amounts(&billed), [(100_000, "100.00".to_owned()), (36_500, "250.00".to_owned())]);
    assert_eq!(billed.total(), usd("350"));
    assert_eq!(Outcome::new(&searched, &billed, vec![None]).apps[0].cost, usd("350"), "the app pays for all of it");

    let agentic = plan(vec![meter("agentic", "4.00"), meter("retrieve", "1.00")], vec![gigabytes(50)]);
    let searched = run(vec![vec![100_000], vec![200_000]], month);
    assert_eq!(bill(&agentic, &searched).total(), usd("850"));
}

/// O21: 2,000 characters through content filters and sensitive information are two text units of each.
#[test]
fn a_guardrail_costs_each_policys_text_units() {
    let plan = plan(vec![meter("content", "0.15"), meter("pii", "0.10")], Vec::new());
    let run = run(vec![vec![2], vec![2]], Micros::HOUR);
    assert_eq!(bill(&plan, &run).total(), usd("0.0005"));
}

/// Four compute units at 0.24 USD an hour are about 700 USD a month, used or not.
#[test]
fn a_vector_store_costs_its_floor_without_a_single_search() {
    let ocus = Standing { units: 4, rates: UnitRates::fixed(usd("0.24"), None), hours: 1, ..gigabytes(0) };
    let (plan, run) = (plan(Vec::new(), vec![ocus]), run(Vec::new(), Micros::MONTH));
    assert_eq!(bill(&plan, &run).total(), usd("700.80"));
}

#[test]
fn the_days_of_a_monthly_price_sum_to_the_price_of_the_whole_time() {
    let plan = plan(Vec::new(), vec![gigabytes(7)]);
    let run = run(Vec::new(), Micros(100 * Micros::HOUR.0));
    let billed = bill(&plan, &run);
    let days: Vec<_> = billed.lines().iter().map(|line| (line.day.day(), line.quantity)).collect();
    assert_eq!(days, [(1, 84), (2, 168), (3, 168), (4, 168), (5, 112)]);
    assert_eq!(billed.total(), usd("5.00").scaled(700, 730));
    let merged: Vec<Usd> = billed.by_rate().iter().map(|(line, _)| line.amount()).collect();
    assert_eq!(merged, [billed.total()]);
}

#[test]
fn units_are_billed_on_their_day_and_at_its_price() {
    let mut meter = meter("retrieve", "1.00");
    meter.rates = rising("0.001", date(2026, 11, 2), "0.002");
    let mut minutes = vec![1; 12 * 60];
    minutes[0] = 10;
    let plan = plan(vec![meter], Vec::new());
    let run = run(vec![minutes], Micros::HOUR);
    let billed = bill(&plan, &run);
    let lines: Vec<_> = billed.lines().iter().map(|line| (line.day.day(), line.quantity, line.rate)).collect();
    assert_eq!(lines, [(1, 699, usd("0.001")), (2, 30, usd("0.002"))]);
}
