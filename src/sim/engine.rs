//! The event loop. At one instant: settlements, then retries, then arrivals; each in the order of the
//! calls' first arrival.

use super::record::{Answer, MinuteRow, Recorder, Run};
use crate::agenda::Agenda;
use crate::bedrock::quota::{Gate, Refusal, Reservation, Route, charged_tokens, reserved_tokens};
use crate::bedrock::service::ServiceTime;
use crate::client::Backoff;
use crate::plan::{Burndown, Plan};
use crate::rng::Stream;
use crate::traffic::Arrival;
use crate::units::{Micros, SimTime};

/// Runs a plan over its arrivals, which come in order of time.
pub fn run(plan: &Plan, seed: u64, arrivals: impl Iterator<Item = Arrival>) -> Run {
    Engine::new(plan, seed).run(arrivals)
}

/// A plan at work.
pub struct Engine {
    apps: Vec<AppState>,
    gate: Gate,
    agenda: Agenda<Event>,
    recorder: Recorder,
    /// The last instant that is simulated.
    last: SimTime,
    now: SimTime,
    calls: u64,
}

/// What an application brings to every attempt.
struct AppState {
    route: Route,
    burndown: Burndown,
    service: ServiceTime,
    backoff: Backoff,
    jitter: Stream,
}

/// What waits in the agenda.
enum Event {
    Settle(Serving),
    Retry(Waiting),
}

/// A call that is between attempts.
struct Waiting {
    arrival: Arrival,
    /// Its place among all calls: ties go to the oldest.
    number: u64,
    /// The attempt that is made next, counted from one.
    attempt: u32,
}

/// A call that is being answered.
struct Serving {
    reservation: Reservation,
    answer: Answer,
}

/// The order of classes at one instant, above the numbers of calls.
const SETTLEMENTS: u64 = 0;
const RETRIES: u64 = 1 << 62;

impl Engine {
    /// An engine at the scenario's start.
    #[must_use]
    pub fn new(plan: &Plan, seed: u64) -> Self {
        let limits: Vec<_> = plan.limits().copied().collect();
        let start_us = plan.start.as_microsecond();
        Self {
            apps: plan.apps.iter().map(|app| AppState::new(app, seed)).collect(),
            gate: Gate::new(&limits, plan.window, start_us),
            agenda: Agenda::default(),
            recorder: Recorder::new(plan.apps.len(), limits.len(), start_us),
            last: SimTime(plan.horizon.map_or(u64::MAX, |horizon| horizon.0.saturating_sub(1))),
            now: SimTime(0),
            calls: 0,
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
        let mut arrivals = arrivals.peekable();
        loop {
            let until = arrivals.peek().map_or(self.last, |arrival| arrival.at);
            let call = match self.agenda.take_due(until) {
                Some((at, Event::Settle(serving))) => {
                    self.turn(at);
                    self.settle(serving);
                    continue;
                }
                Some((at, Event::Retry(waiting))) => {
                    self.turn(at);
                    waiting
                }
                None => match arrivals.next() {
                    Some(arrival) => self.arrive(arrival),
                    None => return self.finish(),
                },
            };
            self.attempt(call);
        }
    }

    #[inline]
    fn arrive(&mut self, arrival: Arrival) -> Waiting {
        self.turn(arrival.at);
        self.recorder.arrived(arrival.app, arrival.call.input);
        let number = self.calls;
        self.calls += 1;
        Waiting { arrival, number, attempt: 1 }
    }

    #[inline]
    fn turn(&mut self, now: SimTime) {
        self.now = now;
        self.recorder.turn(now);
    }

    #[inline]
    fn attempt(&mut self, call: Waiting) {
        let Arrival { app, call: ref sent, .. } = call.arrival;
        let need = reserved_tokens(u64::from(sent.input), u64::from(sent.max_tokens));
        match self.gate.admit(&self.apps[app as usize].route, self.now, need) {
            Ok(reservation) => {
                self.recorder.admitted(app, need);
                self.serve(call, reservation);
            }
            Err(Refusal { limit, .. }) => {
                self.recorder.refused(app, need, limit, call.attempt == 1);
                self.retry(call);
            }
        }
    }

    #[inline]
    fn serve(&mut self, call: Waiting, reservation: Reservation) {
        let Waiting { arrival, number, attempt } = call;
        let latency = self.apps[arrival.app as usize].service.latency(arrival.request, attempt, arrival.output());
        let serving = Serving { reservation, answer: Answer::new(&arrival, latency.ttft) };
        self.agenda.schedule(self.now + latency.total, SETTLEMENTS | number, Event::Settle(serving));
    }

    #[inline]
    fn retry(&mut self, call: Waiting) {
        let AppState { backoff, jitter, .. } = &self.apps[call.arrival.app as usize];
        if call.attempt >= backoff.attempts {
            self.recorder.gave_up(call.arrival.app);
            return;
        }
        let delay = backoff.delay(call.attempt, jitter.draw(call.arrival.request, u64::from(call.attempt)));
        let next = Waiting { attempt: call.attempt + 1, ..call };
        self.agenda.schedule(self.now + delay, RETRIES | next.number, Event::Retry(next));
    }

    #[inline]
    fn settle(&mut self, serving: Serving) {
        let Serving { reservation, answer } = serving;
        let AppState { route, burndown, .. } = &self.apps[answer.app as usize];
        let (input, output) = (u64::from(answer.input), u64::from(answer.output));
        let charged = charged_tokens(input, 0, output, burndown.at(self.now));
        self.recorder.answered(self.now, reservation.admitted_at(), &answer, charged);
        self.gate.settle(route, self.now, reservation, charged);
    }

    fn finish(self) -> Run {
        let Self { recorder, gate, agenda, calls, last, now, .. } = self;
        let (apps, refused_minutes) = recorder.finish();
        let refusals = refused_minutes.iter().map(|minutes| minutes.iter().copied().map(u64::from).sum()).collect();
        let balance = gate.balance();
        let sum = |count: fn(&MinuteRow) -> u64| -> u64 { apps.iter().map(|app| app.sum(count)).sum() };
        let in_flight = agenda.waiting().count() as u64;
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

impl Event {
    /// The tokens that it holds.
    fn held(&self) -> u64 {
        match self {
            Self::Settle(serving) => serving.reservation.tokens(),
            Self::Retry(_) => 0,
        }
    }
}

impl AppState {
    fn new(app: &crate::plan::App, seed: u64) -> Self {
        let stream = |purpose: &str| Stream::new(seed, &format!("apps/{}/{purpose}", app.name));
        Self {
            route: app.route.clone(),
            burndown: app.burndown.clone(),
            service: ServiceTime::new(&app.service, stream("service")),
            backoff: app.backoff,
            jitter: stream("retry"),
        }
    }
}
