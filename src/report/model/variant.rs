//! One variant of the scenario: its figures, its bill, and how it differs from the first.

use super::{App, Chargeback, Cost, Latency, Line, Pool, Quantiles, Share, Totals};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// The scenario as written, or with one of its patches applied.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Variant {
    /// Name of the variant; the scenario as written is called `base`.
    pub name: String,
    /// Counts and cost over all apps.
    pub totals: Totals,
    /// Change of the main figures from the first variant; `null` for the first itself.
    pub difference: Option<Difference>,
    /// How the main figures vary over the replications; `null` without replications.
    pub spread: Option<Spread>,
    /// The same figures for each app.
    pub apps: Vec<App>,
    /// The quota pools that the traffic touched.
    pub pools: Vec<Pool>,
    /// Latency over all apps, in microseconds.
    pub latency: Latency,
    /// The bill, in order of app; the amounts sum to `totals.cost.total`.
    pub lines: Vec<Line>,
    /// The bill by each tag that the scenario asks for; the rows of each sum to the same.
    pub chargeback: Vec<Chargeback>,
}

impl Variant {
    /// Tasks that were answered, and requests of the apps whose tasks are their requests.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.apps.iter().map(|app| app.tasks.as_ref().map_or(app.totals.served, |tasks| tasks.done)).sum()
    }

    /// Some app has tasks of which one can be more than a request.
    #[must_use]
    pub fn works_in_tasks(&self) -> bool {
        self.apps.iter().any(|app| app.tasks.is_some())
    }
}

/// This variant minus the first; positive means more than the first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// Change of the requests made.
    pub arrivals: i64,
    /// Change of the attempts refused.
    pub throttled_attempts: i64,
    /// Change of the requests refused at least once.
    pub requests_throttled: i64,
    /// Change of the requests given up.
    pub gave_up: i64,
    /// Change of the cost, in USD.
    pub cost: Cost,
}

impl Difference {
    /// What `totals` has more, or less, than `first`.
    #[must_use]
    pub fn between(first: &Totals, totals: &Totals) -> Self {
        let (old, new) = (&first.cost, &totals.cost);
        Self {
            arrivals: signed(first.arrivals, totals.arrivals),
            throttled_attempts: signed(first.throttled_attempts, totals.throttled_attempts),
            requests_throttled: signed(first.requests_throttled, totals.requests_throttled),
            gave_up: signed(first.gave_up, totals.gave_up),
            cost: Cost { total: new.total - old.total, month: new.month - old.month },
        }
    }
}

fn signed(old: u64, new: u64) -> i64 {
    new.wrapping_sub(old).cast_signed()
}

/// The main figures over the replications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Spread {
    /// How many seeds were run.
    pub replications: u32,
    /// Cost in USD.
    pub cost: CostSpread,
    /// Requests refused at least once, out of all.
    pub throttled_requests: Quantiles<Share>,
    /// Attempts refused, out of all.
    pub throttled_attempts: Quantiles<Share>,
    /// Requests given up, out of all.
    pub gave_up: Quantiles<Share>,
}

/// Cost over the replications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CostSpread {
    /// Cost of the simulated period.
    pub total: Quantiles<Money>,
    /// The same scaled to a month of 730 hours.
    pub month: Quantiles<Money>,
}
