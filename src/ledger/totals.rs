//! The counts and the cost of a run, for all applications and for each.

use super::{Bill, RetryTotals, TaskTotals, per_month};
use crate::bedrock::usage::Usage;
use crate::sim::{AppRecord, Run};
use crate::units::Usd;
use std::ops::AddAssign;

/// Counts and cost; `arrivals = served + gave_up + in_flight`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Calls that were sent.
    pub arrivals: u64,
    /// Calls that were answered.
    pub served: u64,
    /// Calls whose last attempt was refused.
    pub gave_up: u64,
    /// Attempts that were made.
    pub attempts: u64,
    /// Attempts that were refused with 429.
    pub throttled_attempts: u64,
    /// Attempts that the fleet refused with 503.
    pub unavailable_attempts: u64,
    /// Times that a call found its first choice full and went on to the next at once.
    pub spilled: u64,
    /// Calls that were refused at least once.
    pub throttled_calls: u64,
    /// Answers that were cut at `max_tokens`.
    pub truncated: u64,
    /// Tokens of answered calls.
    pub tokens: Usage,
    /// What retries did, and the part of the cost that they are.
    pub retries: RetryTotals,
    /// Its tasks; nothing when each of them is one call.
    pub tasks: Option<TaskTotals>,
    /// What they cost.
    pub cost: Usd,
    /// The same, scaled to a month of 730 hours.
    pub cost_month: Usd,
}

impl Totals {
    /// The totals of one application.
    #[must_use]
    pub fn of_app(run: &Run, bill: &Bill<'_>, app: usize) -> Self {
        let cost = bill.of_app(app);
        let retries = bill.retries_of(app);
        Self { cost, cost_month: per_month(cost, run.span()), retries, ..Self::counts(&run.apps[app]) }
    }

    /// The totals of all applications.
    #[must_use]
    pub fn of_run(run: &Run, bill: &Bill<'_>) -> Self {
        let mut all = Self::default();
        run.apps.iter().for_each(|record| all += Self::counts(record));
        (0..run.apps.len()).for_each(|app| all.retries += bill.retries_of(app));
        let cost = bill.total();
        Self { cost, cost_month: per_month(cost, run.span()), ..all }
    }

    /// Calls that were neither answered nor given up at the end.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.arrivals - self.served - self.gave_up
    }

    fn counts(record: &AppRecord) -> Self {
        Self {
            arrivals: record.sum(|row| row.arrivals.into()),
            served: record.sum(|row| row.served.into()),
            gave_up: record.sum(|row| row.gave_up.into()),
            attempts: record.sum(|row| row.attempts.into()),
            throttled_attempts: record.sum(|row| row.throttled.into()),
            unavailable_attempts: record.sum(|row| row.unavailable.into()),
            spilled: record.sum(|row| row.spilled.into()),
            throttled_calls: record.calls_throttled,
            truncated: record.sum(|row| row.truncated.into()),
            tokens: record.usage(),
            retries: RetryTotals::default(),
            tasks: record.tasks.as_deref().map(TaskTotals::from),
            cost: Usd::ZERO,
            cost_month: Usd::ZERO,
        }
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.served += other.served;
        self.gave_up += other.gave_up;
        self.attempts += other.attempts;
        self.throttled_attempts += other.throttled_attempts;
        self.unavailable_attempts += other.unavailable_attempts;
        self.spilled += other.spilled;
        self.throttled_calls += other.throttled_calls;
        self.truncated += other.truncated;
        self.tokens += other.tokens;
        self.retries += other.retries;
        if let Some(tasks) = other.tasks {
            *self.tasks.get_or_insert_default() += tasks;
        }
        self.cost += other.cost;
        self.cost_month += other.cost_month;
    }
}
