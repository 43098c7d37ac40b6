//! A whole client in virtual time: calls, a server, and between them the policy, the retry quota and the limiter.
//!
//! The clock counts microseconds; what happens at one instant happens in the order in which it was scheduled.

use super::{count, draw, has_metadata, list, micros, outcome, policy, text};
use serde_json::Value;
use std::collections::BTreeMap;
use tokencast::client::{Limiter, LimiterState, Outcome, Policy, Retry, RetryQuota, Turn};
use tokencast::units::Micros;

/// One attempt, as it went.
pub struct Entry {
    pub call: usize,
    pub attempt: usize,
    pub ready: u64,
    pub sent: u64,
    pub outcome: Outcome,
    pub responded: u64,
    pub delay: Option<u64>,
    pub quota: Option<u32>,
    pub limiter: Option<LimiterState>,
}

/// One call, as it ended.
#[derive(Clone, Default)]
pub struct Ended {
    pub error: Option<&'static str>,
    pub attempts: usize,
    pub at: u64,
    pub most_attempts: bool,
    pub quota_reached: bool,
    pub quota: Option<u32>,
}

#[derive(Clone, Copy)]
enum Event {
    /// A worker comes to a call, and thinks first.
    Think(usize),
    Ready(usize),
    Wake(usize),
    Respond(usize),
}

/// Where a call stands.
#[derive(Clone, Copy, Default)]
struct Call {
    attempt: usize,
    ready: u64,
    sent: u64,
    last_cost: Option<u32>,
}

pub struct Client<'a> {
    golden: &'a Value,
    policy: Policy,
    quota: Option<RetryQuota>,
    limiter: Option<Limiter>,
    calls: Vec<Call>,
    outcomes: Vec<Outcome>,
    /// By window: attempts that the server admitted.
    admitted: BTreeMap<u64, u64>,
    agenda: BTreeMap<(u64, u64), Event>,
    /// Of calls that wait for a token.
    timers: BTreeMap<usize, (u64, u64)>,
    scheduled: u64,
    now: u64,
    pub log: Vec<Entry>,
    pub ended: Vec<Ended>,
}

impl<'a> Client<'a> {
    pub fn new(golden: &'a Value) -> Self {
        let attempts = count(&golden["max_attempts"]) as u32;
        let policy = Policy { attempts, ..policy(golden, text(&golden["mode"])) };
        let calls = list(&golden["calls"]).len();
        Self {
            golden,
            quota: policy.quota.as_ref().map(RetryQuota::new),
            limiter: policy.limiter.as_ref().map(|rules| Limiter::new(rules, micros(&golden["t0"]))),
            policy,
            calls: vec![Call::default(); calls],
            outcomes: vec![Outcome::Ok; calls],
            admitted: BTreeMap::new(),
            agenda: BTreeMap::new(),
            timers: BTreeMap::new(),
            scheduled: 0,
            now: 0,
            log: Vec::new(),
            ended: vec![Ended::default(); calls],
        }
    }

    pub fn run(mut self) -> Self {
        self.begin();
        while let Some(((at, _), event)) = self.agenda.pop_first() {
            self.now = at;
            match event {
                Event::Think(call) => {
                    let think = micros(&self.written(call)["think"]).max(1);
                    self.schedule(at + think, Event::Ready(call));
                }
                Event::Ready(call) => self.ready(call),
                Event::Wake(call) => {
                    let turn = self.limiter.as_mut().expect("a limiter").wake(at, call as u64);
                    self.turn(call, turn);
                }
                Event::Respond(call) => self.respond(call),
            }
        }
        self
    }

    fn written(&self, call: usize) -> &'a Value {
        &self.golden["calls"][call]
    }

    fn schedule(&mut self, at: u64, event: Event) -> (u64, u64) {
        self.scheduled += 1;
        self.agenda.insert((at, self.scheduled), event);
        (at, self.scheduled)
    }

    /// Open loop: every call at its instant. Closed loop: the first call of every worker.
    fn begin(&mut self) {
        if count(&self.golden["workers"]) == 0 {
            for call in 0..self.calls.len() {
                self.schedule(micros(&self.written(call)["start"]), Event::Ready(call));
            }
            return;
        }
        for worker in 0..count(&self.golden["workers"]) {
            if let Some(first) = self.next_of(worker, 0) {
                let start = micros(&self.golden["t0"]) + micros(&self.written(first)["start"]);
                self.schedule(start, Event::Think(first));
            }
        }
    }

    fn next_of(&self, worker: u64, from: usize) -> Option<usize> {
        (from..self.calls.len()).find(|call| self.written(*call)["worker"] == worker)
    }

    fn ready(&mut self, call: usize) {
        self.calls[call].attempt += 1;
        self.calls[call].ready = self.now;
        let turn = self.limiter.as_mut().map_or(Turn::Granted, |limiter| limiter.acquire(self.now, call as u64));
        self.turn(call, turn);
    }

    fn turn(&mut self, call: usize, turn: Turn) {
        match turn {
            Turn::Granted => self.send(call),
            Turn::Wait(sleep) => {
                let timer = self.schedule(self.now + sleep.0, Event::Wake(call));
                self.timers.insert(call, timer);
            }
        }
    }

    fn send(&mut self, call: usize) {
        self.calls[call].sent = self.now;
        let script = &self.written(call)["attempts"][self.calls[call].attempt - 1];
        let outcome = self.answer(script);
        let takes = match outcome {
            Outcome::Throttled => micros(&script["latency_throttle"]),
            Outcome::ReadTimeout => micros(&self.golden["read_timeout"]),
            _ => micros(&script["latency"]),
        };
        self.outcomes[call] = outcome;
        self.schedule(self.now + takes, Event::Respond(call));
    }

    fn answer(&mut self, script: &Value) -> Outcome {
        let server = &self.golden["server"];
        if text(&server["kind"]) == "scripted" {
            return outcome(&script["outcome"]);
        }
        let admitted = self.admitted.entry(self.now / micros(&server["window"])).or_default();
        if *admitted >= count(&server["limit"]) {
            return Outcome::Throttled;
        }
        *admitted += 1;
        Outcome::Ok
    }

    /// The quota is asked first, then the limiter learns of the response.
    fn respond(&mut self, call: usize) {
        let (now, Call { attempt, ready, sent, .. }, outcome) = (self.now, self.calls[call], self.outcomes[call]);
        let script = &self.written(call)["attempts"][attempt - 1];
        let retry_after = script["retry_after_ms"].as_u64().map(|ms| Micros(ms * 1_000));
        let wanted = self.policy.retry(attempt as u32, outcome, draw(&script["u"]), retry_after);
        let retry = wanted.filter(|retry| self.quota.as_mut().is_none_or(|quota| quota.take(retry.cost)));
        let throttled = self.policy.is_throttling(outcome);
        let woken = self.limiter.as_mut().and_then(|limiter| limiter.respond(now, throttled));
        if let Some(woken) = woken {
            let timer = self.timers.remove(&(woken as usize)).expect("a timer of the waiter");
            self.agenda.remove(&timer);
            self.schedule(now, Event::Wake(woken as usize));
        }
        self.log.push(Entry {
            call,
            attempt,
            ready,
            sent,
            outcome,
            responded: now,
            delay: retry.map(|retry| retry.after.0),
            quota: self.quota.as_ref().map(RetryQuota::left),
            limiter: self.limiter.as_ref().map(Limiter::state),
        });
        match retry {
            Some(Retry { after, cost }) => {
                self.calls[call].last_cost = Some(cost);
                self.schedule(now + after.0, Event::Ready(call));
            }
            None => self.end(call, wanted.is_some()),
        }
    }

    fn end(&mut self, call: usize, quota_reached: bool) {
        let Call { attempt, last_cost, .. } = self.calls[call];
        if let Some(quota) = self.quota.as_mut().filter(|_| self.outcomes[call] == Outcome::Ok) {
            quota.succeeded(last_cost);
        }
        let outcome = self.outcomes[call];
        // Legacy mode says that attempts are used up only of a call that failed.
        let tells_of_most = self.quota.is_some() || outcome != Outcome::Ok;
        self.ended[call] = Ended {
            error: super::error(outcome),
            attempts: attempt,
            at: self.now,
            most_attempts: attempt as u32 == self.policy.attempts && tells_of_most && has_metadata(outcome),
            quota_reached: quota_reached && has_metadata(outcome),
            quota: self.quota.as_ref().map(RetryQuota::left),
        };
        let next = self.written(call)["worker"].as_u64().and_then(|worker| self.next_of(worker, call + 1));
        if let Some(next) = next {
            self.schedule(self.now, Event::Think(next));
        }
    }
}
