//! What follows an attempt: the retry rules of the client that made it, its rate limiter, other targets.

use super::engine::{Engine, RANK_BITS, RETRIES, TIMEOUTS};
use super::observer::Observer;
use super::serving::{Event, Fared, Instead, NO_TASK, Ticket, Waiting};
use super::slots::Slots;
use crate::client::{Limiter, Outcome, Policy, RetryQuota, Turn};
use crate::plan::Plan;
use crate::units::{Micros, SimTime};

/// Every client object of a plan, application after application and target after target.
pub(super) struct Clients {
    all: Vec<Client>,
    /// Attempts that wait for a rate limiter.
    parked: Slots<Parked>,
    start_us: u64,
}

/// One client object: a pod's, a process's.
struct Client {
    quota: Option<RetryQuota>,
    limiter: Option<Box<Limiter>>,
}

struct Parked {
    call: Waiting,
    client: u32,
    since: SimTime,
}

/// What a rate limiter says to an attempt.
enum Gated {
    /// It may be sent.
    Open(Waiting, Option<Micros>),
    /// It asks again at an instant.
    Parked(Ticket, SimTime, u64),
}

impl Clients {
    pub(super) fn new(plan: &Plan) -> Self {
        let start_us = plan.start.as_microsecond().unsigned_abs();
        let of_app = |app: &crate::plan::App| {
            let count = app.client.clients as usize * app.targets.len().max(1);
            let policy = app.client.policy.clone();
            std::iter::repeat_with(move || Client::new(&policy, start_us)).take(count)
        };
        Self { all: plan.apps.iter().flat_map(of_app).collect(), parked: Slots::default(), start_us }
    }

    /// A retry that costs so much may be made.
    fn take(&mut self, client: u32, cost: u32) -> bool {
        self.all[client as usize].quota.as_mut().is_none_or(|quota| quota.take(cost))
    }

    /// A call was answered whose last retry cost so much; nothing for one that was never retried.
    #[inline]
    pub(super) fn succeeded(&mut self, client: u32, cost: Option<u32>) {
        if let Some(quota) = &mut self.all[client as usize].quota {
            quota.succeeded(cost);
        }
    }

    fn gate(&mut self, now: SimTime, client: u32, call: Waiting) -> Gated {
        if self.all[client as usize].limiter.is_none() {
            return Gated::Open(call, None);
        }
        let (slot, _) = self.parked.take(Parked { call, client, since: now });
        self.ask(now, slot, Limiter::acquire)
    }

    /// The limiter of a parked attempt is asked.
    fn ask(&mut self, now: SimTime, slot: u32, ask: fn(&mut Limiter, u64, u64) -> Turn) -> Gated {
        let client = self.parked.get(slot).map_or(0, |parked| parked.client);
        let limiter = self.all[client as usize].limiter.as_mut();
        let turn = limiter.map_or(Turn::Granted, |limiter| ask(limiter, self.start_us + now.0, slot.into()));
        match (turn, self.parked.leave(slot)) {
            (Turn::Wait(time), Some(parked)) => {
                let number = parked.call.number;
                let (slot, tenant) = self.parked.take(parked);
                Gated::Parked(Ticket { slot, tenant }, now + time, number)
            }
            (_, parked) => {
                let Parked { call, since, .. } = parked.expect("an attempt is parked once");
                Gated::Open(call, (now > since).then(|| now - since))
            }
        }
    }

    /// A response came: the attempt that is woken by the changed rate, with its new ticket and its number.
    fn hears(&mut self, now: SimTime, client: u32, throttled: bool) -> Option<(Ticket, u64)> {
        let limiter = self.all[client as usize].limiter.as_mut()?;
        let slot = limiter.respond(self.start_us + now.0, throttled)? as u32;
        let parked = self.parked.leave(slot)?;
        let number = parked.call.number;
        let (slot, tenant) = self.parked.take(parked);
        Some((Ticket { slot, tenant }, number))
    }

    /// Calls that wait for a rate limiter.
    pub(super) fn waiting(&self) -> usize {
        self.parked.iter().count()
    }
}

impl Client {
    fn new(policy: &Policy, start_us: u64) -> Self {
        Self {
            quota: policy.quota.as_ref().map(RetryQuota::new),
            limiter: policy.limiter.as_ref().map(|rules| Box::new(Limiter::new(rules, start_us))),
        }
    }
}

impl<O: Observer> Engine<O> {
    /// An attempt is made as soon as its client's rate limiter lets it.
    pub(super) fn submit(&mut self, call: Waiting) {
        if !self.apps[call.arrival.app as usize].is_managed {
            return self.make(call);
        }
        let client = self.client_of(&call);
        let gated = self.clients.gate(self.now, client, call);
        self.pass(gated);
    }

    /// An attempt that waited for its rate limiter asks again.
    pub(super) fn ask_again(&mut self, ticket: Ticket) {
        if self.clients.parked.is_of(ticket.slot, ticket.tenant) {
            let gated = self.clients.ask(self.now, ticket.slot, Limiter::wake);
            self.pass(gated);
        }
    }

    fn pass(&mut self, gated: Gated) {
        match gated {
            Gated::Open(call, waited) => {
                if let Some(time) = waited {
                    self.recorder.limited(self.lane_of(&call), time);
                }
                self.send(call);
            }
            Gated::Parked(ticket, at, number) => self.file(at, RETRIES | number, Event::Ask(ticket)),
        }
    }

    /// An attempt leaves its client.
    fn send(&mut self, call: Waiting) {
        let app = &self.apps[call.arrival.app as usize];
        let deadline = app.deadline_of(call.arrival.at);
        if self.now >= deadline {
            return self.give_up(call, Outcome::ReadTimeout);
        }
        if app.is_unreachable(call.arrival.request, call.attempt) {
            self.recorder.unreachable(self.lane_of(&call), call.attempt == 1);
            let fails = self.now + app.client.connect_timeout;
            let order = TIMEOUTS | call.number;
            return if deadline < fails {
                self.file(deadline, order, Event::Expire(call));
            } else {
                self.file(fails, order, Event::Unreachable(call));
            };
        }
        self.make(call);
    }

    /// An attempt arrives at Bedrock.
    fn make(&mut self, call: Waiting) {
        if let Fared::Not(what) = self.attempt(call.as_try()) {
            self.follow(call, what);
        }
    }

    /// What becomes of a call that was not admitted.
    pub(super) fn follow(&mut self, call: Waiting, what: Instead) {
        match what {
            Instead::Refused(lane, outcome) => self.respond(call, lane, outcome),
            Instead::Collected(lane, job) => self.collect(call, lane, job),
        }
    }

    /// An attempt failed without an answer from a lane.
    pub(super) fn failed(&mut self, call: Waiting, outcome: Outcome) {
        let lane = self.lane_of(&call);
        self.respond(call, lane, outcome);
    }

    /// An attempt failed: the client tries again, goes on to another target, or gives up.
    #[inline(never)]
    pub(super) fn respond(&mut self, call: Waiting, lane: u32, outcome: Outcome) {
        let client = self.client_of(&call);
        let app_number = call.arrival.app as usize;
        let app = &self.apps[app_number];
        let draw = app.jitter.draw(call.arrival.request, call.attempt.into());
        let retry = app.client.policy.retry(call.attempt.into(), outcome, draw, None);
        let (rank, deadline) = (app.rank, app.deadline_of(call.arrival.at));
        let granted = retry.filter(|retry| self.clients.take(client, retry.cost));
        match granted {
            Some(retry) if self.now + retry.after < deadline => {
                let next = Waiting { attempt: call.attempt + 1, cost: retry.cost as u8, ..call };
                let order = RETRIES | rank << RANK_BITS | next.number;
                self.file(self.now + retry.after, order, Event::Retry(next));
            }
            Some(_) => self.file(deadline, TIMEOUTS | call.number, Event::Expire(call)),
            None => {
                if retry.is_some() {
                    self.recorder.cut(lane);
                }
                self.go_on(call, lane, outcome);
            }
        }
        let throttling = self.apps[app_number].client.policy.is_throttling(outcome);
        self.hear(client, throttling);
    }

    /// A client's rate limiter learns of a response.
    pub(super) fn hear(&mut self, client: u32, throttled: bool) {
        if let Some((ticket, number)) = self.clients.hears(self.now, client, throttled) {
            self.file(self.now, RETRIES | number, Event::Ask(ticket));
        }
    }

    /// The attempts of a call are used up: it goes on to another target, or it is given up.
    fn go_on(&mut self, mut call: Waiting, lane: u32, outcome: Outcome) {
        let now = self.now;
        let Some(desk) = self.desks[call.arrival.app as usize].as_deref_mut() else {
            return self.gave_up(&call, lane);
        };
        let cooling = desk.fallback.as_mut().filter(|cooling| applies(&cooling.rules, outcome));
        let next = cooling.and_then(|cooling| {
            cooling.cool(call.target, now);
            cooling.after(call.target, now)
        });
        let Some(next) = next else { return self.gave_up(&call, lane) };
        if !desk.brings_max_tokens {
            call.arrival.call.max_tokens = desk.max_tokens[next as usize];
        }
        self.recorder.fallen_back(call.arrival.app);
        (call.target, call.attempt, call.cost) = (next, 1, 0);
        self.submit(call);
    }

    /// A call that its caller does not wait for any longer.
    pub(super) fn give_up(&mut self, call: Waiting, outcome: Outcome) {
        let lane = self.lane_of(&call);
        let client = self.client_of(&call);
        self.gave_up(&call, lane);
        self.hear(client, outcome == Outcome::Throttled);
    }

    fn gave_up(&mut self, call: &Waiting, lane: u32) {
        self.recorder.gave_up(lane);
        if call.task != NO_TASK {
            self.call_failed(call.task);
        }
    }

    /// The first lane of a call's target.
    pub(super) fn lane_of(&self, call: &Waiting) -> u32 {
        self.apps[call.arrival.app as usize].lane_of(call.target)
    }

    fn client_of(&self, call: &Waiting) -> u32 {
        let app = &self.apps[call.arrival.app as usize];
        app.first_client + u32::from(call.target) * app.client.clients + u32::from(app.client_of(call.arrival.request))
    }
}

/// A call that failed so goes on to another target.
fn applies(rules: &crate::plan::Fallback, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Throttled | Outcome::Bare429 => rules.on_throttled,
        Outcome::ReadTimeout => rules.on_timeout,
        Outcome::Ok | Outcome::Refused => false,
        _ => rules.on_failed,
    }
}
