//! What holds for tasks while they run: one step after the other, so many at once, and each ended once.

use crate::world::working::{concurrencies, consumers, fallbacks, tasks, working, working_worlds, works, world_of};
use crate::world::{World, cases};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tokencast::bedrock::quota::Refusal;
use tokencast::plan::{Choice, Concurrency, Conversation, Fallback, Plan, Work};
use tokencast::rng::Distribution;
use tokencast::sim::{Attempt, Engine, Observer, Run, Tasks};
use tokencast::traffic::TASK_BITS;
use tokencast::units::{Micros, Ratio, SimTime};

/// Nothing is scarce.
const AMPLE: [u64; 3] = [1 << 40; 3];

/// One attempt of a call: when, on which lane, its number, and until when it is answered; refused ones are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tried {
    now: u64,
    lane: usize,
    number: u32,
    until: Option<u64>,
}

/// One call: when it was sent first, and its attempts.
#[derive(Debug, Clone)]
struct Sent {
    at: u64,
    tries: Vec<Tried>,
}

impl Sent {
    /// When it was answered, or refused for the last time.
    fn end(&self) -> u64 {
        let last = self.tries.last().expect("a call is tried");
        last.until.unwrap_or(last.now)
    }
}

/// All calls by the numbers of their requests, and all attempts in the order in which they were made.
struct Log<'a> {
    plan: &'a Plan,
    calls: BTreeMap<u64, Sent>,
    tries: Vec<(u64, Tried)>,
}

impl Log<'_> {
    fn add(&mut self, now: SimTime, attempt: Attempt<'_>, until: Option<u64>) {
        let request = attempt.arrival.request;
        let tried = Tried { now: now.0, lane: attempt.lane, number: attempt.number, until };
        let call = self.calls.entry(request).or_insert_with(|| Sent { at: attempt.arrival.at.0, tries: Vec::new() });
        call.tries.push(tried);
        self.tries.push((request, tried));
    }
}

impl Observer for Log<'_> {
    /// The time to the first token and, at so many thousandths of tokens a second, that to the last.
    fn admitted(&mut self, now: SimTime, attempt: Attempt<'_>) {
        let service = &self.plan.apps[0].lanes[attempt.lane].service;
        let (Distribution::Constant(ttft), Distribution::Constant(rate)) =
            (service.ttft_us, service.output_per_second_thousandths)
        else {
            panic!("service times are constant")
        };
        let written = (u64::from(attempt.arrival.output()) * 1_000_000_000).div_ceil(rate.into());
        self.add(now, attempt, Some(now.0 + u64::from(ttft) + written));
    }

    fn refused(&mut self, now: SimTime, attempt: Attempt<'_>, _: Refusal) {
        self.add(now, attempt, None);
    }
}

fn logged(world: &World) -> (Run, Log<'_>) {
    let mut log = Log { plan: &world.plan, calls: BTreeMap::new(), tries: Vec::new() };
    let run = Engine::watched(&world.plan, world.seed, &mut log).run(world.arrivals.iter().cloned());
    (run, log)
}

fn tasks_of(run: &Run) -> &Tasks {
    run.apps[0].tasks.as_deref().expect("an application with tasks")
}

/// Bits of a step within its turn, and the first step of agents that were started, which have 64 each.
const STEP_BITS: u32 = 16;
const SUBAGENTS: u64 = 4_096;
const SUBAGENT_BITS: u32 = 6;

/// The calls of each turn of each task: its own one by one, and those of each agent that it started.
struct Chains<'a> {
    own: Vec<&'a Sent>,
    subagents: BTreeMap<u64, Vec<&'a Sent>>,
}

fn chains<'a>(log: &'a Log<'_>) -> BTreeMap<u64, Chains<'a>> {
    let mut turns = BTreeMap::new();
    for (request, call) in &log.calls {
        let step = request & ((1 << STEP_BITS) - 1);
        let turn = request >> STEP_BITS;
        let chains = turns.entry(turn).or_insert_with(|| Chains { own: Vec::new(), subagents: BTreeMap::new() });
        match step.checked_sub(SUBAGENTS) {
            None => chains.own.push(call),
            Some(step) => chains.subagents.entry(step >> SUBAGENT_BITS).or_default().push(call),
        }
    }
    turns
}

fn follow_each_other(calls: &[&Sent]) -> Result<(), TestCaseError> {
    for pair in calls.windows(2) {
        prop_assert!(pair[0].end() <= pair[1].at, "{:?} before {:?}", pair[0], pair[1]);
        prop_assert!(pair[0].tries.last().is_some_and(|last| last.until.is_some()), "a step failed: {:?}", pair);
    }
    Ok(())
}

impl Chains<'_> {
    /// Agents begin when a call of the one that starts them ends, and its next call is sent when all have ended.
    fn subagents_are_waited_for(&self) -> Result<(), TestCaseError> {
        for subagent in self.subagents.values() {
            follow_each_other(subagent)?;
            let starts = self.own.iter().position(|call| call.end() == subagent[0].at);
            prop_assert!(starts.is_some(), "an agent that no call started: {:?}", subagent[0]);
            let over = subagent[subagent.len() - 1].end();
            let began = |call: &&&Sent| call.at > subagent[0].at || (call.at == subagent[0].at && call.end() > call.at);
            let next = self.own.iter().skip(starts.unwrap_or(0) + 1).find(began);
            prop_assert!(next.is_none_or(|next| over <= next.at), "{:?} does not wait for {:?}", next, subagent);
        }
        Ok(())
    }

    fn span(&self) -> (u64, u64) {
        let calls = || self.own.iter().chain(self.subagents.values().flatten());
        let ends = calls().map(|call| call.end()).max().unwrap_or(0);
        (calls().map(|call| call.at).min().unwrap_or(0), ends)
    }
}

/// The most spans that overlap; one that ends when another begins does not.
fn most_at_once(spans: impl Iterator<Item = (u64, u64)>) -> i64 {
    let mut changes: Vec<(u64, i64)> = spans.flat_map(|(from, until)| [(from, 1), (until, -1)]).collect();
    changes.sort_unstable();
    let running = changes.iter().scan(0, |running, (_, change)| {
        *running += change;
        Some(*running)
    });
    running.max().unwrap_or(0)
}

fn sum_to_begun(tasks: &Tasks) -> bool {
    let blocked = tasks.blocked_before + tasks.blocked_after;
    tasks.begun == tasks.done + tasks.failed + blocked + tasks.shed + tasks.dead + tasks.open
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_chain_never_starts_a_step_before_the_last_one_settled(world in working_worlds()) {
        let (run, log) = logged(&world);
        let turns = chains(&log);
        for chains in turns.values() {
            follow_each_other(&chains.own)?;
            chains.subagents_are_waited_for()?;
        }
        let conversation = world.plan.apps[0].work.as_ref().and_then(|work| work.conversation.as_ref());
        let same = |a: u64, b: u64| a >> (TASK_BITS - STEP_BITS) == b >> (TASK_BITS - STEP_BITS);
        for ((turn, before), (next, after)) in turns.iter().zip(turns.iter().skip(1)) {
            if conversation.is_some() && same(*turn, *next) {
                prop_assert!(before.span().1 <= after.span().0, "a turn began before the one before it was answered");
            }
        }
        prop_assert_eq!(run, world.run(), "looking on changes nothing");
    }

    #[test]
    fn every_task_ends_once(world in working_worlds()) {
        let run = world.run();
        let Some(tasks) = run.apps[0].tasks.as_deref() else {
            prop_assert!(world.arrivals.is_empty());
            return Ok(());
        };
        prop_assert!(sum_to_begun(tasks), "{:?}", tasks);
        prop_assert!(tasks.open == 0 || world.plan.horizon.is_some());
        prop_assert!(tasks.visible_tokens <= tasks.tokens);
        prop_assert_eq!(tasks.e2e.count(), tasks.done);
        if let Some(consumer) = world.plan.apps[0].work.as_ref().and_then(|work| work.consumer) {
            prop_assert_eq!((tasks.failed, tasks.shed), (0, 0), "a message is deleted, dead, or open");
            prop_assert!(tasks.redelivered <= u64::from(consumer.receives - 1) * tasks.begun);
        }
    }

    #[test]
    fn no_more_tasks_run_at_once_than_may(world in working_worlds(), concurrency in concurrencies()) {
        let mut world = world;
        let work = world.plan.apps[0].work.as_mut().expect("it works");
        (work.concurrency, work.consumer) = (Some(concurrency), None);
        let (run, log) = logged(&world);
        let most = most_at_once(chains(&log).values().map(Chains::span));
        prop_assert!(most <= i64::from(concurrency.most), "{} at once", most);
        if run.apps[0].tasks.is_some() {
            let line = tasks_of(&run).line.iter().max().copied().unwrap_or(0);
            prop_assert!(line <= concurrency.queue, "{} wait", line);
        }
    }

    #[test]
    fn tasks_that_wait_are_started_in_the_order_in_which_they_came(
        work in works(), most in 1..4_u32, calls in tasks(), patience in prop::option::of(1..30_000_000_u64),
    ) {
        let concurrency = Some(Concurrency { most, queue: 99, patience: patience.map(Micros) });
        let work = Work { concurrency, consumer: None, conversation: None, ..work };
        let world = world_of(working(work, 1, [900_000; 3]), AMPLE, &calls, 3);
        let (_, log) = logged(&world);
        let turns = chains(&log);
        let started: Vec<u64> = turns.values().map(|chains| chains.span().0).collect();
        prop_assert!(started.is_sorted(), "{:?}", started);
    }

    #[test]
    fn conversation_cost_is_monotone_in_turns(work in works(), calls in tasks(), think_ms in 0..9_000_u32) {
        let tokens = |turns| {
            let conversation = Conversation {
                turns: Distribution::Constant(turns),
                think_ms: Distribution::Constant(think_ms),
                history_tokens: None,
                history_turns: None,
            };
            let work = Work { conversation: Some(conversation), concurrency: None, consumer: None, guardrails: None, ..work.clone() };
            let run = world_of(working(work, 1, [900_000; 3]), AMPLE, &calls, 3).run();
            let usage = run.apps[0].usage();
            (tasks_of(&run).done, usage.uncached_input, usage.output)
        };
        let all: Vec<_> = (1..4).map(tokens).collect();
        for (turns, (done, ..)) in (1..).zip(&all) {
            prop_assert_eq!(*done, turns * calls.len() as u64);
        }
        for pair in all.windows(2) {
            prop_assert!(pair[0].1 < pair[1].1 && pair[0].2 < pair[1].2, "{:?}", pair);
            // Every turn sends again what was said before it, so that each asks for more than the first.
            prop_assert!(pair[1].1 - pair[0].1 > all[0].1 || work.agent.is_some());
        }
    }

    #[test]
    fn a_message_is_delivered_no_more_often_than_it_may_be_received(
        world in working_worlds(), consumer in consumers(), calls in tasks(),
    ) {
        let work = world.plan.apps[0].work.as_deref().cloned().expect("it works");
        let work = Work { concurrency: None, conversation: None, consumer: Some(consumer), ..work };
        let world = world_of(working(work, 1, [900_000; 3]), [100, 200, 300], &calls, 3);
        let (run, log) = logged(&world);
        let mut deliveries: BTreeMap<u64, u32> = BTreeMap::new();
        for turn in chains(&log).keys() {
            *deliveries.entry(turn >> (TASK_BITS - STEP_BITS)).or_default() += 1;
        }
        prop_assert!(deliveries.values().all(|times| *times <= consumer.receives), "{:?}", deliveries);
        let tasks = tasks_of(&run);
        let deleted = tasks.done + tasks.blocked_before + tasks.blocked_after;
        prop_assert_eq!((tasks.begun, tasks.open), (deleted + tasks.dead, 0));
        let batches = u64::from(consumer.concurrency);
        prop_assert!(most_at_once(chains(&log).values().map(Chains::span)) <= batches as i64);
    }

    /// All attempts are single ones, so that each refusal makes a target cool down.
    #[test]
    fn no_call_goes_to_a_target_that_cools_down_while_another_is_open(
        fallback in fallbacks(), calls in tasks(), amounts in [60..300_u64, 60..300, 60..300],
    ) {
        let Fallback { to, cooldown, .. } = fallback.clone();
        let work = Work { fallback: Some(fallback), ..Work::default() };
        let world = world_of(working(work, 1, [900_000; 3]), amounts, &calls, 3);
        let (run, log) = logged(&world);
        let (mut until, mut seen, mut fallen) = ([0; 3], BTreeMap::new(), 0);
        for (request, tried) in &log.tries {
            let is_open = |target: usize, until: &[u64; 3]| until[target] <= tried.now;
            match seen.insert(*request, tried.lane) {
                None => {
                    let open = to.iter().any(|target| is_open(*target, &until)) || is_open(0, &until);
                    let expected = if open { is_open(tried.lane, &until) } else { tried.lane == 0 };
                    prop_assert!(expected && (tried.lane == 0 || !is_open(0, &until)), "{:?} {:?}", tried, until);
                }
                Some(before) => {
                    fallen += 1;
                    let place = |target| to.iter().position(|to| *to == target);
                    prop_assert!(place(tried.lane) > place(before) && is_open(tried.lane, &until), "{:?} {:?}", tried, until);
                }
            }
            if tried.until.is_none() {
                until[tried.lane] = tried.now + cooldown.0;
            }
        }
        prop_assert_eq!(tasks_of(&run).fallen_back, fallen);
    }

    /// Five standard deviations are left by one run in two million.
    #[test]
    fn a_split_sends_each_target_its_share(tenths in 0..=10_u64, seed in 0..99_u64) {
        let shares = [tenths, 10 - tenths].map(|tenths| Ratio::new(tenths, 10).expect("a share"));
        let work = Work { choice: Choice::Split(shares.to_vec()), ..Work::default() };
        let run = world_of(working(work, 1, [1; 3]), AMPLE, &[(1, 1, 1); 1_000], seed).run();
        let sent = [0, 1, 2].map(|lane| run.apps[0].lane(lane).sum(|row| row.arrivals.into()) as i64);
        prop_assert_eq!((sent[0] + sent[1], sent[2]), (1_000, 0));
        let (off, variance) = (sent[0] - 100 * tenths as i64, (10 * tenths * (10 - tenths)) as i64);
        prop_assert!(off * off <= 25 * variance, "{:?} of {} tenths", sent, tenths);
    }

    #[test]
    fn a_cascade_bills_both(tenths in 0..=10_u64, seed in 0..99_u64, calls in tasks()) {
        let share = Ratio::new(tenths, 10).expect("a share");
        let work = Work { choice: Choice::Cascade(vec![share]), ..Work::default() };
        let world = world_of(working(work, 1, [1; 3]), AMPLE, &calls, seed);
        let (run, log) = logged(&world);
        let input = |lane: usize| run.apps[0].lane(lane).usage().uncached_input;
        prop_assert_eq!(input(0), calls.iter().map(|call| u64::from(call.1)).sum::<u64>());
        let again = |turn: &&Chains<'_>| turn.own.len() == 2;
        let turns = chains(&log);
        let asked: u64 = turns.iter().filter(|(_, turn)| again(turn)).map(|(turn, _)| u64::from(calls[(turn >> 12) as usize].1)).sum();
        prop_assert_eq!(input(1), asked);
        prop_assert_eq!(tasks_of(&run).escalated, turns.values().filter(again).count() as u64);
        prop_assert!((tenths != 10 || input(1) == input(0)) && (tenths != 0 || input(1) == 0));
    }
}
