//! Answers: how long each takes, who stops waiting for it, and what it is charged when it ends.

use super::callers::Quits;
use super::counted::{charge, holder};
use super::engine::{Engine, SETTLEMENTS, TIMEOUTS};
use super::mark::Mark;
use super::observer::Observer;
use super::record::Answer;
use super::serving::{Event, Generating, NO_TASK, Serving, Try};
use crate::bedrock::cache::Split;
use crate::bedrock::quota::Reservation;
use crate::bedrock::service::Latency;
use crate::units::{Micros, SimTime};

impl<O: Observer> Engine<O> {
    #[inline(always)]
    pub(super) fn serve(&mut self, call: Try<'_>, lane: u32, reservation: Reservation) {
        let state = &mut self.lanes[lane as usize];
        let Try { arrival, number, attempt, cost, .. } = call;
        let latency = state.service.latency(arrival.request, attempt.into(), arrival.output(), self.now);
        let silence = if state.streams { latency.ttft } else { latency.total };
        if state.special.is_some() || silence > state.patience {
            return self.serve_specially(call, lane, reservation, latency);
        }
        let client = if state.counts_successes { self.apps[state.app as usize].client_of(arrival.request) } else { 0 };
        let answer = Answer::new(arrival, lane, latency.ttft, client, Mark::of(attempt, cost));
        let serving = Serving { reservation, answer };
        self.agenda.schedule(self.now + latency.total, SETTLEMENTS | number, Event::Settle(serving));
    }

    /// An answer that somebody may not wait for, that runs in one of several Regions, that the cache may have a
    /// part in, that gives quota back while it is written, or that a task or a rate limiter waits for.
    #[cold]
    fn serve_specially(&mut self, call: Try<'_>, lane: u32, reservation: Reservation, latency: Latency) {
        let Try { arrival, number, attempt, cost, task, .. } = call;
        let state = &self.lanes[lane as usize];
        let mut split = Split::default();
        let mut ttft = latency.ttft;
        if let Some(special) = &state.special {
            let destination = special.destination(arrival.request, attempt.into());
            if special.routing.is_some() {
                self.recorder.executed(lane, destination);
            }
            if let (Some(cache), Some(prefix)) = (special.cache, &arrival.call.prefix) {
                let (region, cache) = (special.regions[destination], &mut self.caches[cache]);
                let first_token = |read| state.service.shortened(latency.ttft, read, arrival.call.input);
                let visit = cache.visit_answered(self.now, region, prefix, |read| self.now + first_token(read));
                self.recorder.visited(lane, &visit);
                split = visit.split;
                ttft = first_token(split.read);
            }
        }
        let from = self.now + ttft;
        let until = from + Micros(latency.total.0 - latency.ttft.0);
        let app = &self.apps[arrival.app as usize];
        let mut mark = Mark::of(attempt, cost);
        let answered = if state.streams { from } else { until };
        if let Some((at, how)) = app.quits(arrival.at, self.now, answered, until) {
            mark = mark.abandoned();
            let call = call.to_waiting();
            let event = match how {
                Quits::Silence => Event::HangUp(call),
                Quits::Idle => Event::Drop(call),
                Quits::Deadline => Event::Expire(call),
            };
            self.agenda.schedule(at, TIMEOUTS | number, event);
        }
        let answer = Answer::new(arrival, lane, ttft, app.client_of(arrival.request), mark);
        if task != NO_TASK {
            let usage = split.usage(answer.input, answer.output);
            let state = &self.lanes[lane as usize];
            let is_long = state.special.as_ref().is_some_and(|special| answer.input > special.long_above);
            self.spends(task, state.number, usage, is_long);
        }
        let charge = charge(&self.lanes[lane as usize], &answer, split, until);
        let reserved = reservation.tokens();
        let serving = Serving { reservation, answer };
        let generating = Generating { serving, split, number, task, reserved, charge, from, until };
        self.step(Box::new(generating), from);
    }

    #[inline(always)]
    pub(super) fn settle(&mut self, serving: Serving, split: Split) {
        let Serving { reservation, answer } = serving;
        let lane = &self.lanes[answer.lane as usize];
        let charge = charge(lane, &answer, split, self.now);
        self.recorder.answered(self.now, reservation.admitted_at(), &answer, split, charge);
        self.observer.settled(self.now, holder(lane, &answer), &reservation, charge);
        self.gate.deliver(&lane.route, self.now, answer.output.into());
        self.gate.settle(&lane.route, self.now, reservation, charge);
        if lane.counts_successes && !answer.mark.is_abandoned() {
            self.clients.succeeded(lane.first_client + u32::from(answer.client), answer.mark.cost());
        }
    }

    /// The next step of an answer: quota is given back, or it ends.
    #[cold]
    pub(super) fn proceed(&mut self, mut generating: Box<Generating>) {
        if self.now >= generating.until {
            return self.end(*generating);
        }
        let held = generating.held_at(self.now);
        let lane = &self.lanes[generating.serving.answer.lane as usize];
        let holder = holder(lane, &generating.serving.answer);
        self.observer.adjusted(self.now, holder, &generating.serving.reservation, held);
        self.gate.adjust(&lane.route, self.now, &mut generating.serving.reservation, held);
        self.step(generating, self.now);
    }

    /// An answer ends, and whoever waits for it goes on.
    fn end(&mut self, generating: Generating) {
        let Generating { serving, split, task, .. } = generating;
        let (mark, lane, client, output) =
            (serving.answer.mark, serving.answer.lane, serving.answer.client, serving.answer.output);
        self.settle(serving, split);
        if mark.is_abandoned() {
            return;
        }
        let first_client = self.lanes[lane as usize].first_client;
        self.hear(first_client + u32::from(client), false);
        if task != NO_TASK {
            self.call_answered(task, output);
        }
    }

    /// Files the next step of an answer, or its end.
    fn step(&mut self, generating: Box<Generating>, after: SimTime) {
        let lane = &self.lanes[generating.serving.answer.lane as usize];
        let every = lane.special.as_ref().and_then(|special| special.rules.release_every);
        let next = every.map_or(generating.until, |every| (after + every).min(generating.until));
        self.file(next, SETTLEMENTS | generating.number, Event::Proceed(generating));
    }
}
