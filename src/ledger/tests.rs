//! Retries and tasks have prices, those of their day.

use super::*;
use crate::bedrock::usage::Usage;
use crate::document::Source;
use crate::plan::{App, Meter, Plan, UnitRate, UnitRates, Work, bind};
use crate::pricing::bundled;
use crate::scenario;
use crate::sim::{AppRecord, Ended, MinuteRow, Observer, RetryRow, Run, Tasks};
use crate::units::{Micros, SimTime, Usd};
use jiff::civil::date;

/// One application on Haiku 4.5 by its US profile ($1.10 and $5.50 a million), from half an hour before midnight.
pub(crate) fn sample_plan() -> Plan {
    let text = "name: t\nstart: 2026-12-31T23:30:00Z\nhorizon: 1h\napps:\n  bot: {model: \
        us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1, max_tokens: 100, traffic: {rate: 1/s, input: 1, \
        output: 1}}\n";
    let file = scenario::parse(&Source::new("t.yaml", text.to_owned())).unwrap();
    bind(&file.base, &bundled().unwrap()).unwrap()
}

/// A run of an hour in which one application did what its record says.
pub(crate) fn sample_run(app: AppRecord) -> Run {
    Run {
        apps: vec![app],
        refusals: Vec::new(),
        refused_minutes: Vec::new(),
        end: SimTime(Micros::HOUR.0),
        in_flight: 0,
        balance: Default::default(),
    }
}

fn tokens(uncached_input: u64, output: u64) -> Usage {
    Usage { uncached_input, output, ..Usage::default() }
}

fn usd(amount: &str) -> Usd {
    Usd::parse(&format!("{amount} USD")).unwrap()
}

#[test]
fn retries_are_a_part_of_the_bill_and_priced_as_it_is() {
    let mut minutes = vec![MinuteRow::default(); 31];
    minutes[29].usage = tokens(3_000_000, 0);
    minutes[30].usage = tokens(0, 2_000_000);
    let first = RetryRow { minute: 29, attempts: 3, cut: 1, usage: tokens(1_000_000, 0), ..RetryRow::default() };
    let second = RetryRow { minute: 30, abandoned: 2, abandoned_usage: tokens(0, 1_000_000), ..RetryRow::default() };
    let run = sample_run(AppRecord { minutes, retries: vec![first, second], ..AppRecord::default() });
    let plan = sample_plan();
    let totals = Outcome::new(&run, &bill(&plan, &run), vec![None]).all;
    assert_eq!(totals.cost, usd("14.30"), "3 x 1.10 + 2 x 5.50: nothing is added for retries");
    let expected = RetryTotals {
        attempts: 3,
        cut: 1,
        abandoned: 2,
        cost: usd("1.10"),
        abandoned_cost: usd("5.50"),
        ..RetryTotals::default()
    };
    assert_eq!(totals.retries, expected);
    assert_eq!(totals.retries.all_cost(), usd("6.60"));
}

#[test]
fn each_lane_has_its_own_retries_and_their_prices() {
    let mut plan = sample_plan();
    let mut cheap = plan.apps[0].lanes[0].clone();
    cheap.access = crate::plan::Access::Purchased;
    plan.apps[0].lanes.insert(0, cheap);
    let lane = |attempts, usage| AppRecord {
        retries: vec![RetryRow { attempts, usage, ..RetryRow::default() }],
        ..AppRecord::default()
    };
    let lanes = vec![lane(1, tokens(5, 5)), lane(2, tokens(1_000_000, 0))];
    let found = bill(&plan, &sample_run(AppRecord { lanes, ..AppRecord::default() })).retries_of(0);
    assert_eq!((found.attempts, found.cost), (3, usd("1.10")), "what is paid for by the hour costs nothing more");
}

fn working(mut plan: Plan) -> Plan {
    let first: &mut App = &mut plan.apps[0];
    first.work = Some(Box::new(Work::default()));
    let next = date(2027, 1, 1);
    let rate = |day| Some(UnitRate::of(usd(if day < next { "0.15" } else { "0.20" }), None));
    let rates = UnitRates::dated(date(2026, 12, 31), [next].into_iter(), rate);
    first.meters = vec![Meter { sku: "text units".to_owned(), unit: "text unit".to_owned(), rates }];
    plan
}

#[test]
fn a_task_costs_what_its_calls_and_meters_cost_on_the_day_of_its_end() {
    let plan = working(sample_plan());
    let mut costs = TaskCosts::new(&plan);
    let mut end = |minute: u64, done, usage: Usage, units| {
        let task = Ended { app: 0, done, usage: &[usage], long: &[], metered: &[units] };
        costs.ended(SimTime(minute * Micros::MINUTE.0), task);
    };
    end(29, true, tokens(1_000_000, 0), 2);
    end(30, true, tokens(0, 1_000_000), 1);
    end(31, false, tokens(1_000_000, 0), 0);
    let [Some(found)] = &costs.of_apps()[..] else { panic!("the app has tasks") };
    assert_eq!(found.all, usd("8.20"), "1.10 + 0.30, 5.50 + 0.20, 1.10");
    assert_eq!((found.answered.count(), found.answered.max()), (2, usd("5.70")));
    assert_eq!(found.answered.sum(), 7_100_000_000_000, "picodollars: 1.40 + 5.70");
}

#[test]
fn an_app_whose_tasks_are_its_calls_has_no_costs_of_tasks() {
    let plan = sample_plan();
    let (run, costs) = run_and_price_tasks(&plan, 1, std::iter::empty());
    assert_eq!(costs, [None]);
    assert_eq!(Outcome::new(&run, &bill(&plan, &run), costs).all.tasks, None);
}

#[test]
fn tasks_are_added_up_and_what_no_user_saw_is_hidden() {
    let tasks = Tasks { begun: 3, done: 2, blocked_after: 1, visible_tokens: 200, tokens: 2_400, ..Tasks::default() };
    let run = sample_run(AppRecord { tasks: Some(Box::new(tasks)), ..AppRecord::default() });
    let plan = working(sample_plan());
    let totals = Outcome::new(&run, &bill(&plan, &run), vec![None]).all.tasks.unwrap();
    assert_eq!((totals.begun, totals.done, totals.blocked, totals.hidden_tokens()), (3, 2, 1, 2_200));
}

/// The price step takes any period: nothing is lost between hours and days, nor between a run's minutes and its bill.
#[test]
fn hourly_and_daily_lines_sum_to_the_same() {
    let plan = sample_plan();
    let lane = plan.apps[0].first();
    let minutes: Vec<MinuteRow> =
        (0..3_000).map(|minute| MinuteRow { usage: tokens(minute + 1, minute % 7), ..MinuteRow::default() }).collect();
    let record = AppRecord { minutes, ..AppRecord::default() };
    let lines = |minutes| token_lines(0, lane, &usage_by(&record, plan.start, minutes)).collect::<Vec<_>>();
    let (hours, days) = (lines(60), lines(crate::sim::DAY_MINUTES));
    // From 23:30 on: half an hour, 49 hours and half an hour; four days, the first and last in part.
    assert_eq!((hours.len(), days.len()), (2 * 51, 2 * 4));
    let sum = |lines: &[Line<'_>]| lines.iter().map(Line::amount).sum::<Usd>();
    assert_eq!(sum(&hours), sum(&days));
    assert_eq!(sum(&days), bill(&plan, &sample_run(record.clone())).total());
    let written: u64 = (0..3_000).map(|minute| minute % 7).sum();
    assert_eq!(sum(&hours), usd("1.10").scaled(3_000 * 3_001 / 2, 1_000_000) + usd("5.50").scaled(written, 1_000_000));
}
