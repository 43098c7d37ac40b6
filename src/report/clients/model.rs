//! Clients side by side. Money is an exact decimal string in USD, durations are whole microseconds.

use crate::report::model::{Cost, Period, PriceBook, Scenario, Tool, WorstMinute};
use crate::report::money::Money;
use serde::Serialize;

/// The answer to `tokencast compare-clients`.
#[derive(Debug, Clone, Serialize)]
pub struct Clients {
    /// The program that wrote the answer.
    pub tool: Tool,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// The prices that were used.
    pub price_book: PriceBook,
    /// The seed of all random draws.
    pub seed: u64,
    /// The simulated time.
    pub period: Period,
    /// The one app whose clients were changed; `null` for all.
    pub app: Option<String>,
    /// The SDK whose modes were tried.
    pub sdk: String,
    /// The scenario as written comes first, then the modes, on the same random draws. Figures are of all apps.
    pub clients: Vec<Client>,
    /// Which of them serves most, and which costs least.
    pub verdict: String,
}

/// The scenario under one kind of client.
#[derive(Debug, Clone, Serialize)]
pub struct Client {
    /// `as written`, or the mode.
    pub name: String,
    /// Calls that were sent.
    pub calls: u64,
    /// Calls that were answered.
    pub served: u64,
    /// Calls whose caller ran out of attempts or of time.
    pub gave_up: u64,
    /// Calls that were still open at the end of the period.
    pub in_flight: u64,
    /// Attempts that were made; divided by `calls` they are the amplification.
    pub attempts: u64,
    /// Attempts that were refused with 429.
    pub throttled_attempts: u64,
    /// Attempts that their client no longer waited for.
    pub abandoned: u64,
    /// From first sending to admission, of served calls; `null` when none was. Batches are left out.
    pub waiting: Option<Waiting>,
    /// What it cost.
    pub cost: Cost,
    /// The part of the cost that retries are, and answers that nobody waited for.
    pub retries_cost: Money,
    /// The minute with the most second and later attempts; `null` without any.
    pub worst_minute: Option<WorstMinute>,
}

/// How long served calls waited for their admission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Half of them at most this long.
    pub p50: u64,
    /// Nineteen in twenty at most this long.
    pub p95: u64,
    /// On average.
    pub mean: u64,
}
