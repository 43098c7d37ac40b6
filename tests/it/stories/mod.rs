//! The numbers that the bundled scenarios are there to show.

mod agents;
mod caching;
mod callers;
mod capacity;
mod elsewhere;
mod options;

use super::bundled::{names, pages, pages_with, text, variant};
use tokencast::report::model::{Pages, Variant};
use tokencast::report::money::Money;

#[expect(dead_code, reason = "its main is for the command line")]
#[path = "../../../examples/make_trace.rs"]
mod make_trace;

/// The tokens that every attempt of a variant reserves.
fn reserved_by_a_call(pages: &Pages, name: &str) -> u64 {
    let rows: Vec<_> = pages.timeline.iter().filter(|row| row.variant == name && row.attempts > 0).collect();
    let each = rows[0].offered_tokens / rows[0].attempts;
    assert!(rows.iter().all(|row| row.offered_tokens == each * row.attempts));
    each
}

/// How many of the calls that come at once find room in the minute's quota.
fn admitted_at_once(pages: &Pages, name: &str) -> u64 {
    let pools = &variant(pages, name).pools;
    let pool = pools.iter().find(|pool| pool.limit.is_some()).expect("a quota per minute");
    assert!(pool.throttled_attempts > 0, "all calls found room: more of them have to come");
    pool.reserved_peak / reserved_by_a_call(pages, name)
}

fn throttled(variant: &Variant, app: &str) -> u64 {
    variant.apps.iter().find(|known| known.name == app).expect("the app").totals.requests_throttled
}

/// A call of a variant with constant lengths.
fn cost_of_a_call(variant: &Variant) -> Money {
    let usage: i128 = variant.totals.served.into();
    let one = variant.lines.iter().map(|line| line.rate.times(i128::from(line.quantity) / usage)).sum::<Money>();
    assert_eq!(one.times(usage), variant.totals.cost.total);
    one
}

/// Tokens, or units of capacity, of one class on the bill of an app.
fn billed(variant: &Variant, app: &str, class: &str) -> u64 {
    let lines = variant.lines.iter().filter(|line| (line.app.as_str(), line.usage_class.as_str()) == (app, class));
    lines.map(|line| line.quantity).sum()
}

fn cost_of_a_day(pages: &Pages, name: &str, day: &str) -> String {
    let lines = pages.days.iter().filter(|row| row.variant == name && row.day.to_string() == day);
    lines.map(|row| row.line.amount).sum::<Money>().to_string()
}

#[test]
fn a_triage_call_reserves_451_times_more_with_max_tokens_unset_and_costs_the_same() {
    let pages = pages("support-triage");
    let (base, unset, global) = (variant(&pages, "base"), variant(&pages, "unset"), variant(&pages, "global"));
    assert_eq!((reserved_by_a_call(&pages, "base"), reserved_by_a_call(&pages, "unset")), (142, 64_042));
    assert_eq!(64_042, 451 * 142);
    assert_eq!(cost_of_a_call(base).to_string(), "0.0000737");
    assert_eq!(cost_of_a_call(unset), cost_of_a_call(base));
    assert_eq!(cost_of_a_call(global).to_string(), "0.000067");
    assert_eq!((base.totals.throttled_attempts, global.totals.throttled_attempts), (0, 0));
    let share = unset.totals.requests_throttled * 100 / unset.totals.arrivals;
    assert!((5..25).contains(&share), "{share} %");
}

#[test]
fn a_capped_triage_admits_451_times_as_many_calls_at_once() {
    let burst = [
        ("horizon: 7d", "horizon: 1s"),
        ("tokens_per_minute: 500k", "tokens_per_minute: 6_404_200, requests_per_minute: 1M"),
        ("ttft: {median: 400ms, p95: 900ms}", "ttft: 30s"),
        ("rate: 3/s, shape: office_hours, burstiness: 1.8", "rate: 50_000/s, burstiness: 0"),
    ];
    let pages = pages_with("support-triage", &burst);
    assert_eq!((admitted_at_once(&pages, "base"), admitted_at_once(&pages, "unset")), (45_100, 100));
}

#[test]
fn a_summary_reserves_8_24_times_more_in_the_trap() {
    let pages = pages("max-tokens-trap");
    assert_eq!((reserved_by_a_call(&pages, "base"), reserved_by_a_call(&pages, "trap")), (4_250, 35_000));
    assert_eq!((35_000.0_f64 / 4_250.0 * 100.0).round() / 100.0, 8.24);
    let (base, trap) = (variant(&pages, "base"), variant(&pages, "trap"));
    assert_eq!(base.totals.throttled_attempts, 0);
    assert!(trap.totals.requests_throttled * 5 > trap.totals.arrivals && trap.totals.gave_up > 0);
    let burst = [
        ("horizon: 1h", "horizon: 10s"),
        ("tokens_per_minute: 1M", "tokens_per_minute: 595k"),
        ("ttft: 900ms", "ttft: 30s"),
        ("rate: 90/min", "rate: 100/s"),
    ];
    let burst = pages_with("max-tokens-trap", &burst);
    assert_eq!((admitted_at_once(&burst, "base"), admitted_at_once(&burst, "trap")), (140, 17));
}

#[test]
fn a_pool_tells_the_minutes_in_which_its_own_limits_refused() {
    let pages = pages_with("max-tokens-trap", &[("account:\n", "account:\n  tokens_per_day: 12M\n")]);
    let pools = &variant(&pages, "trap").pools;
    let when = |at: usize| pools[at].throttled_when.as_ref().expect("it refused attempts");
    assert!(pools.len() == 2 && when(0).last_minute < when(1).last_minute, "{pools:?}");
    assert!((0..2).all(|at| when(at).worst_minute_throttled_attempts <= pools[at].throttled_attempts));
    assert!(when(0).last_minute <= when(1).first_minute, "the day is spent: no minute fills up after it");
}

#[test]
fn a_summary_is_charged_more_than_it_reserved_and_leaves_a_debt() {
    let pages = pages("max-tokens-trap");
    let charged: u64 = pages.timeline.iter().filter(|row| row.variant == "base").map(|row| row.charged_tokens).sum();
    assert_eq!(charged, 8_000 * variant(&pages, "base").totals.served);
}

#[test]
fn the_classifier_costs_a_twelfth_on_haiku() {
    let pages = pages("sonnet-to-haiku");
    for day in ["2025-06-03", "2025-06-04"] {
        assert_eq!(cost_of_a_day(&pages, "base", day), "399.9456");
        assert_eq!(cost_of_a_day(&pages, "haiku", day), "33.3288");
    }
    let (sonnet, haiku) = (variant(&pages, "base").totals.cost.total, variant(&pages, "haiku").totals.cost.total);
    assert_eq!(haiku.times(12), sonnet);
}

#[test]
fn the_reports_starve_the_chat_on_monday_at_nine_and_every_way_out_feeds_it() {
    let pages = pages("office-hours");
    let base = variant(&pages, "base");
    let pool = base.pools.iter().find(|pool| pool.throttled_attempts > 0).expect("a pool that throttles");
    let when = pool.throttled_when.as_ref().expect("the minutes are told");
    for minute in [&when.first_minute, &when.worst_minute, &when.last_minute] {
        // From nine to ten in New York; the retries of the last minute end a little later.
        assert!(("2026-12-07T14:00:00Z".."2026-12-07T15:02:00Z").contains(&minute.as_str()), "{minute}");
    }
    let hour = pages
        .timeline
        .iter()
        .find(|row| row.variant == "base" && row.app == "chat" && row.minute.to_string() == "2026-12-07T14:00:00Z");
    let starved = throttled(base, "chat");
    assert!(starved * 10 > hour.expect("the hour has a row").arrivals, "{starved}");
    for way_out in ["capped", "own_pool", "at_night"] {
        let left = throttled(variant(&pages, way_out), "chat");
        assert!(left * 20 < starved, "{way_out}: {left} of {starved}");
    }
}

#[test]
fn the_growing_assistant_tells_every_month_and_the_day_on_which_its_budget_runs_out() {
    let forecast = pages("growing-assistant").report.forecast.expect("a forecast");
    let told: Vec<String> = forecast
        .months
        .iter()
        .map(|month| format!("{} {} {}", month.month, month.cost.p50.rounded(), month.cost.p90.rounded()))
        .collect();
    assert_eq!(
        told,
        [
            "2027-01 $316.53 $337.25",
            "2027-02 $324.17 $343.39",
            "2027-03 $403.25 $415.75",
            "2027-04 $419.55 $434.62",
            "2027-05 $425.68 $447.21",
            "2027-06 $486.81 $507.04",
        ]
    );
    assert_eq!(forecast.replications, 20);
    assert_eq!(forecast.budget_exhausted_on.as_deref(), Some("2027-06-28"));
    assert_eq!(forecast.budget_exhausted_on_p90.as_deref(), Some("2027-06-23"));
}

#[test]
fn the_recorded_morning_is_what_its_generator_writes_and_is_replayed_call_by_call() {
    let trace = make_trace::csv().expect("the generator runs");
    assert!(
        text("scenarios/traces/morning.csv") == trace,
        "run `cargo run --example make_trace` and keep what it prints"
    );
    let pages = pages("replayed-morning");
    let rows = trace.lines().count() as u64 - 1;
    for variant in &pages.report.variants {
        assert_eq!(variant.totals.arrivals, rows, "{}", variant.name);
    }
    let refused: Vec<u64> = pages.report.variants.iter().map(|variant| variant.totals.requests_throttled).collect();
    let gave_up: Vec<u64> = pages.report.variants.iter().map(|variant| variant.totals.gave_up).collect();
    assert_eq!((refused, gave_up), (vec![54, 104, 1], vec![43, 82, 0]));
}

#[test]
fn the_scenarios_break_the_budgets_that_their_stories_are_about_and_no_other() {
    let broken = names().into_iter().flat_map(|name| {
        let budgets = pages(&name).report.budgets.into_iter().filter(|budget| !budget.held);
        budgets.map(move |budget| format!("{name}: {}", budget.expr)).collect::<Vec<_>>()
    });
    let expected = [
        "agent-bill: cost.day_max < 1_500 USD",
        "demo-quota-launch: throttled.requests <= 5%",
        "growing-assistant: cost.total < 2_300 USD",
        "office-hours: throttled.requests{app=chat} <= 0.1%",
        "retry-storm: gave_up{app=chat} <= 0.1%",
        "runaway-loop: cost.total < 1_500 USD",
        "streaming-timeouts: gave_up <= 1%",
    ];
    assert_eq!(broken.collect::<Vec<_>>(), expected);
}

#[test]
fn a_quota_that_nothing_draws_from_is_pointed_out() {
    let unused = |replaced: &[(&str, &str)]| {
        let findings = pages_with("max-tokens-trap", replaced).report.findings;
        findings.iter().filter(|finding| finding.code == "quota-unused").count()
    };
    assert_eq!(unused(&[]), 0);
    assert_eq!(unused(&[("via: geo", "via: global")]), 1);
}

/// 2,000 tokens at 30 a second: 66.7 seconds after the first token.
#[test]
fn every_report_of_67_seconds_is_cut_off_after_60_unless_it_is_streamed_or_shorter() {
    let pages = pages("streaming-timeouts");
    let found: Vec<_> = pages.report.findings.iter().filter(|finding| finding.code.contains("timeout")).collect();
    let [cut] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((cut.code.as_str(), cut.place.as_str()), ("idle-timeout-shorter-than-p99", "apps.reports.idle_timeout"));
    let base = &variant(&pages, "base").totals;
    // Botocore's retry quota: 500 tokens, of which a lost connection takes 14, and no answer gives any back.
    assert_eq!((base.served, base.retries.attempts, base.attempts - base.arrivals), (0, 500 / 14, 500 / 14));
    // What is not over at the end: the calls of the last minute, and answers that are still being written.
    assert!(base.gave_up > 2_000 && base.arrivals - base.gave_up < 40, "{base:?}");
    assert!(cut.message.contains("is 60 s:") && base.retries.abandoned > 2_300, "{}", cut.message);
    assert_eq!(base.cost.total, base.retries.all_cost(), "every answer was paid, and none was heard");
    let patient = pages_with("streaming-timeouts", &[("idle_timeout: 60s", "idle_timeout: 68s")]);
    assert!(patient.report.findings.iter().all(|finding| !finding.code.contains("timeout")));
    let hasty = pages_with(
        "streaming-timeouts",
        &[("read_timeout: 300s", "read_timeout: 60s"), ("streaming: false", "streaming: true")],
    );
    assert!(hasty.report.findings.iter().all(|finding| !finding.code.contains("timeout")));
    let client = pages_with("streaming-timeouts", &[("read_timeout: 300s", "read_timeout: 60s")]);
    assert!(client.report.findings.iter().any(|finding| finding.code == "read-timeout-shorter-than-p99"));
}
