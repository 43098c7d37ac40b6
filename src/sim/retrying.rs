//! What follows an attempt: the retry rules of the client that made it, its rate limiter, other targets.

use super::clients::Gated;
use super::engine::{Engine, RANK_BITS, RETRIES, TIMEOUTS};
use super::observer::Observer;
use super::serving::{Event, Fared, Instead, NO_TASK, Ticket, Waiting};
use crate::client::{Limiter, Outcome, Retry};
use crate::plan::Fallback;
use crate::units::SimTime;

impl<O: Observer> Engine<O> {
    /// An attempt is made as soon as its client's rate limiter lets it.
    #[inline(always)]
    pub(super) fn submit(&mut self, call: Waiting) {
        if self.apps[call.arrival.app as usize].is_managed {
            return self.submit_by_client(call);
        }
        self.make(call);
    }

    #[inline(never)]
    fn submit_by_client(&mut self, call: Waiting) {
        let client = self.client_of(&call);
        let gated = self.clients.gate(self.now, client, call);
        self.pass(gated);
    }

    /// An attempt that waited for its rate limiter asks again, unless it was woken since or its time is over.
    pub(super) fn ask_again(&mut self, ticket: Ticket) {
        if !self.clients.parked.is_of(ticket.slot, ticket.tenant) {
            return;
        }
        let deadline = self.clients.parked.get(ticket.slot).map(|parked| self.deadline_of(&parked.call));
        if deadline.is_some_and(|deadline| self.now >= deadline) {
            let left = self.clients.withdraw(ticket.slot);
            return left.into_iter().for_each(|call| self.give_up(call));
        }
        let gated = self.clients.ask(self.now, ticket.slot, Limiter::wake);
        self.pass(gated);
    }

    fn deadline_of(&self, call: &Waiting) -> SimTime {
        self.apps[call.arrival.app as usize].deadline_of(call.arrival.at)
    }

    fn pass(&mut self, gated: Gated) {
        match gated {
            Gated::Open(call, waited) => {
                if let Some(time) = waited {
                    self.recorder.limited(self.lane_of(&call), time);
                }
                self.send(call);
            }
            Gated::Parked(ticket, at, number) => {
                let deadline = self.clients.parked.get(ticket.slot).map(|parked| self.deadline_of(&parked.call));
                let at = deadline.map_or(at, |deadline| at.min(deadline));
                self.file(at, RETRIES | number, Event::Ask(ticket));
            }
        }
    }

    /// An attempt leaves its client.
    fn send(&mut self, call: Waiting) {
        let app = &self.apps[call.arrival.app as usize];
        let deadline = app.deadline_of(call.arrival.at);
        if self.now >= deadline {
            return self.give_up(call);
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
    #[inline(never)]
    fn make(&mut self, call: Waiting) {
        if let Fared::Not(what) = self.attempt(call.as_try()) {
            self.follow(call, what);
        }
    }

    /// What becomes of a call that was not admitted.
    #[inline(always)]
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
        let app = &self.apps[call.arrival.app as usize];
        let policy = &app.client.policy;
        let draw = app.jitter.draw(call.arrival.request, call.attempt.into());
        let asked = self.retry_after.filter(|_| matches!(outcome, Outcome::Throttled | Outcome::Unavailable));
        let retry = policy.retry(call.attempt.into(), outcome, draw, asked);
        if app.is_managed || policy.quota.is_some() {
            return self.decide(call, lane, outcome, retry);
        }
        match retry {
            Some(retry) => self.try_again(call, retry),
            None => self.recorder.gave_up(lane),
        }
    }

    /// The same where the retry quota, the time that is left or a rate limiter has a say.
    fn decide(&mut self, call: Waiting, lane: u32, outcome: Outcome, retry: Option<Retry>) {
        let client = self.client_of(&call);
        let app = &self.apps[call.arrival.app as usize];
        let throttling = app.client.policy.is_throttling(outcome);
        let deadline = app.deadline_of(call.arrival.at);
        match retry.filter(|retry| self.clients.take(client, retry.cost)) {
            Some(retry) if self.now + retry.after < deadline => self.try_again(call, retry),
            Some(_) => self.file(deadline, TIMEOUTS | call.number, Event::Expire(call)),
            None => {
                if retry.is_some() {
                    self.recorder.cut(lane);
                }
                self.go_on(call, lane, outcome);
            }
        }
        self.hear(client, throttling);
    }

    #[inline(always)]
    fn try_again(&mut self, call: Waiting, retry: Retry) {
        let rank = self.apps[call.arrival.app as usize].rank;
        let next = Waiting { attempt: call.attempt + 1, cost: retry.cost as u8, ..call };
        let order = RETRIES | rank << RANK_BITS | next.number;
        self.file(self.now + retry.after, order, Event::Retry(next));
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

    /// A call that has used up the time that it was given in all.
    pub(super) fn give_up(&mut self, call: Waiting) {
        let lane = self.lane_of(&call);
        self.gave_up(&call, lane);
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
fn applies(rules: &Fallback, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Throttled | Outcome::Bare429 => rules.on_throttled,
        Outcome::ReadTimeout => rules.on_timeout,
        Outcome::Ok | Outcome::Refused => false,
        _ => rules.on_failed,
    }
}
