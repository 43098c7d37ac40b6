//! The caller's side: retries and what pays for them, and who hangs up when.
//!
//! Rules: `client::Policy` for the delay, the class and the cost of a retry; every client object has a retry quota;
//! request r is sent by client r modulo their number.

use super::call::{Way, below};
use super::{Event, Model, RETRY, TIMEOUT};
use tokencast::bedrock::usage::Usage;
use tokencast::client::Outcome;
use tokencast::plan::{Caller, Plan};
use tokencast::sim::RetryRow;
use tokencast::traffic::Arrival;
use tokencast::units::Micros;

/// What is left for retries of each client object, and what each call spent last.
pub struct Spending {
    /// By application and client.
    left: Vec<Vec<u32>>,
    /// The cost of the last retry of a client that the next success returns, where all calls share one slot.
    slots: Vec<Vec<Option<u32>>>,
    /// By call.
    last: Vec<Option<u32>>,
}

impl Spending {
    pub fn new(plan: &Plan, arrivals: &[Arrival]) -> Self {
        let full = |caller: &Caller| caller.policy.quota.map_or(0, |quota| quota.capacity);
        let of_clients = |app: &tokencast::plan::App| vec![full(&app.client); app.client.clients as usize];
        let slots = plan.apps.iter().map(|app| vec![None; app.client.clients as usize]).collect();
        Self { left: plan.apps.iter().map(of_clients).collect(), slots, last: vec![None; arrivals.len()] }
    }
}

impl Model<'_> {
    fn caller(&self, call: usize) -> &Caller {
        &self.plan.apps[self.arrivals[call].app as usize].client
    }

    /// The application and the client object that send a call.
    fn client(&self, call: usize) -> (usize, usize) {
        let Arrival { app, request, .. } = self.arrivals[call];
        (app as usize, (request % u64::from(self.caller(call).clients)) as usize)
    }

    /// From when on a call has used up its time.
    fn deadline(&self, call: usize) -> u64 {
        self.caller(call).total_timeout.map_or(u64::MAX, |total| self.arrivals[call].at.0 + total.0)
    }

    /// An attempt leaves its client: it may be too late, or find no connection.
    pub(super) fn send(&mut self, now: u64, call: usize, attempt: u32, first: bool) {
        let arrival = &self.arrivals[call];
        let app = arrival.app as usize;
        self.row((app, 0), now).arrivals += u32::from(first);
        let largest = &mut self.outcome.apps[app][0].max_input;
        *largest = arrival.call.input.max(*largest);
        let deadline = self.deadline(call);
        if now >= deadline {
            return self.give_up(now, call);
        }
        let Caller { unreachable, connect_timeout, .. } = *self.caller(call);
        let draw = self.terms[app].connect.draw(arrival.request, attempt.into());
        if !below(draw, unreachable.numerator().into(), unreachable.denominator().into()) {
            return self.attempt(now, call, attempt);
        }
        self.row((app, 0), now).attempts += 1;
        self.note_retry(now, (app, 0), attempt, 0);
        self.fails_at(now + connect_timeout.0, call, (attempt, Outcome::ConnectTimeout));
    }

    /// What the client notices at an instant, unless the call has used up its time before.
    fn fails_at(&mut self, at: u64, call: usize, (attempt, outcome): (u32, Outcome)) {
        let deadline = self.deadline(call);
        let event = if deadline < at { Event::Expiry } else { Event::Failure(attempt, outcome) };
        self.pending.push(((at.min(deadline), TIMEOUT, 0, call), event));
    }

    /// Whether somebody hangs up on an answer that begins and ends then. Without streaming nothing is heard before
    /// its end. Of the client and what stands before it the more patient one never gets its turn.
    pub(super) fn hangs_up(&mut self, now: u64, call: usize, attempt: u32, (begins, ends): (u64, u64)) -> bool {
        let caller = self.caller(call);
        let heard = if caller.streaming { begins } else { ends };
        let silent_until = |timeout: Option<Micros>| timeout.map(|timeout| now + timeout.0).filter(|at| *at < heard);
        let failure = match (silent_until(caller.read_timeout), silent_until(caller.idle_timeout)) {
            (Some(read), idle) if idle.is_none_or(|idle| read <= idle) => Some((read, Outcome::ReadTimeout)),
            (_, Some(idle)) => Some((idle, Outcome::ConnectionClosed)),
            _ => None,
        };
        match failure {
            Some((at, outcome)) => self.fails_at(at, call, (attempt, outcome)),
            None if self.deadline(call) < ends => self.fails_at(u64::MAX, call, (attempt, Outcome::ReadTimeout)),
            None => return false,
        }
        true
    }

    /// What its client made of an attempt that brought no answer is counted where its calls go first.
    pub(super) fn unanswered(&mut self, now: u64, call: usize, attempt: u32, outcome: Outcome) {
        self.try_again(now, call, attempt, (self.arrivals[call].app as usize, 0), outcome);
    }

    pub(super) fn give_up(&mut self, now: u64, call: usize) {
        self.row((self.arrivals[call].app as usize, 0), now).gave_up += 1;
    }

    /// Attempts first, then whether such a failure is retried, then the quota, then the time that is left.
    pub(super) fn try_again(&mut self, now: u64, call: usize, attempt: u32, way: Way, outcome: Outcome) {
        let app = &self.plan.apps[way.0];
        let draw = self.terms[way.0].jitter.draw(self.arrivals[call].request, attempt.into());
        let Some(retry) = app.client.policy.retry(attempt, outcome, draw, None) else {
            self.row(way, now).gave_up += 1;
            return;
        };
        if let Some(quota) = app.client.policy.quota {
            let (app, client) = self.client(call);
            if self.spending.left[app][client] < retry.cost {
                self.row(way, now).gave_up += 1;
                self.retries(way, now).cut += 1;
                return;
            }
            self.spending.left[app][client] -= retry.cost;
            self.spending.last[call] = Some(retry.cost);
            if quota.one_slot {
                self.spending.slots[app][client] = Some(retry.cost);
            }
        }
        let (at, deadline) = (now + retry.after.0, self.deadline(call));
        if at < deadline {
            self.pending.push(((at, RETRY, app.first().offer.tier.rank(), call), Event::Attempt(attempt + 1)));
        } else {
            self.pending.push(((deadline, TIMEOUT, 0, call), Event::Expiry));
        }
    }

    /// An answer that somebody waited for gives back the cost of its call's last retry, or a credit without one.
    pub(super) fn refund(&mut self, call: usize) {
        let Some(quota) = self.caller(call).policy.quota else { return };
        let (app, client) = self.client(call);
        let of_call = self.spending.last[call];
        let back = if quota.one_slot { self.spending.slots[app][client].take() } else { of_call };
        let left = &mut self.spending.left[app][client];
        *left = (*left + back.unwrap_or(quota.credit)).min(quota.capacity);
    }

    pub(super) fn note_retry(&mut self, now: u64, way: Way, attempt: u32, need: u64) {
        if attempt > 1 {
            let row = self.retries(way, now);
            row.attempts += 1;
            row.offered += need;
        }
    }

    pub(super) fn note_answer(&mut self, now: u64, way: Way, (attempt, abandoned): (u32, bool), usage: Usage) {
        if attempt == 1 && !abandoned {
            return;
        }
        let row = self.retries(way, now);
        row.abandoned += u32::from(abandoned);
        if attempt > 1 {
            row.usage += usage;
        } else {
            row.abandoned_usage += usage;
        }
    }

    pub(super) fn retries(&mut self, (app, lane): Way, now: u64) -> &mut RetryRow {
        let minute = (now + self.started_into(Micros::MINUTE.0)) / Micros::MINUTE.0;
        let rows = &mut self.outcome.apps[app][lane].retries;
        if rows.last().is_none_or(|row| row.minute < minute as usize) {
            rows.push(RetryRow { minute: minute as usize, ..RetryRow::default() });
        }
        rows.last_mut().expect("a row of the minute")
    }

    /// What is still to happen to a call for which somebody waits.
    pub(super) fn is_waited_for(&self, (_, class, ..): super::Due, event: Event) -> bool {
        match event {
            Event::Settlement(admission) => !self.admissions[admission].abandoned,
            Event::Attempt(_) => class == RETRY,
            Event::Failure(..) | Event::Expiry | Event::Answer(..) => true,
            Event::Submission(_) => false,
        }
    }
}
