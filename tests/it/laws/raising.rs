//! Does raising a quota ever throttle an open-loop trace without retries more?
//!
//! Never, when all calls are equal - in tokens, burndown and duration - and
//! - each is charged at most what it reserves: under clock and sliding windows;
//! - each is charged exactly what it reserves: under token buckets too;
//! - each settles before the next is sent: under all windows, whatever it is charged.
//!
//! Requests are equal calls that are charged what they reserve, so raising request limits is always
//! harmless where tokens are not limited. The proof: by induction the n-th admission is never later
//! under the larger quota, and what is used is then a sum that earlier admissions only lower.
//! Outside these conditions it is false; each condition has its counterexample here.

use crate::world::{self, WINDOWS, World, arrival, calls, cases, gap, limits, numbered, tokens_per_minute};
use proptest::prelude::*;
use tokencast::bedrock::quota::{Limit, Measure, Window};
use tokencast::plan::{App, Plan};
use tokencast::traffic::Arrival;

/// Calls without retries; each application's service takes so many microseconds.
fn trace(limits: Vec<Limit>, durations: &[u32], burndown: u32, arrivals: Vec<Arrival>) -> World {
    let apps = durations.iter().map(|ttft| app(*ttft, burndown)).collect();
    World { plan: world::plan(vec![limits], apps), terms: Vec::new(), arrivals: numbered(arrivals), seed: 0 }
}

fn app(ttft: u32, burndown: u32) -> App {
    world::burning(world::served("a", 0, world::service(ttft, u32::MAX)), burndown)
}

pub fn throttled(world: &World, window: Window) -> u64 {
    let world = World { plan: Plan { window, ..world.plan.clone() }, ..world.clone() };
    world.run().refusals.iter().sum()
}

/// Input, `max_tokens` and output of every call, and how an output token counts.
#[derive(Debug, Clone, Copy)]
pub struct Twin {
    pub input: u32,
    pub max_tokens: u32,
    pub output: u32,
    pub burndown: u32,
}

fn twins() -> impl Strategy<Value = Twin> {
    let burndown = prop::sample::select(vec![1, 2, 5, 15]);
    (0..20_u32, 0..20_u32, 0..20_u32, burndown).prop_map(|(input, max_tokens, output, burndown)| Twin {
        input,
        max_tokens,
        output,
        burndown,
    })
}

/// A call that is charged no more than it reserves.
pub fn frugal_twins() -> impl Strategy<Value = Twin> {
    twins().prop_map(|twin| {
        let output = twin.output.min(twin.max_tokens);
        Twin { output, max_tokens: twin.max_tokens.max(output * twin.burndown), ..twin }
    })
}

/// A call that is charged what it reserves.
fn exact_twins() -> impl Strategy<Value = Twin> {
    (0..20_u32, 0..20_u32).prop_map(|(input, tokens)| Twin { input, max_tokens: tokens, output: tokens, burndown: 1 })
}

pub fn durations() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![0, 1_000_000, 5_000_000, 30_000_000, 59_000_000, 60_000_000, 75_000_000])
}

/// Limits for a few calls, and the same limits, some of them raised.
pub fn raises() -> impl Strategy<Value = (Vec<Limit>, Vec<Limit>)> {
    let more = prop_oneof![Just(0), Just(1), 1..30_u64];
    (limits(), prop::collection::vec(more, 5)).prop_map(|(mut limits, more)| {
        let tokens = limits.iter_mut().filter(|limit| limit.measure == Measure::Tokens);
        tokens.for_each(|limit| limit.amount = 1 + limit.amount % 60);
        let raised = limits.iter().zip(more).map(|(limit, more)| Limit { amount: limit.amount + more, ..*limit });
        (limits.clone(), raised.collect())
    })
}

pub fn equal_calls(limits: &[Limit], gaps: &[u64], twin: Twin, duration: u32) -> World {
    let times = gaps.iter().scan(0, |now, gap| {
        *now += gap;
        Some(*now)
    });
    let arrivals = times.map(|now| arrival(now, 0, twin.input, twin.max_tokens, twin.output));
    trace(limits.to_vec(), &[duration], twin.burndown, arrivals.collect())
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn raising_quotas_never_throttles_equal_calls_without_debts_more(
        (lower, higher) in raises(), gaps in prop::collection::vec(gap(), 1..40), twin in frugal_twins(), duration in durations(),
    ) {
        let [lower, higher] = [lower, higher].map(|limits| equal_calls(&limits, &gaps, twin, duration));
        for window in [Window::ClockMinute, Window::SlidingMinute] {
            prop_assert!(throttled(&higher, window) <= throttled(&lower, window), "{:?}", window);
        }
    }

    #[test]
    fn raising_quotas_never_throttles_equal_calls_more_that_use_what_they_reserve(
        (lower, higher) in raises(), gaps in prop::collection::vec(gap(), 1..40), twin in exact_twins(), duration in durations(),
    ) {
        let [lower, higher] = [lower, higher].map(|limits| equal_calls(&limits, &gaps, twin, duration));
        for window in WINDOWS {
            prop_assert!(throttled(&higher, window) <= throttled(&lower, window), "{:?}", window);
        }
    }

    /// A call takes fifteen microseconds at most, and a hundred lie between two; debts are allowed.
    #[test]
    fn raising_quotas_never_throttles_equal_calls_more_that_never_overlap(
        (lower, higher) in raises(), gaps in prop::collection::vec(gap(), 1..40), twin in twins(),
    ) {
        let gaps: Vec<u64> = gaps.iter().map(|gap| (gap / 100 * 100).max(100)).collect();
        let [lower, higher] = [lower, higher].map(|limits| equal_calls(&limits, &gaps, twin, 0));
        for window in WINDOWS {
            prop_assert!(throttled(&higher, window) <= throttled(&lower, window), "{:?}", window);
        }
    }

    #[test]
    fn raising_request_quotas_never_throttles_any_calls_more((lower, higher) in raises(), calls in calls(60)) {
        let requests = |limits: Vec<Limit>| limits.into_iter().filter(|limit| limit.measure == Measure::Requests).collect();
        let [lower, higher] = [lower, higher].map(|limits| trace(requests(limits), &[0, 1_000_000, 61_000_000], 5, calls.clone()));
        for window in WINDOWS {
            prop_assert!(throttled(&higher, window) <= throttled(&lower, window), "{:?}", window);
        }
    }
}

/// Throttled calls under the lower quota of tokens per minute and under the higher.
fn both(quotas: [u64; 2], window: Window, durations: &[u32], burndown: u32, calls: &[Arrival]) -> [u64; 2] {
    quotas.map(|quota| throttled(&trace(vec![tokens_per_minute(quota)], durations, burndown, calls.to_vec()), window))
}

const fn seconds(seconds: u64) -> u64 {
    seconds * 1_000_000
}

/// The larger quota lets in one large call, which crowds out two small ones.
#[test]
fn a_larger_quota_may_throttle_more_when_calls_differ_in_size() {
    let calls = [arrival(0, 0, 11, 0, 0), arrival(0, 0, 5, 0, 0), arrival(0, 0, 5, 0, 0)];
    for window in WINDOWS {
        assert_eq!(both([10, 11], window, &[1_000_000], 1, &calls), [1, 2], "{window:?}");
    }
}

/// All reserve 10. The larger quota lets in the second, which is charged all of it; the smaller refuses
/// it and has room for the two that follow and are charged nothing.
#[test]
fn a_larger_quota_may_throttle_more_when_calls_differ_in_charge() {
    let call = |at, output| arrival(seconds(at), 0, 0, 10, output);
    let calls = [call(0, 9), call(0, 10), call(3, 0), call(6, 0)];
    for window in WINDOWS {
        assert_eq!(both([19, 20], window, &[1_000_000], 1, &calls), [1, 2], "{window:?}");
    }
}

/// All reserve 10 and are charged 1. The larger quota lets in the second, which holds its reservation
/// for long; the smaller refuses it and serves the two that follow one after the other.
#[test]
fn a_larger_quota_may_throttle_more_when_calls_differ_in_duration() {
    let call = |at, app| arrival(seconds(at), app, 1, 9, 0);
    let calls = [call(0, 0), call(0, 1), call(1, 0), call(2, 0)];
    for window in WINDOWS {
        assert_eq!(both([19, 20], window, &[500_000, 50_000_000], 1, &calls), [1, 2], "{window:?}");
    }
}

/// Equal calls reserve 1 and are charged 5. The larger quota lets in one call more at 31 s; its debt is
/// found at 61 s, in the next window, and counts there for four reservations.
#[test]
fn a_larger_quota_may_throttle_equal_calls_more_when_their_debts_come_later() {
    let calls = [0, 0, 31, 31, 62, 62, 62, 62, 62, 62].map(|at| arrival(seconds(at), 0, 0, 1, 1));
    let throttled = |window| both([11, 12], window, &[30_000_000], 5, &calls);
    assert_eq!(throttled(Window::ClockMinute), [1, 2]);
    assert_eq!(throttled(Window::SlidingMinute), [1, 4]);
    // Reserve 2, charge 15: the larger bucket lets in the call at 30 s, and owes 13 for it at 50 s and 52 s.
    let calls = [0, 30, 50, 52].map(|at| arrival(seconds(at), 0, 0, 2, 1));
    assert_eq!(both([11, 14], Window::TokenBucket, &[5_000_000], 15, &calls), [1, 2]);
}

/// Equal calls reserve 9 and are charged 1, which is found 61 s later. The larger bucket lets the second
/// call in at 5 s, the smaller refuses it and lets the third in at 35 s. So the larger gets its refunds
/// at a time at which it is full and loses them; the smaller still has one to come at 96 s.
#[test]
fn a_larger_bucket_may_throttle_equal_calls_more_because_refunds_overflow() {
    let calls = [0, 5, 35, 95, 97].map(|at| arrival(seconds(at), 0, 1, 8, 0));
    let throttled = |window| both([14, 17], window, &[61_000_000], 1, &calls);
    assert_eq!(throttled(Window::TokenBucket), [1, 2]);
    assert!([Window::ClockMinute, Window::SlidingMinute].map(throttled).iter().all(|[lower, higher]| higher <= lower));
}
