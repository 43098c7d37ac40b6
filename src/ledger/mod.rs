//! Usage times price: exact lines that sum to the total.
//!
//! Bills the tokens of calls that were answered, on the UTC day of their settlement, never reservations
//! or burndown; and what stands around the calls, by use or by the hour. Does not know quotas, nor how a bill is shown.

mod around;
mod bill;
mod caching;
mod capacity;
mod chargeback;
mod line;
mod outcome;
mod price;
mod retries;
mod target;
mod tasks;
mod totals;
mod usage;
mod utilisation;

pub use around::standing_days;
pub use bill::{Bill, bill, lane_cost, per_month, token_lines};
pub use caching::{CacheRates, Caching};
pub use capacity::{HOUR_PARTS, hours_by_day, of_part};
pub use chargeback::{Chargeback, Owner, Row as ChargebackRow, chargeback};
pub use line::{Capacity, Item, Line, Payer};
pub use outcome::Outcome;
pub use retries::RetryTotals;
pub use target::of_target;
pub use tasks::{TaskCost, TaskCosts, TaskTotals, run_and_price_tasks};
pub use totals::Totals;
pub use usage::{PeriodUsage, usage_by};
pub use utilisation::{FeeUse, Overflow, Use, Utilisation, utilisation};

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::{sample_plan, sample_run};
