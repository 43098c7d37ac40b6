//! Scenarios of calls against quotas.

use super::{World, arrival, limit, numbered, plan, served, service, tokens_per_minute};
use crate::model::Terms;
use proptest::prelude::*;
use tokencast::bedrock::quota::{Limit, Measure};
use tokencast::client::Policy;
use tokencast::plan::{Burndown, Plan};
use tokencast::traffic::Arrival;
use tokencast::units::{Micros, SimTime};

/// At one instant, on a grid, after a pause, or anywhere.
pub fn gap() -> impl Strategy<Value = u64> {
    let half_seconds = |range: std::ops::Range<u64>| range.prop_map(|n| n * 500_000);
    prop_oneof![3 => Just(0), 4 => half_seconds(1..8), 1 => half_seconds(20..100), 2 => 0..3_u64, 2 => 0..4_000_000_u64]
}

/// Calls of up to three applications.
pub fn calls(most: usize) -> impl Strategy<Value = Vec<Arrival>> {
    let call = (gap(), 0..3_u32, 0..40_u32, 0..40_u32, 0..60_u32);
    prop::collection::vec(call, 1..=most).prop_map(|calls| {
        let mut now = 0;
        let arrival = |(gap, app, input, max_tokens, output)| {
            now += gap;
            arrival(now, app, input, max_tokens, output)
        };
        calls.into_iter().map(arrival).collect()
    })
}

/// The limits of one pool, each there or not.
pub fn limits() -> impl Strategy<Value = Vec<Limit>> {
    let maybe = |share, range, measure, period| {
        prop::option::weighted(share, range).prop_map(move |amount| amount.map(|amount| limit(measure, amount, period)))
    };
    let limits = (
        maybe(0.8, 20..400_u64, Measure::Tokens, Micros::MINUTE),
        maybe(0.3, 1..30, Measure::Requests, Micros::MINUTE),
        maybe(0.2, 20..150, Measure::Tokens, Micros::SECOND),
        maybe(0.2, 1..5, Measure::Requests, Micros::SECOND),
        maybe(0.3, 100..2_000, Measure::Tokens, Micros::DAY),
    );
    limits.prop_map(|(a, b, c, d, e)| [a, b, c, d, e].into_iter().flatten().collect())
}

type AppDraw = (usize, u32, u32, u32, u64, usize);

fn app_draw() -> impl Strategy<Value = AppDraw> {
    let ttft = prop::sample::select(vec![0, 1, 333_333, 500_000, 1_000_000, 20_000_000, 59_500_000, 75_000_000]);
    let rate = prop::sample::select(vec![1_000, 2_000, 30_000, 50_000, u32::MAX]);
    let base = prop::sample::select(vec![0, 3, 1_000, 1_000_000, 30_000_000]);
    (0..2_usize, ttft, rate, 1..=5_u32, base, 0..4_usize)
}

/// Burndown rates, some of them changing while the scenario runs.
fn burndown(choice: usize) -> Vec<(u64, u32)> {
    match choice {
        0 => vec![(0, 1)],
        1 => vec![(0, 5)],
        2 => vec![(0, 15)],
        _ => vec![(5_000_000, 15), (20_000_000, 5), (60_000_000, 1)],
    }
}

fn assemble(draws: &[AppDraw], pools: Vec<Vec<Limit>>, spanning: bool, seed: u64) -> (Plan, Vec<Terms>) {
    let count = pools.len();
    let apps = draws.iter().enumerate().map(|(n, (pool, ttft, rate, attempts, base, rates))| {
        let mut app = served(&format!("app-{n}"), pool % count, service(*ttft, *rate));
        let rates = burndown(*rates).into_iter().map(|(from, rate)| (SimTime(from), rate));
        app.lanes[0].burndown = Burndown::new(rates.collect());
        app.client.policy = Policy::own(*attempts, Micros(*base), Micros(20_000_000));
        app
    });
    let mut plan = plan(pools, apps.collect());
    let across = plan.limits().position(|limit| limit.period == Micros::DAY);
    if let Some(across) = across.filter(|_| spanning) {
        let routes = plan.apps.iter_mut().flat_map(|app| &mut app.lanes).map(|lane| &mut lane.route.tokens);
        routes.filter(|tokens| !tokens.contains(&across)).for_each(|tokens| tokens.push(across));
    }
    let terms = draws.iter().enumerate().map(|(n, draw)| Terms::new(seed, &format!("app-{n}"), burndown(draw.5)));
    (plan, terms.collect())
}

/// Up to three applications, two pools and sixty calls, from any moment of a day, over midnight too.
pub fn worlds() -> impl Strategy<Value = World> {
    let start = prop_oneof![Just(0), Just(17_500_000), Just(86_370_000_000), 0..86_400_000_000_i64];
    let horizon = prop::option::of(prop_oneof![1..300_000_000_u64, (1..600_u64).prop_map(|n| n * 500_000)]);
    let apps = prop::collection::vec(app_draw(), 1..=3);
    let pools = prop::collection::vec(limits(), 1..=2);
    (apps, pools, any::<bool>(), calls(60), start, horizon, 0..4_u64).prop_map(
        |(apps, pools, spanning, calls, start, horizon, seed)| {
            let (mut plan, terms) = assemble(&apps, pools, spanning, seed);
            plan.start = jiff::Timestamp::from_microsecond(start).expect("a moment of a day");
            plan.horizon = horizon.map(Micros);
            let apps = plan.apps.len() as u32;
            let calls = calls.into_iter().map(|call| Arrival { app: call.app % apps, ..call });
            let in_time = |call: &Arrival| horizon.is_none_or(|horizon| call.at.0 < horizon);
            let arrivals = numbered(calls.filter(in_time).collect());
            World { plan, terms, arrivals, seed }
        },
    )
}

/// Bursts of calls that all take as long but are charged more or less than they reserve, so that many
/// settlements of both kinds fall on one instant.
pub fn bursts() -> impl Strategy<Value = World> {
    let gap = prop_oneof![6 => Just(0_u64), 2 => Just(1_000_000), 1 => Just(30_000_000)];
    let calls = prop::collection::vec((gap, 0..20_u32, 4..120_u32), 1..60);
    let ttft = prop::sample::select(vec![1_000_000_u32, 30_000_000, 60_000_000]);
    (calls, 100..400_u64, ttft).prop_map(|(calls, quota, ttft)| {
        let draws = [(0, ttft, u32::MAX, 1, 0, 2)];
        small_world(&draws, quota, calls.into_iter().map(|(gap, input, max_tokens)| (gap, 0, input, max_tokens, 4)))
    })
}

/// Calls that take microseconds and are tried again within microseconds, so that settlements, retries and
/// arrivals fall on one instant in all orders.
pub fn rushes() -> impl Strategy<Value = World> {
    let calls = prop::collection::vec((0..3_u64, 0..2_u32, 0..4_u32, 1..60_u32), 1..60);
    let apps = prop::collection::vec(1..5_u32, 2);
    (calls, 60..120_u64, apps).prop_map(|(calls, quota, ttft)| {
        let draws: Vec<AppDraw> = ttft.into_iter().map(|ttft| (0, ttft, u32::MAX, 5, 3, 0)).collect();
        small_world(&draws, quota, calls.into_iter().map(|(gap, app, input, max)| (gap, app, input, max, 0)))
    })
}

/// Calls as (gap, app, input, max_tokens, output) on one pool with one limit.
fn small_world(draws: &[AppDraw], quota: u64, calls: impl Iterator<Item = (u64, u32, u32, u32, u32)>) -> World {
    let (plan, terms) = assemble(draws, vec![vec![tokens_per_minute(quota)]], false, 0);
    let mut now = 0;
    let calls = calls.map(|(gap, app, input, max_tokens, output)| {
        now += gap;
        arrival(now, app, input, max_tokens, output)
    });
    World { plan, terms, arrivals: numbered(calls.collect()), seed: 0 }
}
