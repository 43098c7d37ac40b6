//! Scenarios of one application that works in tasks, on up to three targets.

use super::{World, arrival, burning, caller, limit, numbered, plan, served, service};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tokencast::bedrock::quota::Measure;
use tokencast::plan::{
    Agent, App, Choice, Closed, Concurrency, Consumer, Conversation, Fallback, Guardrails, Lane, Meter, Subagents,
    Target, Traffic, Work,
};
use tokencast::rng::Distribution;
use tokencast::units::{Micros, Ratio};

const SECOND: u64 = 1_000_000;
/// As many targets as any of them has.
const TARGETS: usize = 3;

/// A number of so many at most, the same always or drawn anew.
pub fn number(most: u32) -> impl Strategy<Value = Distribution> {
    let drawn = move |median| Distribution::LogNormal { median, p95: median * 2, max: most };
    prop_oneof![(1..=most).prop_map(Distribution::Constant), (1..=most).prop_map(drawn)]
}

/// A share in tenths.
pub fn share() -> impl Strategy<Value = Ratio> {
    (0..=10_u64).prop_map(|tenths| Ratio::new(tenths, 10).expect("a share"))
}

fn times_ms() -> impl Strategy<Value = Distribution> {
    select(vec![0, 1, 500, 7_000]).prop_map(Distribution::Constant)
}

prop_compose! {
    /// Turns of which the first are sent again, or not.
    pub fn conversations()(
        turns in number(4), think_ms in times_ms(), history_tokens in option::of(0..300_u32), history_turns in option::of(0..3_u32),
    ) -> Conversation {
        Conversation { turns, think_ms, history_tokens, history_turns }
    }
}

prop_compose! {
    /// Chains, with agents that help or without.
    pub fn agents()(
        steps in number(4), tool_call in number(30), tool_result in number(90), tool_ms in times_ms(),
        budget_tokens in option::of(0..900_u64), helped in any::<bool>(), part in number(3),
    ) -> Agent {
        let subagents = Subagents { count: part, steps: part, input: tool_call, result: tool_result };
        Agent { steps, tool_call, tool_result, tool_ms, budget_tokens, direct: None, subagents: helped.then_some(subagents) }
    }
}

prop_compose! {
    /// Tasks that run at once, and a line.
    pub fn concurrencies()(
        most in 1..4_u32, queue in 0..12_u32, patience in option::of(1..30 * SECOND),
    ) -> Concurrency {
        Concurrency { most, queue, patience: patience.map(Micros) }
    }
}

prop_compose! {
    /// Who takes messages out of a queue.
    pub fn consumers()(
        concurrency in 1..4_u32, batch in 1..4_u32, visibility in 1..60 * SECOND, receives in 1..4_u32, reports in any::<bool>(),
    ) -> Consumer {
        Consumer { concurrency, batch, visibility: Micros(visibility), receives, reports_failures: reports }
    }
}

prop_compose! {
    fn guardrails()(before in share(), after in share(), check_ms in times_ms()) -> Guardrails {
        let (blocked_before, blocked_after) = (before, after);
        Guardrails { before: vec![0], after: vec![0], characters_per_token_hundredths: 400, check_ms, blocked_before, blocked_after }
    }
}

prop_compose! {
    /// Where calls go on.
    pub fn fallbacks()(to in select(vec![vec![2], vec![1, 2], vec![2, 1]]), cooldown in 0..60 * SECOND) -> Fallback {
        Fallback { to, on_throttled: true, on_failed: true, on_timeout: true, cooldown: Micros(cooldown) }
    }
}

fn choices() -> impl Strategy<Value = Choice> {
    let split = (0..=10_u64).prop_map(|tenths| {
        Choice::Split([tenths, 10 - tenths].map(|tenths| Ratio::new(tenths, 10).expect("a share")).to_vec())
    });
    prop_oneof![2 => Just(Choice::First), 1 => split, 1 => share().prop_map(|share| Choice::Cascade(vec![share]))]
}

/// Anything that can stand together.
pub fn works() -> impl Strategy<Value = Work> {
    let chains = (option::of(conversations()), option::of(agents()), option::weighted(0.3, guardrails()));
    let waits = (any::<bool>(), option::of(concurrencies()), option::of(consumers()));
    (choices(), option::of(fallbacks()), waits, chains).prop_map(
        |(choice, fallback, (queued, concurrency, consumer), (conversation, agent, guardrails))| {
            let consumer = consumer.filter(|_| queued);
            let (concurrency, conversation) = match consumer {
                Some(_) => (None, None),
                None => (concurrency, conversation),
            };
            Work { choice, fallback, concurrency, consumer, conversation, agent, guardrails, ..Work::default() }
        },
    )
}

/// An application of three targets, each with a quota of its own.
pub fn working(work: Work, attempts: u32, ttft: [u32; TARGETS]) -> App {
    let lane =
        |number: usize| Lane { pool: number, ..served("m", number, service(ttft[number], 30_000)).lanes[0].clone() };
    let target = |number: usize| Target { name: number.to_string(), first_lane: number, max_tokens: 50 };
    let meter =
        Meter { sku: "policy".to_owned(), unit: "text unit".to_owned(), rates: tokencast::plan::UnitRates::default() };
    App {
        lanes: (0..TARGETS).map(lane).collect(),
        targets: (0..TARGETS).map(target).collect(),
        work: Some(Box::new(work)),
        meters: vec![meter],
        client: caller(attempts),
        ..burning(served("a", 0, service(1, 1)), 1)
    }
}

/// The application with so many tokens per minute on each target, and tasks as (gap, input, output).
pub fn world_of(app: App, tokens: [u64; TARGETS], tasks: &[(u64, u32, u32)], seed: u64) -> World {
    let pools = tokens.map(|amount| vec![limit(Measure::Tokens, amount, Micros::MINUTE)]).to_vec();
    let mut now = 0;
    let tasks = tasks.iter().map(|(gap, input, output)| {
        now += gap;
        arrival(now, 0, *input, 50, *output)
    });
    World { arrivals: numbered(tasks.collect()), plan: plan(pools, vec![app]), terms: Vec::new(), seed }
}

/// Tasks as (gap, input, output).
pub fn tasks() -> impl Strategy<Value = Vec<(u64, u32, u32)>> {
    vec((super::gap(), 1..40_u32, 1..60_u32), 1..25)
}

/// Scenarios of such applications, some of them without anything scarce, some with users who wait.
pub fn working_worlds() -> impl Strategy<Value = World> {
    let amounts = [0, 1, 2].map(|_| prop_oneof![Just(1 << 40), 100..1_000_u64]);
    let ttft = [0, 1, 2].map(|_| select(vec![1, 500_000, 1_000_000, 9_000_000]));
    let users = option::weighted(0.2, (1..6_u32, times_ms(), 1..200 * SECOND));
    (works(), 1..=3_u32, ttft, amounts, tasks(), 0..9_u64, users).prop_map(
        |(work, attempts, ttft, amounts, tasks, seed, users)| {
            let queued = work.consumer.is_some();
            let mut world = world_of(working(work, attempts, ttft), amounts, &tasks, seed);
            if let Some((users, think_ms, horizon)) = users.filter(|_| !queued) {
                let (input, output) = (Distribution::Constant(9), Distribution::Constant(20));
                let closed = Closed { users, think_ms, ramp: Micros(0), input, output };
                world.plan.apps[0].traffic = Traffic::Closed(closed);
                world.plan.horizon = Some(Micros(horizon));
                world.arrivals.clear();
            }
            world
        },
    )
}
