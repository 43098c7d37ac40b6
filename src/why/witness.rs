//! Looks on at a run until one attempt is refused, and knows then who holds what.

use super::account::{Account, Settlement, Share};
use crate::bedrock::quota::{Change, Measure, Refusal, Reservation};
use crate::plan::{App, Plan};
use crate::sim::{Attempt, Holder, Observer};
use crate::traffic::{Arrival, TASK_BITS};
use crate::units::SimTime;
use std::cell::Cell;

/// Which attempt is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The n-th that is refused, counted from one.
    Throttled(u64),
    /// The first refused one of a request or, where the application works in tasks, of a task.
    Request {
        /// The application, as an index into the plan.
        app: u32,
        /// Its request or task, counted from zero.
        request: u64,
    },
}

/// What people count an application's calls by: its task where it works in tasks, else itself.
#[must_use]
pub fn numbered(app: &App, request: u64) -> u64 {
    if app.works_in_tasks() { request >> TASK_BITS } else { request }
}

/// A refusal, seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// When.
    pub at: SimTime,
    /// The call.
    pub arrival: Arrival,
    /// Which attempt of it, counted from one.
    pub attempt: u32,
    /// On which of its application's lanes.
    pub lane: usize,
    /// The tokens, or the one request, that it asked the limit for.
    pub need: u64,
    /// The limit, as an index into `Plan::limits`.
    pub limit: usize,
    /// Its amount at that instant.
    pub amount: u64,
    /// What a bucket has not been filled with since its limit grew: nobody has it.
    pub unfilled: u64,
    /// How much was missing.
    pub shortfall: u64,
    /// What each application had of the limit, in the order of the plan; the sum is what was used of it.
    pub shares: Vec<Share>,
    /// When it would have fitted, had nothing else come.
    pub fits_at: Option<SimTime>,
}

/// The observer.
pub(super) struct Witness<'a> {
    plan: &'a Plan,
    target: Target,
    accounts: Vec<Account>,
    /// Limits to come, the next one last.
    changes: Vec<Change>,
    /// The tokens that the attempt asks its lane for.
    tokens: u64,
    /// Set when there is no need for more calls.
    stop: &'a Cell<bool>,
    /// Attempts that were refused so far.
    pub(super) count: u64,
    pub(super) found: Option<Refused>,
    /// What was admitted at the instant of the refusal, after it: application and tokens.
    after: Vec<(u32, u64)>,
    /// Up to when it is known that the attempt did not fit, while that is not settled.
    waits_since: Option<SimTime>,
}

impl<'a> Witness<'a> {
    pub(super) fn new(plan: &'a Plan, target: Target, stop: &'a Cell<bool>) -> Self {
        let start_us = plan.start.as_microsecond();
        let account = |limit| Account::new(limit, plan.window, start_us, plan.apps.len());
        let accounts = plan.limits().map(account).collect();
        let mut changes = plan.changes();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at));
        Self {
            plan,
            target,
            accounts,
            changes,
            tokens: 0,
            stop,
            count: 0,
            found: None,
            after: Vec::new(),
            waits_since: None,
        }
    }

    /// What is found when nothing more happens.
    pub(super) fn finish(mut self) -> (Option<Refused>, u64) {
        self.turn(SimTime(u64::MAX));
        if let Some(since) = self.waits_since {
            let fits_at = self.fits_from(since);
            self.found.iter_mut().for_each(|found| found.fits_at = fits_at);
        }
        (self.found, self.count)
    }

    /// Limits that are due take effect.
    fn turn(&mut self, now: SimTime) {
        while let Some(Change { at, limit, amount }) = self.changes.pop_if(|change| change.at <= now) {
            self.waits_until(at);
            if self.found.is_none() || self.waits_since.is_some() {
                self.accounts[limit].set_limit(at, amount);
            }
        }
    }

    fn is_target(&self, attempt: &Attempt<'_>) -> bool {
        let Arrival { app, request, .. } = *attempt.arrival;
        match self.target {
            Target::Throttled(number) => self.count == number,
            Target::Request { app: wanted, request: number } => {
                app == wanted && numbered(&self.plan.apps[app as usize], request) == number
            }
        }
    }

    fn see(&mut self, now: SimTime, attempt: &Attempt<'_>, refusal: Refusal) {
        let limit = self.plan.limits().nth(refusal.limit).expect("a refusal names a limit of the plan");
        let need = match limit.measure {
            Measure::Requests | Measure::OutputTokens => 1,
            Measure::Tokens | Measure::InputTokens => attempt.need,
        };
        let shares = self.accounts[refusal.limit].shares(now);
        let used: u64 = shares.iter().map(|share| share.sum()).sum();
        let (amount, unfilled) = (self.accounts[refusal.limit].limit(), self.accounts[refusal.limit].unfilled());
        assert_eq!(used + unfilled + need, amount + refusal.shortfall, "the accounts and the meter disagree");
        self.found = Some(Refused {
            at: now,
            arrival: attempt.arrival.clone(),
            attempt: attempt.number,
            lane: attempt.lane,
            need,
            limit: refusal.limit,
            amount,
            unfilled,
            shortfall: refusal.shortfall,
            shares,
            fits_at: None,
        });
        self.tokens = attempt.need;
        self.waits_since = Some(now);
        self.stop.set(true);
    }

    /// The first instant at which every limit of the call has room when nothing happens.
    fn fits_from(&mut self, since: SimTime) -> Option<SimTime> {
        let found = self.found.as_ref()?;
        let route = &self.plan.apps[found.arrival.app as usize].lanes[found.lane].route;
        let ones = route.requests.iter().chain(&route.output).map(|limit| (*limit, 1));
        let needs = ones.chain(route.tokens.iter().map(|limit| (*limit, self.tokens)));
        let instants = needs.map(|(limit, need)| self.accounts[limit].fits_at(since, need));
        instants.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Whether it has fitted before something happens now; at one instant all settlements come first.
    fn waits_until(&mut self, now: SimTime) {
        let Some(since) = self.waits_since else { return };
        match self.fits_from(since).filter(|fits| *fits < now) {
            Some(fits) => {
                self.found.iter_mut().for_each(|found| found.fits_at = Some(fits));
                self.waits_since = None;
            }
            None => self.waits_since = Some(now),
        }
    }

    fn came_after(&mut self, app: u32, reservation: &Reservation) -> bool {
        let Some(found) = &self.found else { return false };
        if reservation.admitted_at() != found.at {
            return reservation.admitted_at() > found.at;
        }
        let at = self.after.iter().position(|known| *known == (app, reservation.tokens()));
        at.is_some_and(|at| {
            self.after.swap_remove(at);
            true
        })
    }
}

impl Observer for Witness<'_> {
    fn admitted(&mut self, now: SimTime, attempt: Attempt<'_>) {
        self.turn(now);
        let app = attempt.arrival.app;
        if let Some(found) = &self.found {
            if found.at == now {
                self.after.push((app, attempt.need));
            }
            return;
        }
        if matches!(self.target, Target::Request { .. }) && self.is_target(&attempt) {
            self.stop.set(true);
        }
        let plan = self.plan;
        let route = &plan.apps[app as usize].lanes[attempt.lane].route;
        route.requests.iter().for_each(|limit| self.accounts[*limit].count(now, app as usize, 1));
        route.tokens.iter().for_each(|limit| self.accounts[*limit].reserve(now, app as usize, attempt.need));
    }

    fn refused(&mut self, now: SimTime, attempt: Attempt<'_>, refusal: Refusal) {
        self.turn(now);
        self.count += 1;
        if self.found.is_none() && self.is_target(&attempt) {
            self.see(now, &attempt, refusal);
        }
    }

    fn adjusted(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, tokens: u64) {
        if self.came_after(holder.app, reservation) {
            self.after.push((holder.app, tokens));
            return;
        }
        self.replace(now, holder, reservation, tokens, true);
    }

    fn settled(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, charged: u64) {
        if !self.came_after(holder.app, reservation) {
            self.replace(now, holder, reservation, charged, false);
        }
    }
}

impl Witness<'_> {
    /// What a call holds is replaced, for good or, while it `stays`, until the next time.
    fn replace(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, charge: u64, stays: bool) {
        self.turn(now);
        self.waits_until(now);
        if self.found.is_some() && self.waits_since.is_none() {
            return;
        }
        let Holder { app, lane, output } = holder;
        let (app, admitted_at, reserved) = (app as usize, reservation.admitted_at(), reservation.tokens());
        let plan = self.plan;
        let route = &plan.apps[app].lanes[lane].route;
        if let Some(limit) = route.output.filter(|_| !stays) {
            self.accounts[limit].count(now, app, output.into());
        }
        let settled = Settlement { app, admitted_at, reserved, charge };
        route.tokens.iter().for_each(|limit| self.accounts[*limit].settle(now, settled, stays));
    }
}
