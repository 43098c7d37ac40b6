//! Worked examples of Amazon's documents, run through the engine.

use crate::world::{self, WINDOWS, World, arrival, limit, numbered, tokens_per_minute};
use tokencast::bedrock::quota::{Limit, Measure, Window};
use tokencast::client::Backoff;
use tokencast::plan::{App, Burndown, Plan};
use tokencast::rng::Stream;
use tokencast::sim::Run;
use tokencast::traffic::Arrival;
use tokencast::units::{Micros, SimTime};

fn run(app: App, limits: Vec<Limit>, window: Window, arrivals: Vec<Arrival>) -> Run {
    let plan = Plan { window, ..world::plan(vec![limits], vec![app]) };
    World { plan, terms: Vec::new(), arrivals: numbered(arrivals), seed: 7 }.run()
}

/// How many equal calls of one instant a quota of tokens per minute admits.
fn admitted_at_once(quota: u64, input: u32, max_tokens: u32) -> u64 {
    let counts = WINDOWS.map(|window| {
        let calls = vec![arrival(0, 0, input, max_tokens, 5); 40_000];
        let run = run(world::app("a", 0), vec![tokens_per_minute(quota)], window, calls);
        run.apps[0].sum(|row| row.served.into())
    });
    assert_eq!(counts, [counts[0]; 3]);
    counts[0]
}

/// O5, Bedrock agent toolkit.
#[test]
fn two_million_tokens_a_minute_hold_1333_calls_or_31() {
    assert_eq!(admitted_at_once(2_000_000, 500, 1_000), 1_333);
    assert_eq!(admitted_at_once(2_000_000, 500, 64_000), 31);
}

/// O6, AWS article: 3,000 in, `max_tokens` 32,000 or 1,250. 148.75 M is a multiple of both reservations.
#[test]
fn a_fitting_max_tokens_admits_8_24_times_as_many_calls() {
    let [large, fitting] = [32_000, 1_250].map(|max_tokens| admitted_at_once(148_750_000, 3_000, max_tokens));
    assert_eq!((large, fitting), (148_750_000 / 35_000, 148_750_000 / 4_250));
    assert_eq!((fitting * 100 + large / 2) / large, 824);
}

/// A one-word classifier on a model that may write 64,000 tokens: 64,042 a call, or 142.
#[test]
fn an_unset_max_tokens_reserves_the_models_maximum() {
    assert_eq!((admitted_at_once(5_000_000, 42, 64_000), admitted_at_once(5_000_000, 42, 100)), (78, 35_211));
}

#[test]
fn a_call_larger_than_the_quota_is_never_admitted() {
    let largest = (1 << 31) - 1;
    assert_eq!(admitted_at_once(1, largest, largest), 0);
    assert_eq!(admitted_at_once(2 * u64::from(largest), largest, largest), 1);
}

#[test]
fn an_answer_is_cut_at_max_tokens_and_counted_as_truncated() {
    let app = App { burndown: Burndown::new(vec![(SimTime(0), 5)]), ..world::app("a", 0) };
    let calls = [(0, 100), (99, 100), (100, 100), (101, 100), (5_000, 100), (3, 0)];
    let calls = calls.map(|(output, max_tokens)| arrival(0, 0, 10, max_tokens, output));
    let run = run(app, Vec::new(), Window::ClockMinute, calls.to_vec());
    let sum = |count: fn(&tokencast::sim::MinuteRow) -> u64| run.apps[0].sum(count);
    let output = 99 + 100 + 100 + 100;
    assert_eq!((sum(|row| row.truncated.into()), sum(|row| row.usage.output)), (3, output));
    assert_eq!(sum(|row| row.charged), 6 * 10 + 5 * output);
    // A second to the first token, then a millisecond a token.
    assert_eq!(run.apps[0].e2e.from_sending().sum_us(), 6 * 1_000_000 + u128::from(output) * 1_000);
}

/// O24: botocore in standard mode waits at most 1, 2, 4, 8, 16, 20, 20 s after a throttling error; a
/// delay is that times a uniform draw, and a microsecond.
#[test]
fn retries_come_exactly_when_their_draws_say() {
    let app = App { backoff: Backoff { attempts: 8, ..Backoff::default() }, ..world::app("a", 0) };
    let calls = (0..500).map(|_| arrival(0, 0, 2, 0, 0)).collect();
    let run = run(app, vec![tokens_per_minute(1)], Window::ClockMinute, calls);
    let jitter = Stream::new(7, "apps/a/retry");
    let gave_up = |request| {
        let seconds = [1_u128, 2, 4, 8, 16, 20, 20];
        let waits = seconds
            .iter()
            .zip(1..)
            .map(|(s, attempt)| 1 + ((s * 1_000_000 * u128::from(jitter.draw(request, attempt))) >> 64) as u64);
        waits.sum::<u64>()
    };
    assert_eq!(run.refusals, [500 * 8]);
    assert_eq!(run.end.0, (0..500).map(gave_up).max().expect("500 calls"));
    let first_minute = (0..500).filter(|request| gave_up(*request) < Micros::MINUTE.0).count();
    let rows = &run.apps[0].minutes;
    assert_eq!(rows.iter().map(|row| row.gave_up as usize).collect::<Vec<_>>(), [first_minute, 500 - first_minute]);
}

/// The second of two calls is refused until the first is settled at 30 s, and waits exactly until its
/// first attempt after that.
#[test]
fn a_retry_is_admitted_at_its_first_attempt_that_fits() {
    let app = App {
        backoff: Backoff { attempts: 20, ..Backoff::default() },
        ..world::served("a", 0, world::service(30_000_000, 1_000))
    };
    let calls = vec![arrival(0, 0, 0, 60, 0), arrival(0, 0, 0, 60, 0)];
    let quota = vec![tokens_per_minute(100), limit(Measure::Requests, 2, Micros::DAY)];
    for window in WINDOWS {
        let run = run(app.clone(), quota.clone(), window, calls.clone());
        let jitter = Stream::new(7, "apps/a/retry");
        // A bucket of 100 holds 40 and refills 20 in 12 s.
        let room = if window == Window::TokenBucket { 12_000_000 } else { 30_000_000 };
        let (mut at, mut refused) = (0, 0);
        while at < room {
            refused += 1;
            let longest = (1_000_000_u64 << (refused - 1)).min(20_000_000);
            at += 1 + ((u128::from(longest) * u128::from(jitter.draw(1, refused))) >> 64) as u64;
        }
        assert_eq!(run.refusals, [refused, 0], "{window:?}");
        assert_eq!((run.apps[0].wait.sum_us(), run.end.0), (at.into(), at + 30_000_000), "{window:?}");
    }
}
