//! Worked examples of Amazon's documents and of measurements, run through the engine.

use crate::world::{self, WINDOWS, World, arrival, limit, numbered, tokens_per_minute};
use tokencast::bedrock::cache::{Chain, Rules, Ttl};
use tokencast::bedrock::quota::{Limit, Measure, Window};
use tokencast::plan::{App, Plan};
use tokencast::rng::Stream;
use tokencast::sim::Run;
use tokencast::traffic::{Arrival, Call};
use tokencast::units::Micros;

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

/// O9, derived: an input quota of 20 M, calls of 10,000 in that may write 128,000.
#[test]
fn twenty_million_tokens_a_minute_admit_144_calls_of_138_000_and_refuse_the_next() {
    assert_eq!(admitted_at_once(20_000_000, 10_000, 128_000), 144);
}

/// O10: sessions of 40,000 tokens a minute each, over a day. 700 M are 12.15 of them around the clock; fifty use
/// them up in 350 minutes.
#[test]
fn seven_hundred_million_tokens_a_day_hold_twelve_sessions_or_fifty_for_5_8_hours() {
    let refused_from = |sessions: usize| {
        let calls =
            (0..1_440).flat_map(|minute| vec![arrival(minute * Micros::MINUTE.0, 0, 39_000, 1_000, 1_000); sessions]);
        let day = limit(Measure::Tokens, 700_000_000, Micros::DAY);
        let run = run(world::app("a", 0), vec![day], Window::ClockMinute, calls.collect());
        run.apps[0].minutes.iter().position(|row| row.throttled > 0)
    };
    assert_eq!(refused_from(12), None);
    assert_eq!(refused_from(13), Some(700_000_000 / (13 * 40_000)));
    assert_eq!(refused_from(50), Some(350));
}

/// A call that begins with blocks of so many tokens, each of them to be cached.
fn begun(at: u64, blocks: &[u32], input: u32, max_tokens: u32, output: u32) -> Arrival {
    let chain = |chain: Chain, tokens: &u32| chain.then(7, *tokens).checkpoint(Ttl::FiveMinutes);
    let prefix = (!blocks.is_empty()).then(|| blocks.iter().fold(Chain::new(1), chain).prefix());
    let arrival = arrival(at, 0, input, max_tokens, output);
    Arrival { call: Call { prefix, ..arrival.call }, ..arrival }
}

/// What each of some calls, a minute apart, is reserved and charged at five tokens for one of output.
fn reserved_and_charged(calls: &[(&[u32], u32, u32, u32)]) -> Vec<(u64, u64)> {
    let rules = Rules { minimum: 1_024, checkpoints: 4, look_back: 20 };
    let app = world::caching(world::burning(world::app("a", 0), 5), Some(rules));
    let at = |number: usize| number as u64 * Micros::MINUTE.0;
    let arrivals = calls.iter().enumerate();
    let arrivals =
        arrivals.map(|(n, (blocks, input, max_tokens, output))| begun(at(n), blocks, *input, *max_tokens, *output));
    let run = run(app, vec![tokens_per_minute(1_000_000)], Window::ClockMinute, arrivals.collect());
    run.apps[0].minutes.iter().map(|row| (row.reserved, row.charged)).collect()
}

/// O3: EstimatedTPMQuotaUsage of five calls to Sonnet 4.6, measured 2026-10-09: one that writes much, one that
/// writes little, 8,814 tokens written to the cache, read from it, and sent without it.
#[test]
fn five_measured_calls_are_charged_what_was_measured() {
    let prompt: &[u32] = &[8_814];
    let calls = [
        (&[][..], 26, 2_000, 1_203),
        (&[], 14, 8_000, 4),
        (prompt, 8_827, 100, 4),
        (prompt, 8_827, 100, 4),
        (&[], 8_829, 100, 4),
    ];
    let charged: Vec<u64> = reserved_and_charged(&calls).iter().map(|(_, charged)| *charged).collect();
    assert_eq!(charged, [6_041, 34, 8_847, 33, 8_849]);
}

/// O7: of 8,000 tokens of input 4,000 are read and 1,000 written; 1,000 tokens of output. What is held differs by
/// `max_tokens`, what is charged does not.
#[test]
fn reads_are_held_and_not_charged() {
    for (max_tokens, held) in [(32_000, 40_000), (1_250, 9_250)] {
        let of_calls = reserved_and_charged(&[(&[4_000], 4_000, 1, 0), (&[4_000, 1_000], 8_000, max_tokens, 1_000)]);
        assert_eq!(of_calls[1], (held, 9_000));
    }
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
    let app = world::burning(world::app("a", 0), 5);
    let calls = [(0, 100), (99, 100), (100, 100), (101, 100), (5_000, 100), (3, 0)];
    let calls = calls.map(|(output, max_tokens)| arrival(0, 0, 10, max_tokens, output));
    let run = run(app, Vec::new(), Window::ClockMinute, calls.to_vec());
    let sum = |count: fn(&tokencast::sim::MinuteRow) -> u64| run.apps[0].sum(count);
    let output = 99 + 100 + 100 + 100;
    assert_eq!((sum(|row| row.truncated.into()), sum(|row| row.usage.output)), (3, output));
    assert_eq!(sum(|row| row.charged), 6 * 10 + 5 * output);
    // A second to the first token, then a millisecond a token.
    assert_eq!(run.apps[0].e2e.from_sending().sum(), 6 * 1_000_000 + u128::from(output) * 1_000);
}

/// O24: botocore in standard mode waits at most 1, 2, 4, 8, 16, 20, 20 s after a throttling error; a
/// delay is that times a uniform draw, and a microsecond.
#[test]
fn retries_come_exactly_when_their_draws_say() {
    let app = App { client: world::caller(8), ..world::app("a", 0) };
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
    let app = App { client: world::caller(20), ..world::served("a", 0, world::service(30_000_000, 1_000)) };
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
        assert_eq!((run.apps[0].wait.sum(), run.end.0), (at.into(), at + 30_000_000), "{window:?}");
    }
}
