//! The event loop. At one instant: settlements, then clients that hang up, then jobs, then retries, then what tasks
//! do next, then arrivals; within a class the higher service tier first, then the order of the calls' first arrival.

use super::callers::AppState;
use super::clients::Clients;
use super::counted::special_need;
use super::desk::Desk;
use super::jobs::{Jobs, OpenJob};
use super::lanes::{self, LaneState};
use super::observer::{Attempt, Observer, Silent};
use super::record::Recorder;
use super::serving::{Event, Fared, Instead, Try, Waiting};
use super::slots::Slots;
use super::working::AtWork;
use super::{MinuteRow, Run};
use crate::agenda::Agenda;
use crate::bedrock::cache::{PromptCache, Split};
use crate::bedrock::quota::{Gate, reserved_tokens};
use crate::client::Outcome;
use crate::plan::{Access, Plan};
use crate::rng::Stream;
use crate::traffic::Arrival;
use crate::units::{Micros, SimTime};

/// Runs a plan over its arrivals, which come in order of time.
pub fn run(plan: &Plan, seed: u64, arrivals: impl Iterator<Item = Arrival>) -> Run {
    Engine::new(plan, seed).run(arrivals)
}

/// A plan at work.
pub struct Engine<O = Silent> {
    pub(super) apps: Vec<AppState>,
    pub(super) lanes: Vec<LaneState>,
    pub(super) gate: Gate,
    pub(super) caches: Vec<PromptCache>,
    /// By lane.
    pub(super) open_jobs: Vec<OpenJob>,
    /// By pool: a pool of batch is that of one model.
    pub(super) jobs: Vec<Jobs>,
    pub(super) clients: Clients,
    /// By application: those that work in tasks.
    pub(super) desks: Vec<Option<Box<Desk>>>,
    pub(super) tasks: Slots<AtWork>,
    pub(super) agenda: Agenda<Event>,
    pub(super) recorder: Recorder,
    /// The last instant that is simulated.
    last: SimTime,
    pub(super) now: SimTime,
    calls: u64,
    /// What a refusal asks its client to wait.
    pub(super) retry_after: Option<Micros>,
    /// What tasks did so far, counted.
    pub(super) turns: u64,
    pub(super) observer: O,
}

/// The order of classes at one instant, above the ranks and numbers of calls.
pub(super) const SETTLEMENTS: u64 = 0;
pub(super) const TIMEOUTS: u64 = 1 << 61;
pub(super) const JOBS: u64 = 1 << 62;
pub(super) const RETRIES: u64 = 1 << 63;
pub(super) const STARTS: u64 = RETRIES | 1 << 62;
/// Where the rank stands above the number of a call.
pub(super) const RANK_BITS: u32 = 58;

impl Engine {
    /// An engine at the scenario's start.
    #[must_use]
    pub fn new(plan: &Plan, seed: u64) -> Self {
        Self::watched(plan, seed, Silent)
    }
}

impl<O: Observer> Engine<O> {
    /// An engine at the scenario's start that somebody looks on at.
    #[must_use]
    pub fn watched(plan: &Plan, seed: u64, observer: O) -> Self {
        let limits: Vec<_> = plan.limits().copied().collect();
        let start_us = plan.start.as_microsecond();
        let (caches, of_lanes) = lanes::caches(plan);
        let (apps, lanes) = lanes::of_plan(plan, seed, &of_lanes);
        Self {
            gate: Gate::new(&limits, &plan.changes(), plan.window, start_us),
            caches,
            open_jobs: lanes.iter().map(|_| OpenJob::default()).collect(),
            jobs: plan.pools.iter().map(|_| Jobs::default()).collect(),
            clients: Clients::new(plan),
            desks: plan.apps.iter().zip(0..).map(|(app, number)| Desk::of(app, number, seed).map(Box::new)).collect(),
            tasks: Slots::default(),
            agenda: Agenda::default(),
            recorder: Recorder::new(plan, start_us),
            last: SimTime(plan.horizon.map_or(u64::MAX, |horizon| horizon.0.saturating_sub(1))),
            now: SimTime(0),
            calls: 0,
            retry_after: plan.rules.retry_after,
            turns: 0,
            observer,
            apps,
            lanes,
        }
    }

    /// The same engine with another stream of retry delays for one application.
    #[must_use]
    pub fn with_jitter(mut self, app: usize, jitter: Stream) -> Self {
        self.apps[app].jitter = jitter;
        self
    }

    /// Simulates until the horizon, or until nothing is left to happen.
    ///
    /// # Panics
    /// When a call or a token was lost or made up: a defect of this engine.
    pub fn run(self, mut arrivals: impl Iterator<Item = Arrival>) -> Run {
        self.run_all(&mut arrivals)
    }

    /// One copy of the loop, compiled whole, whatever the arrivals come from.
    fn run_all(mut self, arrivals: &mut dyn Iterator<Item = Arrival>) -> Run {
        self.play(arrivals);
        self.finish()
    }

    #[inline]
    fn play(&mut self, arrivals: &mut dyn Iterator<Item = Arrival>) {
        self.begin_users();
        for arrival in arrivals {
            self.until(arrival.at);
            if self.apps[arrival.app as usize].is_managed {
                self.enter(arrival);
                continue;
            }
            let number = self.arrive(&arrival);
            if let Fared::Not(what) = self.attempt(Try::first(&arrival, number)) {
                self.follow(Waiting::new(arrival, number), what);
            }
        }
        self.run_out();
    }

    /// What is still to happen when the last call has come.
    #[cold]
    #[inline(never)]
    fn run_out(&mut self) {
        self.until(self.last);
    }

    /// Everything that is due at an instant or before; an arrival of that instant comes after it.
    #[inline(always)]
    fn until(&mut self, instant: SimTime) {
        while let Some((at, event)) = self.agenda.take_due(instant) {
            self.turn(at);
            match event {
                Event::Settle(serving) => self.settle(serving, Split::default()),
                event => self.happen(event),
            }
        }
    }

    /// What does not happen to every call.
    #[inline(never)]
    fn happen(&mut self, event: Event) {
        match event {
            Event::Settle(serving) => self.settle(serving, Split::default()),
            Event::Proceed(generating) => self.proceed(generating),
            Event::Submit(lane) => self.close_job(lane),
            Event::Retry(call) => self.submit(call),
            Event::HangUp(call) => self.failed(call, Outcome::ReadTimeout),
            Event::Drop(call) => self.failed(call, Outcome::ConnectionClosed),
            Event::Unreachable(call) => self.failed(call, Outcome::ConnectTimeout),
            Event::Expire(call) => self.give_up(call),
            Event::Ask(ticket) => self.ask_again(ticket),
            Event::Turn(turn) => self.take_turn(turn),
        }
    }

    /// A call is sent for the first time; its place among all.
    #[inline]
    pub(super) fn arrive(&mut self, arrival: &Arrival) -> u64 {
        self.turn(arrival.at);
        self.arrive_at(arrival, 0)
    }

    /// The same, sent now to one of the targets.
    #[inline]
    pub(super) fn arrive_at(&mut self, arrival: &Arrival, target: u16) -> u64 {
        self.recorder.arrived(self.apps[arrival.app as usize].lane_of(target), arrival.call.input);
        let number = self.calls;
        self.calls += 1;
        number
    }

    #[inline]
    pub(super) fn turn(&mut self, now: SimTime) {
        self.now = now;
        self.gate.turn(now);
        self.recorder.turn(now);
    }

    /// One try of a call: on the first of its lanes that has room.
    #[inline(always)]
    pub(super) fn attempt(&mut self, call: Try<'_>) -> Fared {
        let mut lane = self.apps[call.arrival.app as usize].lane_of(call.target);
        loop {
            let state = &self.lanes[lane as usize];
            let sent = &call.arrival.call;
            let need = match &state.special {
                None => reserved_tokens(sent.input.into(), sent.max_tokens.into()),
                Some(special) => match special.access {
                    Access::Batch(job) => return Fared::Not(Instead::Collected(lane, job)),
                    _ => special_need(&mut self.caches, special, &state.burndown, call, self.now),
                },
            };
            if let Some(special) = &state.special
                && let Some(fault) = special.fault(call.arrival.request, call.attempt.into())
                && self.gate.fits(&state.route, self.now, need)
            {
                self.recorder.failed(lane, need, fault, call.attempt == 1);
                return Fared::Not(Instead::Refused(lane, fault.outcome()));
            }
            let attempt =
                Attempt { arrival: call.arrival, number: call.attempt.into(), lane: state.number as usize, need };
            match self.gate.admit(&state.route, self.now, need) {
                Ok(reservation) => {
                    self.recorder.admitted(lane, need, call.attempt == 1);
                    self.observer.admitted(self.now, attempt);
                    self.serve(call, lane, reservation);
                    return Fared::Admitted;
                }
                Err(_) if state.has_next => {
                    self.recorder.spilled(lane);
                    lane += 1;
                }
                Err(refusal) => {
                    self.recorder.refused(lane, need, refusal.limit, call.attempt == 1);
                    self.observer.refused(self.now, attempt, refusal);
                    return Fared::Not(Instead::Refused(lane, Outcome::Throttled));
                }
            }
        }
    }

    /// Files what does not happen once a call: the loop holds one copy of the agenda, not one for each.
    #[inline(never)]
    pub(super) fn file(&mut self, at: SimTime, order: u64, event: Event) {
        self.agenda.schedule(at, order, event);
    }

    fn finish(self) -> Run {
        let Self { recorder, gate, agenda, open_jobs, calls, last, now, clients, desks, .. } = self;
        let lines: Vec<usize> = desks.iter().map(|desk| desk.as_ref().map_or(0, |desk| desk.waiting())).collect();
        let (apps, refused_minutes) = recorder.finish(&lines);
        let refusals = refused_minutes.iter().map(|minutes| minutes.iter().copied().map(u64::from).sum()).collect();
        let balance = gate.balance();
        let sum = |count: fn(&MinuteRow) -> u64| -> u64 { apps.iter().map(|app| app.sum(count)).sum() };
        let collected: usize = open_jobs.iter().map(|job| job.calls.len()).sum();
        let sent = agenda.waiting().filter(|event| event.is_call()).count();
        let in_flight = (sent + collected + clients.waiting()) as u64;
        let held: u64 = agenda.waiting().map(Event::held).sum();
        assert_eq!(calls, sum(|r| (r.served + r.gave_up).into()) + in_flight, "a call was lost or made up");
        assert_eq!(balance.debited, sum(|r| r.reserved).into(), "a reservation was lost or made up");
        assert_eq!(balance.charged, sum(|r| r.charged).into(), "a charge was lost or made up");
        assert_eq!(balance.held, held.into(), "a reservation was not settled once");
        assert_eq!(balance.debited, balance.charged + balance.released + balance.held, "a token was lost or made up");
        let end = if last == SimTime(u64::MAX) { now } else { last + Micros(1) };
        Run { apps, refusals, refused_minutes, end, in_flight, balance }
    }
}

#[cfg(test)]
mod tests;
