//! What retries cost, and what nobody waited for: parts of the bill, not additions to it.

use super::price::tokens_cost;
use crate::plan::{App, Plan};
use crate::sim::{AppRecord, RetryRow, minute_at};
use crate::units::Usd;
use jiff::tz::TimeZone;
use std::ops::AddAssign;

/// Retries of an application, and what was written for nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RetryTotals {
    /// Second and later attempts.
    pub attempts: u64,
    /// Of them, those that were refused with 429.
    pub throttled: u64,
    /// Retries that their client's retry quota did not allow.
    pub cut: u64,
    /// Attempts that their client no longer waited for.
    pub abandoned: u64,
    /// What second and later attempts cost.
    pub cost: Usd,
    /// What first attempts cost that nobody waited for.
    pub abandoned_cost: Usd,
}

impl RetryTotals {
    /// The part of the bill that there would not be if every call were answered by its first attempt, in time.
    #[must_use]
    pub fn all_cost(&self) -> Usd {
        self.cost + self.abandoned_cost
    }
}

/// The retries of an application, each minute priced on its UTC day.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
pub(super) fn retries(plan: &Plan, app: &App, record: &AppRecord) -> RetryTotals {
    let mut all = RetryTotals::default();
    for (number, lane) in app.lanes.iter().enumerate() {
        for row in &record.lane(number).retries {
            let day = minute_at(plan.start, row.minute).to_zoned(TimeZone::UTC).date();
            all += RetryTotals {
                cost: tokens_cost(lane, row.usage, row.long_usage, day),
                abandoned_cost: tokens_cost(lane, row.abandoned_usage, row.long_abandoned_usage, day),
                ..RetryTotals::from(row)
            };
        }
    }
    all
}

/// The counts of a minute, without prices.
impl From<&RetryRow> for RetryTotals {
    fn from(row: &RetryRow) -> Self {
        Self {
            attempts: row.attempts.into(),
            throttled: row.throttled.into(),
            cut: row.cut.into(),
            abandoned: row.abandoned.into(),
            cost: Usd::ZERO,
            abandoned_cost: Usd::ZERO,
        }
    }
}

impl AddAssign for RetryTotals {
    fn add_assign(&mut self, other: Self) {
        self.attempts += other.attempts;
        self.throttled += other.throttled;
        self.cut += other.cut;
        self.abandoned += other.abandoned;
        self.cost += other.cost;
        self.abandoned_cost += other.abandoned_cost;
    }
}
