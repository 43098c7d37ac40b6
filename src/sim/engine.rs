//! The event loop. At one instant: settlements, then retries, then arrivals; each in the order of the
//! calls' first arrival.

use super::record::{Answer, Recorder, Run};
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
    arrival: Arrival,
    reservation: Reservation,
    ttft: Micros,
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
    pub fn run(mut self, arrivals: impl Iterator<Item = Arrival>) -> Run {
        for arrival in arrivals {
            self.advance(arrival.at);
            self.now = arrival.at;
            self.recorder.arrived(arrival.app, arrival.at, arrival.call.input);
            let call = Waiting { arrival, number: self.calls, attempt: 1 };
            self.calls += 1;
            self.attempt(call);
        }
        self.advance(self.last);
        self.finish()
    }

    /// Lets everything happen that is due at `until` or before.
    #[inline]
    fn advance(&mut self, until: SimTime) {
        while let Some((at, event)) = self.agenda.take_due(until) {
            self.now = at;
            match event {
                Event::Settle(serving) => self.settle(serving),
                Event::Retry(waiting) => self.attempt(waiting),
            }
        }
    }

    #[inline]
    fn attempt(&mut self, call: Waiting) {
        let Arrival { app, call: sent, .. } = call.arrival;
        let need = reserved_tokens(u64::from(sent.input), u64::from(sent.max_tokens));
        match self.gate.admit(&self.apps[app as usize].route, self.now, need) {
            Ok(reservation) => {
                self.recorder.admitted(app, self.now, need);
                self.serve(call, reservation);
            }
            Err(Refusal { limit, .. }) => {
                self.recorder.refused(app, self.now, need, limit, call.attempt == 1);
                self.retry(call);
            }
        }
    }

    #[inline]
    fn serve(&mut self, call: Waiting, reservation: Reservation) {
        let Waiting { arrival, number, attempt } = call;
        let latency = self.apps[arrival.app as usize].service.latency(arrival.request, attempt, arrival.output());
        let serving = Serving { arrival, reservation, ttft: latency.ttft };
        self.agenda.schedule(self.now + latency.total, SETTLEMENTS | number, Event::Settle(serving));
    }

    #[inline]
    fn retry(&mut self, call: Waiting) {
        let AppState { backoff, jitter, .. } = &self.apps[call.arrival.app as usize];
        if call.attempt >= backoff.attempts {
            self.recorder.gave_up(call.arrival.app, self.now);
            return;
        }
        let delay = backoff.delay(call.attempt, jitter.draw(call.arrival.request, u64::from(call.attempt)));
        let next = Waiting { attempt: call.attempt + 1, ..call };
        self.agenda.schedule(self.now + delay, RETRIES | next.number, Event::Retry(next));
    }

    #[inline]
    fn settle(&mut self, serving: Serving) {
        let Serving { arrival, reservation, ttft } = serving;
        let AppState { route, burndown, .. } = &self.apps[arrival.app as usize];
        let (input, output) = (arrival.call.input, arrival.output());
        let charged = charged_tokens(u64::from(input), 0, u64::from(output), burndown.at(self.now));
        let answer = Answer {
            arrived_at: arrival.at,
            admitted_at: reservation.admitted_at(),
            ttft,
            input,
            output,
            truncated: arrival.truncated(),
            charged,
        };
        self.gate.settle(route, self.now, reservation, charged);
        self.recorder.answered(arrival.app, self.now, &answer);
    }

    fn finish(self) -> Run {
        let Self { recorder, gate, agenda, calls, last, now, .. } = self;
        let balance = gate.balance();
        let sum = |count: fn(&super::MinuteRow) -> u32| -> u64 {
            recorder.apps.iter().map(|app| app.sum(|row| u64::from(count(row)))).sum()
        };
        let in_flight = agenda.len() as u64;
        assert_eq!(calls, sum(|r| r.served) + sum(|r| r.gave_up) + in_flight, "a call was lost or made up");
        assert_eq!(balance.debited, balance.charged + balance.released + balance.held, "a token was lost or made up");
        let end = if last == SimTime(u64::MAX) { now } else { last + Micros(1) };
        Run { apps: recorder.apps, refusals: recorder.refusals, end, in_flight, balance }
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
