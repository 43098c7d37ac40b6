//! The event loop. At one instant: settlements, then jobs, then retries, then arrivals; within a class the
//! higher service tier first, then the order of the calls' first arrival.

use super::counted::{charge, holder, special_need};
use super::jobs::{Jobs, OpenJob};
use super::lanes::{self, AppState, LaneState};
use super::observer::{Attempt, Observer, Silent};
use super::record::{Answer, Recorder};
use super::serving::{Event, Fared, Generating, Instead, Serving, Try, Waiting};
use super::{MinuteRow, Run};
use crate::agenda::Agenda;
use crate::bedrock::batch::Job;
use crate::bedrock::cache::{PromptCache, Split};
use crate::bedrock::quota::{Gate, Reservation, reserved_tokens};
use crate::bedrock::service::Latency;
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
    apps: Vec<AppState>,
    lanes: Vec<LaneState>,
    gate: Gate,
    caches: Vec<PromptCache>,
    /// By lane.
    open_jobs: Vec<OpenJob>,
    /// By pool: a pool of batch is that of one model.
    jobs: Vec<Jobs>,
    agenda: Agenda<Event>,
    recorder: Recorder,
    /// The last instant that is simulated.
    last: SimTime,
    now: SimTime,
    calls: u64,
    observer: O,
}

/// The order of classes at one instant, above the ranks and numbers of calls.
const SETTLEMENTS: u64 = 0;
const JOBS: u64 = 1 << 62;
const RETRIES: u64 = 1 << 63;
/// Where the rank stands above the number of a call.
const RANK_BITS: u32 = 58;

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
            agenda: Agenda::default(),
            recorder: Recorder::new(plan, start_us),
            last: SimTime(plan.horizon.map_or(u64::MAX, |horizon| horizon.0.saturating_sub(1))),
            now: SimTime(0),
            calls: 0,
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
        for arrival in arrivals {
            self.until(arrival.at);
            let number = self.arrive(&arrival);
            if let Fared::Not(what) = self.attempt(Try { arrival: &arrival, number, attempt: 1 }) {
                self.follow(Waiting { arrival, number, attempt: 1 }, what);
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
            Event::Submit(lane) => self.submit(lane),
            Event::Retry(waiting) => {
                let Waiting { ref arrival, number, attempt } = waiting;
                if let Fared::Not(what) = self.attempt(Try { arrival, number, attempt }) {
                    self.follow(waiting, what);
                }
            }
        }
    }

    /// What becomes of a call that was not admitted.
    fn follow(&mut self, call: Waiting, what: Instead) {
        match what {
            Instead::Refused(lane) => self.retry(call, lane),
            Instead::Collected(lane, job) => self.collect(call, lane, job),
        }
    }

    /// A call is sent for the first time; its place among all.
    #[inline]
    fn arrive(&mut self, arrival: &Arrival) -> u64 {
        self.turn(arrival.at);
        self.recorder.arrived(self.apps[arrival.app as usize].first_lane, arrival.call.input);
        let number = self.calls;
        self.calls += 1;
        number
    }

    #[inline]
    fn turn(&mut self, now: SimTime) {
        self.now = now;
        self.gate.turn(now);
        self.recorder.turn(now);
    }

    /// One try of a call: on the first of its lanes that has room.
    #[inline(always)]
    fn attempt(&mut self, call: Try<'_>) -> Fared {
        let mut lane = self.apps[call.arrival.app as usize].first_lane;
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
                && let Some(fault) = special.fault(call.arrival.request, call.attempt)
                && self.gate.fits(&state.route, self.now, need)
            {
                self.recorder.failed(lane, need, fault, call.attempt == 1);
                return Fared::Not(Instead::Refused(lane));
            }
            let attempt = Attempt { arrival: call.arrival, number: call.attempt, lane: state.number as usize, need };
            match self.gate.admit(&state.route, self.now, need) {
                Ok(reservation) => {
                    self.recorder.admitted(lane, need);
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
                    return Fared::Not(Instead::Refused(lane));
                }
            }
        }
    }

    #[inline(always)]
    fn serve(&mut self, call: Try<'_>, lane: u32, reservation: Reservation) {
        let state = &mut self.lanes[lane as usize];
        let Try { arrival, number, attempt } = call;
        let latency = state.service.latency(arrival.request, attempt, arrival.output(), self.now);
        if state.special.is_some() {
            return self.serve_specially(call, lane, reservation, latency);
        }
        let serving = Serving { reservation, answer: Answer::new(arrival, lane, latency.ttft) };
        self.agenda.schedule(self.now + latency.total, SETTLEMENTS | number, Event::Settle(serving));
    }

    /// An answer that runs in one of several Regions, that the cache may have a part in, or that gives quota
    /// back while it is written.
    #[cold]
    fn serve_specially(&mut self, call: Try<'_>, lane: u32, reservation: Reservation, latency: Latency) {
        let Try { arrival, number, attempt } = call;
        let ttft = latency.ttft;
        let mut serving = Serving { reservation, answer: Answer::new(arrival, lane, ttft) };
        let state = &self.lanes[lane as usize];
        let Some(special) = &state.special else { return };
        let destination = special.destination(arrival.request, attempt);
        if special.routing.is_some() {
            self.recorder.executed(lane, destination);
        }
        let mut split = Split::default();
        if let (Some(cache), Some(prefix)) = (special.cache, &arrival.call.prefix) {
            let (region, cache) = (special.regions[destination], &mut self.caches[cache]);
            let first_token = |read| state.service.shortened(ttft, read, arrival.call.input);
            let visit = cache.visit_answered(self.now, region, prefix, |read| self.now + first_token(read));
            self.recorder.visited(lane, &visit);
            split = visit.split;
            serving.answer.ttft = first_token(split.read);
        }
        let from = self.now + serving.answer.ttft;
        let until = from + Micros(latency.total.0 - ttft.0);
        let (reserved, charge) = (serving.reservation.tokens(), charge(state, &serving.answer, split, until));
        let generating = Generating { serving, split, number, reserved, charge, from, until };
        self.step(Box::new(generating), from);
    }

    #[inline]
    fn retry(&mut self, call: Waiting, lane: u32) {
        let AppState { policy, jitter, rank, .. } = &self.apps[call.arrival.app as usize];
        let draw = jitter.draw(call.arrival.request, u64::from(call.attempt));
        let Some(retry) = policy.retry(call.attempt, Outcome::Throttled, draw, None) else {
            self.recorder.gave_up(lane);
            return;
        };
        let next = Waiting { attempt: call.attempt + 1, ..call };
        let order = RETRIES | rank << RANK_BITS | next.number;
        self.file(self.now + retry.after, order, Event::Retry(next));
    }

    #[inline(always)]
    fn settle(&mut self, serving: Serving, split: Split) {
        let Serving { reservation, answer } = serving;
        let lane = &self.lanes[answer.lane as usize];
        let charge = charge(lane, &answer, split, self.now);
        self.recorder.answered(self.now, reservation.admitted_at(), &answer, split, charge);
        self.observer.settled(self.now, holder(lane, &answer), &reservation, charge);
        self.gate.deliver(&lane.route, self.now, answer.output.into());
        self.gate.settle(&lane.route, self.now, reservation, charge);
    }

    /// The next step of an answer: quota is given back, or it ends.
    #[cold]
    fn proceed(&mut self, mut generating: Box<Generating>) {
        if self.now >= generating.until {
            return self.settle(generating.serving, generating.split);
        }
        let held = generating.held_at(self.now);
        let lane = &self.lanes[generating.serving.answer.lane as usize];
        let holder = holder(lane, &generating.serving.answer);
        self.observer.adjusted(self.now, holder, &generating.serving.reservation, held);
        self.gate.adjust(&lane.route, self.now, &mut generating.serving.reservation, held);
        self.step(generating, self.now);
    }

    /// Files the next step of an answer, or its end.
    fn step(&mut self, generating: Box<Generating>, after: SimTime) {
        let lane = &self.lanes[generating.serving.answer.lane as usize];
        let every = lane.special.as_ref().and_then(|special| special.rules.release_every);
        let next = every.map_or(generating.until, |every| (after + every).min(generating.until));
        self.file(next, SETTLEMENTS | generating.number, Event::Proceed(generating));
    }

    /// Files what does not happen once a call: the loop holds one copy of the agenda, not one for each.
    #[inline(never)]
    fn file(&mut self, at: SimTime, order: u64, event: Event) {
        self.agenda.schedule(at, order, event);
    }

    /// A call of a batch waits until its job is submitted.
    fn collect(&mut self, call: Waiting, lane: u32, job: Job) {
        self.recorder.admitted(lane, 0);
        let open = &mut self.open_jobs[lane as usize];
        let (closes, is_full) = (open.add(call, job, self.now), open.is_full());
        if let Some(closes) = closes {
            self.file(closes, JOBS | u64::from(lane), Event::Submit(lane));
        }
        if is_full {
            self.start_job(lane);
        }
    }

    /// Submits the open job of a lane, if it has calls and its time has come.
    fn submit(&mut self, lane: u32) {
        if self.open_jobs[lane as usize].closes == Some(self.now) {
            self.start_job(lane);
        }
    }

    /// All calls of a job are answered at its end.
    fn start_job(&mut self, lane: u32) {
        let Some(special) = &self.lanes[lane as usize].special else { return };
        let Access::Batch(job) = special.access else { return };
        let calls = std::mem::take(&mut self.open_jobs[lane as usize]).calls;
        self.recorder.submitted(lane, calls.len() as u64);
        let (begins, ends) = self.jobs[special.pool].start(self.now, job.takes);
        for Waiting { arrival, number, .. } in calls {
            let reservation = Reservation::of_nothing(begins);
            let answer = Answer::new(&arrival, lane, ends - begins);
            self.file(ends, SETTLEMENTS | number, Event::Settle(Serving { reservation, answer }));
        }
    }

    fn finish(self) -> Run {
        let Self { recorder, gate, agenda, open_jobs, calls, last, now, .. } = self;
        let (apps, refused_minutes) = recorder.finish();
        let refusals = refused_minutes.iter().map(|minutes| minutes.iter().copied().map(u64::from).sum()).collect();
        let balance = gate.balance();
        let sum = |count: fn(&MinuteRow) -> u64| -> u64 { apps.iter().map(|app| app.sum(count)).sum() };
        let collected: usize = open_jobs.iter().map(|job| job.calls.len()).sum();
        let in_flight = (agenda.waiting().filter(|event| event.is_call()).count() + collected) as u64;
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
