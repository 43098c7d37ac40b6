//! What callers do to a quota and to a bill: users, retries, agents, and the choice of a model.

use crate::bundled::{Traces, pages, pages_with, text, variant};
use tokencast::document::Source;
use tokencast::pipeline::prepare;
use tokencast::pricing;
use tokencast::report::clients::{Client, Clients};
use tokencast::report::model::{App, Pages, Tasks, Totals, Variant};
use tokencast::report::money::Money;
use tokencast::traffic::Progress;

fn app<'a>(variant: &'a Variant, name: &str) -> &'a App {
    variant.apps.iter().find(|app| app.name == name).expect("the app")
}

fn totals<'a>(pages: &'a Pages, name: &str) -> &'a Totals {
    &variant(pages, name).totals
}

fn tasks<'a>(pages: &'a Pages, name: &str) -> &'a Tasks {
    variant(pages, name).apps[0].tasks.as_ref().expect("an app that works in tasks")
}

/// What `tokencast compare-clients` says of a bundled scenario.
fn clients(name: &str, app: Option<&str>) -> Clients {
    let source = Source::new(format!("scenarios/{name}.yaml"), text(&format!("scenarios/{name}.yaml")));
    let book = pricing::bundled().expect("the bundled price book is good");
    let prepared = prepare(&source, &book, &Traces).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    prepared.compare_clients(app, &Traces, &Progress::default()).unwrap_or_else(|_| panic!("{name} has its apps"))
}

/// A client that was tried does what the variant does that says the same.
fn assert_same(tried: &Client, written: &Totals) {
    let found = (tried.calls, tried.served, tried.gave_up, tried.attempts, tried.throttled_attempts, tried.abandoned);
    let expected = (
        written.arrivals,
        written.served,
        written.gave_up,
        written.attempts,
        written.throttled_attempts,
        written.retries.abandoned,
    );
    assert_eq!(found, expected, "{}", tried.name);
    assert_eq!((tried.cost.total, tried.retries_cost), (written.cost.total, written.retries.all_cost()));
}

fn dollars(cents: i128) -> Money {
    Money::from(cents * 10_000_000_000_000)
}

/// The users begin 20 ms apart and think for a second: the sixth sends at 1 + 5 x 0.02 s, in the second that has
/// admitted five.
#[test]
fn the_sixth_of_fifty_users_is_throttled_1_1_seconds_after_the_start() {
    let until = |end: &str| {
        let pages = pages_with("demo-quota-launch", &[("horizon: 5m", &format!("horizon: {end}"))]);
        let totals = totals(&pages, "base");
        (totals.arrivals, totals.throttled_attempts)
    };
    assert_eq!(until("1s"), (0, 0));
    assert_eq!(until("1100ms"), (5, 0));
    assert_eq!(until("1101ms"), (6, 1));
    assert_eq!(until("2s").0, 50);
}

/// From the first to the 299th second, five are admitted in each. An answer takes two seconds: those of the last two
/// seconds are open at the end.
#[test]
fn every_mode_that_keeps_asking_gets_five_a_second_and_adaptive_waits_instead() {
    let pages = pages("demo-quota-launch");
    for name in ["base", "legacy", "no_retries"] {
        let totals = totals(&pages, name);
        assert_eq!(totals.attempts - totals.throttled_attempts, 299 * 5, "{name}");
        assert_eq!(totals.served, 297 * 5, "{name}");
    }
    // Its limiter goes back to seven tenths of the rate at which it is refused.
    let adaptive = totals(&pages, "adaptive");
    let admitted = adaptive.attempts - adaptive.throttled_attempts;
    assert!(adaptive.gave_up == 0 && (299 * 5 * 7 / 10..299 * 5).contains(&admitted), "{adaptive:?}");
    assert!(adaptive.throttled_attempts * 10 < adaptive.attempts, "{adaptive:?}");
    // 600 x $3.30 + 120 x $16.50 a million are $0.00396.
    assert_eq!(totals(&pages, "base").cost.total, Money::from(396 * 10_000_000_000).times(297 * 5));
}

/// Without retries a refused user is back after a second and a served one after three. Of the fifty who come first five
/// are served; 45 come in the next second, 40 in the third, and in every later one 35 refused and five served: 50 + 45 +
/// 297 x 40.
#[test]
fn without_retries_fifty_users_send_forty_requests_a_second() {
    let pages = pages("demo-quota-launch");
    let none = totals(&pages, "no_retries");
    assert_eq!((none.arrivals, none.attempts), (11_975, 11_975));
    assert_eq!((none.throttled_attempts, none.gave_up), (11_975 - 1_495, 11_975 - 1_495));
}

/// Three seconds a round: the first user begins its rounds at 1 s and the last at 1.98 s, a hundred each before 300 s. In
/// no second begin more than fifty.
#[test]
fn fifty_requests_a_second_are_enough_for_fifty_users() {
    let pages = pages("demo-quota-launch");
    let raised = totals(&pages, "raised");
    assert_eq!((raised.arrivals, raised.throttled_attempts, raised.gave_up), (5_000, 0, 0));
}

/// 500 tokens at five a retry are 100; an answer gives back what its last retry took, or one. So there are not more
/// retries than 100 and one for each answer. Who is given up was denied a retry, or had two.
#[test]
fn the_retry_quota_of_standard_is_spent_by_the_launch() {
    let pages = pages("demo-quota-launch");
    let base = totals(&pages, "base");
    assert!((100..=100 + base.served).contains(&base.retries.attempts), "{:?}", base.retries);
    assert!(
        (base.gave_up - base.retries.attempts / 2..=base.gave_up).contains(&base.retries.cut),
        "{:?}",
        base.retries
    );
    // Legacy has no quota: who is given up was refused five times.
    let legacy = totals(&pages, "legacy");
    assert_eq!(legacy.retries.cut, 0);
    assert!(legacy.attempts >= 5 * legacy.gave_up + legacy.served, "{legacy:?}");
}

#[test]
fn comparing_the_clients_of_the_launch_says_what_its_variants_say() {
    let pages = pages("demo-quota-launch");
    let compared = clients("demo-quota-launch", None).clients;
    let pairs = ["base", "legacy", "base", "adaptive", "no_retries"];
    assert_eq!(compared.len(), pairs.len());
    for (tried, written) in compared.iter().zip(pairs) {
        assert_same(tried, totals(&pages, written));
    }
}

#[test]
fn the_reports_of_the_storm_are_a_row_every_three_seconds() {
    let rows = (0..100).map(|row| format!("{},3000,4000\n", row * 3));
    let expected = format!("seconds,input_tokens,output_tokens\n{}", rows.collect::<String>());
    assert_eq!(text("scenarios/traces/reports.csv"), expected);
}

/// A report needs 1 s + 4,000 / 50 s = 81 s, and its client waits for 60: every attempt fails, refused or abandoned.
#[test]
fn no_report_is_answered_however_often_its_client_tries() {
    let pages = pages("retry-storm");
    // 3,000 x $3.30 + 4,000 x $16.50 a million.
    let report = Money::from(759 * 100_000_000_000);
    for (name, attempts) in [("base", 100 * 20), ("legacy", 100 * 5), ("standard", 100 + 35), ("no_retries", 100)] {
        let reports = &app(variant(&pages, name), "reports").totals;
        assert_eq!((reports.attempts, reports.served, reports.gave_up), (attempts, 0, 100), "{name}");
        let written = attempts - reports.throttled_attempts;
        assert_eq!(reports.retries.abandoned, written, "{name}");
        assert_eq!(reports.cost.total, report.times(written.into()), "{name}");
        assert_eq!(reports.retries.all_cost(), reports.cost.total, "{name}");
    }
    // 500 / 14 = 35 retries, none of them refused. A report ends when it is denied a retry, or had two of the 35.
    let standard = &app(variant(&pages, "standard"), "reports").totals;
    assert_eq!(standard.throttled_attempts, 0);
    assert!((100 - 35 / 2..=100).contains(&standard.retries.cut), "{:?}", standard.retries);
    let patient = &app(variant(&pages, "patient"), "reports").totals;
    assert_eq!((patient.served, patient.cost.total), (100, report.times(100)));
}

/// Tokens counted until 15:03, were every report asked for again at once after 60 seconds: at most 60 attempts a minute
/// reserve 7,096 each, at most 33 are written, 15,904 above their reservation, and chats take 4,000 each: 1.2 million of
/// 1.5. From then on 80 reserve, 53 are written: 1.65 million. The last attempt is made 297 s + 19 x 60 s after the start
/// and 1 + 2 + 4 + 8 + 16 + 14 x 20 s of backoff at most; of twelve seeds all end between 15:17 and 15:19.
#[test]
fn the_storm_lasts_a_quarter_of_an_hour_and_is_told_with_its_numbers() {
    let pages = pages("retry-storm");
    let storms: Vec<_> = pages.report.findings.iter().filter(|finding| finding.code == "retry-storm").collect();
    let [storm] = storms.as_slice() else { panic!("{storms:?}") };
    let base = variant(&pages, "base");
    let pool = base.pools.iter().find(|pool| pool.throttled_attempts > 0).expect("a pool that throttles");
    let when = pool.throttled_when.as_ref().expect("its minutes are told");
    assert_eq!(when.first_minute, "2026-12-01T15:03:00Z");
    assert!(("2026-12-01T15:15:00Z".."2026-12-01T15:22:00Z").contains(&when.last_minute.as_str()), "{when:?}");
    // Every minute with a refusal is one of the storm.
    let worst = base.totals.retries.worst_minute.as_ref().expect("retries were made");
    for told in [
        format!("from 2026-12-01 15:03 UTC on, for {} minutes", when.minutes),
        // 20 reports x (3,000 + 4,096) and 60 chats x (2,000 + 1,000).
        "ask for at most 321,920 of 1,500,000 tokens per minute".to_owned(),
        format!("and {} attempts are refused", pool.throttled_attempts),
        // The last report came at 15:04:57: what is sent for the first time are chats.
        format!("15:05 UTC, {} attempts are made of 60 calls", worst.attempts),
    ] {
        assert!(storm.message.contains(&told), "{told}: {}", storm.message);
    }
    assert_eq!((worst.minute.as_str(), worst.first_attempts), ("2026-12-01T15:05:00Z", 60));
}

#[test]
fn only_the_storm_shuts_the_chat_out() {
    let pages = pages("retry-storm");
    let chat = |name: &str| &app(variant(&pages, name), "chat").totals;
    for name in ["standard", "no_retries", "patient"] {
        assert_eq!((chat(name).throttled_attempts, chat(name).gave_up), (0, 0), "{name}");
    }
    // Sixty calls a minute in the sixteen minutes of the storm.
    let lost = chat("base").gave_up;
    assert!(lost * 10 > 60 * 16 && lost < 60 * 16, "{lost}");
    assert!(chat("legacy").gave_up * 2 < lost, "five attempts of each are a shorter storm");
    assert_eq!(chat("base").retries.abandoned, 0);
}

#[test]
fn comparing_the_clients_of_the_reports_says_what_the_variants_of_the_storm_say() {
    let pages = pages("retry-storm");
    let compared = clients("retry-storm", Some("reports")).clients;
    for (at, written) in [(0, "base"), (1, "legacy"), (2, "standard"), (4, "no_retries")] {
        assert_same(&compared[at], totals(&pages, written));
    }
}

/// 50 x 4,000 + 1,000 x 1,225 = 1,425,000 tokens in, 50 x 100 out: $4.275 + $0.075 a task. The five agents begin 50
/// seconds apart and are done every 250: until 226,800 s the first 907 times, and the others, since the second would be
/// just then, 906 times.
#[test]
fn five_agents_that_never_stop_cost_313_dollars_an_hour() {
    let pages = pages("runaway-loop");
    let base = tasks(&pages, "base");
    assert_eq!((base.done, base.failed), (907 + 4 * 906, 0));
    let calls = base.calls.expect("tasks that ended");
    assert_eq!((calls.p50, calls.max), (50, 50));
    let ended = dollars(435).times(base.done.into());
    assert_eq!(base.cost.expect("tasks that were answered").all, ended);
    let (total, open) = (totals(&pages, "base").cost.total, dollars(5 * 435));
    assert!(ended <= total && total < [ended, open].into_iter().sum(), "{total:?}");
    let hours: Vec<_> = pages.timeline.iter().filter(|row| row.variant == "base").collect();
    assert_eq!(hours.len(), 63);
    // In cents: 300 a million in and 1,500 out. The first hour lacks what the agents who come later do not do in it.
    let cents = |at: usize| (hours[at].input_tokens * 300 + hours[at].output_tokens * 1_500) / 1_000_000;
    assert!((1..63).all(|hour| cents(hour) == 31_320), "an hour of five times 14.4 tasks");
    // $1,500 / $313.20 = 4.79 hours after six in the evening.
    let spent = |until: usize| (0..until).map(cents).sum::<u64>();
    assert!(spent(4) < 150_000 && spent(5) > 150_000);
    assert_eq!(hours[4].minute.to_string(), "2026-12-04T22:00:00Z");
    let forecast = pages.report.forecast.as_ref().expect("a forecast");
    assert_eq!(forecast.budget_exhausted_on.as_deref(), Some("2026-12-04"));
    assert_eq!(forecast.budget_exhausted_on_p90.as_deref(), Some("2026-12-04"));
}

/// With 90,000 tokens the eleventh call, which sends 14,000 after 86,000, has to answer: 99,000 tokens in and 1,100 out,
/// $0.297 + $0.0165, in 11 x 3 + 10 x 2 = 53 seconds.
#[test]
fn a_token_budget_bounds_the_task_and_a_concurrency_the_loop() {
    let pages = pages("runaway-loop");
    // Round after round until 226,800 s: 55 s from 50 s later each, and without a break one after the other.
    let rounds = |first_s: u64, round_s: u64| (226_800 - first_s - 1) / round_s;
    let in_parallel = (0..5).map(|agent| rounds(agent * 50, 55)).sum::<u64>();
    let of_a_task = [("token_budget", in_parallel, 3_135), ("one_at_a_time", rounds(2, 248), 43_500)];
    for (name, done, tenths_of_mills) in of_a_task.into_iter().chain([("both", rounds(2, 53), 3_135)]) {
        let tasks = tasks(&pages, name);
        assert_eq!((tasks.done, tasks.failed), (done, 0), "{name}");
        let cost = Money::from(100_000_000_000 * tenths_of_mills).times(done.into());
        assert_eq!(tasks.cost.expect("tasks that were answered").all, cost, "{name}");
    }
    assert_eq!(tasks(&pages, "both").cut_by_budget, rounds(2, 53));
    assert_eq!(tasks(&pages, "one_at_a_time").at_once_peak, 5);
}

/// A token of input costs $3 a million and counts once, one of output $15 and five times: a day of 700 million is $2,100
/// at most. When less is left than the smallest call reserves, 4,000 + 1,000, no other is admitted.
#[test]
fn the_default_quota_of_a_day_stops_the_loop_at_2_100_dollars() {
    let pages = pages("runaway-loop");
    let sunday: f64 = super::cost_of_a_day(&pages, "default_day", "2026-12-06").parse().expect("dollars");
    assert!((2_100.0 - 0.015..=2_100.0).contains(&sunday), "{sunday}");
    let pool = variant(&pages, "default_day").pools.iter().find(|pool| pool.throttled_attempts > 0);
    assert_eq!(pool.map(|pool| pool.limits["tokens_per_day"]), Some(700_000_000));
}

/// Read are the prompt and what was said before, 3,000 + 49 x 4,000 + 1,000 x 1,176 at $0.30 a million, written 50 x
/// 1,000 at $3.75, and 5,000 come out: $0.4125 + $0.1875 + $0.075.
#[test]
fn a_cached_loop_is_cheaper_and_faster_and_goes_on() {
    let pages = pages("runaway-loop");
    let cached = tasks(&pages, "cached");
    assert_eq!(cached.cost.expect("tasks that were answered").p50.of_one(), "$0.675");
    assert!(cached.done > tasks(&pages, "base").done);
}

/// How often each of the two models was asked: 200 tokens are written by either.
fn asked(variant: &Variant) -> [u64; 2] {
    ["claude-haiku", "claude-sonnet"].map(|model| {
        let lines = variant.lines.iter().filter(|line| line.usage_class == "output" && line.sku.contains(model));
        lines.map(|line| line.quantity / 200).sum()
    })
}

/// 1,000 x $3 + 200 x $15 a million are $0.006, and $1 and $5 are a third of it.
#[test]
fn the_router_and_the_cascade_cost_what_their_calls_cost_by_list_price() {
    let pages = pages("model-tiering");
    for name in ["base", "split", "cascade", "all_on_haiku"] {
        let [haiku, sonnet] = asked(variant(&pages, name));
        let mills = i128::from(2 * haiku + 6 * sonnet);
        assert_eq!(totals(&pages, name).cost.total, Money::from(mills * 1_000_000_000_000), "{name}");
        assert_eq!(totals(&pages, name).served, haiku + sonnet, "{name}");
    }
    let (base, haiku) = (totals(&pages, "base"), totals(&pages, "all_on_haiku"));
    assert_eq!(haiku.cost.total.times(3), base.cost.total);
    assert_eq!(asked(variant(&pages, "base")), [0, base.served]);
}

/// Shares of 28,800 tasks are drawn: four standard deviations are 4 x sqrt(0.7 x 0.3 / 28,800) = 1.08 %.
#[test]
fn seven_of_ten_tasks_end_on_haiku() {
    let pages = pages("model-tiering");
    assert_eq!(totals(&pages, "base").arrivals, 28_800);
    let per_myriad = |[haiku, sonnet]: [u64; 2], whole: u64| [haiku * 10_000 / whole, sonnet * 10_000 / whole];
    let split = asked(variant(&pages, "split"));
    let shares = per_myriad(split, split[0] + split[1]);
    assert!(shares[0].abs_diff(7_000) < 108 && shares[1].abs_diff(3_000) < 109, "{shares:?}");
    // The cascade asks Haiku for each of them; a few are open at the end.
    let cascade = asked(variant(&pages, "cascade"));
    let [every, again] = per_myriad(cascade, cascade[0]);
    assert!(every == 10_000 && cascade[0] + 10 > 28_800, "{cascade:?}");
    assert!(again.abs_diff(3_000) < 109, "{again}");
    // Escalations count at the end of a task, and the calls that follow them when they are answered.
    let escalated = tasks(&pages, "cascade").escalated;
    assert!(escalated.abs_diff(cascade[1]) < 10, "{escalated}");
}
