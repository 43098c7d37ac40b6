//! The same run with one thing changed, as far as one attempt of one request.

use super::Inquiry;
use super::witness::Refused;
use crate::bedrock::quota::{Refusal, Reservation};
use crate::plan::Plan;
use crate::sim::{Attempt, Engine, Holder, Observer};
use crate::traffic::Arrival;
use crate::units::SimTime;
use std::cell::Cell;

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Limits, as indices into `Plan::limits`, each with its new amount.
    Limits {
        /// Of limits that change on a day, the amount that holds at this instant is changed.
        at: SimTime,
        /// The limits.
        limits: Vec<(usize, u64)>,
    },
    /// No call of an application asks for more than so many tokens.
    MaxTokens {
        /// The application, as an index into the plan.
        app: u32,
        /// The most that its calls ask for.
        most: u32,
    },
}

impl Change {
    /// A plan with the change, as far as it is one of the plan.
    #[must_use]
    pub fn of_plan(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        if let Self::Limits { at, limits } = self {
            limits.iter().for_each(|(number, amount)| set_limit(&mut plan, *number, *at, *amount));
        }
        plan
    }

    /// A call with the change, as far as it is one of the calls.
    #[must_use]
    pub fn of_call(&self, mut arrival: Arrival) -> Arrival {
        if let Self::MaxTokens { app, most } = *self
            && arrival.app == app
        {
            arrival.call.max_tokens = arrival.call.max_tokens.min(most);
        }
        arrival
    }
}

fn set_limit(plan: &mut Plan, number: usize, at: SimTime, amount: u64) {
    let mut first = 0;
    for pool in &mut plan.pools {
        let count = pool.limits.len();
        if (first..first + count).contains(&number) {
            let own = pool.changes.iter_mut().filter(|change| change.limit == number - first && change.at <= at);
            match own.max_by_key(|change| change.at) {
                Some(change) => change.amount = amount,
                None => pool.limits[number - first].amount = amount,
            }
        }
        first += count;
    }
}

/// The amount of a limit at an instant.
pub(super) fn amount_at(plan: &Plan, number: usize, at: SimTime) -> u64 {
    let changes = plan.changes();
    let due = changes.iter().filter(|change| change.limit == number && change.at <= at);
    let latest = due.max_by_key(|change| change.at).map(|change| change.amount);
    latest.or_else(|| plan.limits().nth(number).map(|limit| limit.amount)).unwrap_or_default()
}

/// What became of the attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trial {
    /// Its request was admitted by this attempt or an earlier one.
    Passed,
    /// By which limit, and how much was missing.
    Refused { limit: usize, shortfall: u64 },
}

/// Waits for one attempt.
struct Lookout<'a> {
    app: u32,
    request: u64,
    attempt: u32,
    seen: Option<Trial>,
    stop: &'a Cell<bool>,
}

impl Lookout<'_> {
    fn see(&mut self, attempt: Attempt<'_>, trial: Trial, decided: bool) {
        let Arrival { app, request, .. } = *attempt.arrival;
        if (app, request) == (self.app, self.request) && self.seen.is_none() && decided {
            self.seen = Some(trial);
            self.stop.set(true);
        }
    }
}

impl Observer for Lookout<'_> {
    fn admitted(&mut self, _: SimTime, attempt: Attempt<'_>) {
        self.see(attempt, Trial::Passed, attempt.number <= self.attempt);
    }

    fn refused(&mut self, _: SimTime, attempt: Attempt<'_>, Refusal { limit, shortfall }: Refusal) {
        self.see(attempt, Trial::Refused { limit, shortfall }, attempt.number == self.attempt);
    }

    fn settled(&mut self, _: SimTime, _: Holder, _: &Reservation, _: u64) {}
}

impl Inquiry<'_> {
    /// Runs again with a change until the attempt is made.
    pub(super) fn try_with(&self, refused: &Refused, change: &Change) -> Trial {
        let stop = Cell::new(false);
        let Arrival { app, request, .. } = refused.arrival;
        let mut lookout = Lookout { app, request, attempt: refused.attempt, seen: None, stop: &stop };
        let calls = (self.calls)().map(|call| change.of_call(call)).take_while(|_| !stop.get());
        Engine::watched(&change.of_plan(self.plan), self.seed, &mut lookout).run(calls);
        // A call whose attempts go on behind the horizon is as good as refused.
        lookout.seen.unwrap_or(Trial::Refused { limit: refused.limit, shortfall: refused.shortfall })
    }
}
