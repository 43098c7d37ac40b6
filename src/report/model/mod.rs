//! The view model: what a report says, and its JSON contract (`schema_version` 1).
//!
//! Fields are added and never renamed. Their order here is their order in the JSON. Money is an
//! exact decimal string in USD, durations are whole microseconds, instants are RFC 3339 in UTC,
//! and shares stay the two counts that they are made of.

mod app;
mod bill;
mod caching;
mod capacity;
mod chargeback;
mod outlook;
mod pages;
mod pool;
mod totals;
mod variant;
mod work;

pub use app::{App, Executed, Jobs, Lane};
pub use bill::{Line, LineDay, Sold};
pub use caching::{Caching, Worth};
pub use capacity::{Capacity, Fee, Overflow};
pub use chargeback::{Chargeback, ChargebackRow};
pub use outlook::{Assumption, Budget, Finding, Forecast, Measure, Month, Severity};
pub use pages::{Chart, DayLine, Pages, TimelineRow};
pub use pool::{LimitChange, Pool, PoolKind, ThrottledWhen};
pub use totals::{Cost, Latency, Percentiles, Quantiles, Share, Tokens, Totals};
pub use variant::{CostSpread, Difference, Spread, Variant};
pub use work::{CallsOfTask, Retries, TaskCost, Tasks, WorstMinute};

use crate::units::Micros;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the JSON contract that [`Report`] is.
pub const SCHEMA_VERSION: u32 = 1;

/// What a run of one scenario found: cost, throttling, latency, and the reasons for them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// Version of this contract; it grows only when a field changes its meaning.
    pub schema_version: u32,
    /// The program that wrote the report.
    pub tool: Tool,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// The prices that were used.
    pub price_book: PriceBook,
    /// The seed of all random draws: the same seed gives the same report.
    pub seed: u64,
    /// The simulated time.
    pub period: Period,
    /// The scenario as written comes first, then its variants on the same random draws.
    pub variants: Vec<Variant>,
    /// Cost by calendar month, when the scenario asks for it.
    pub forecast: Option<Forecast>,
    /// The verdict on every limit that the scenario sets.
    pub budgets: Vec<Budget>,
    /// What the reader should know about the plan, most severe first.
    pub findings: Vec<Finding>,
    /// What was taken as given, and why.
    pub assumptions: Vec<Assumption>,
}

/// The program that wrote a report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// Name of the program.
    pub name: String,
    /// Version of the program.
    pub version: String,
}

impl Tool {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "tokencast".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// The scenario file that was run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scenario {
    /// Name that the scenario gives itself.
    pub name: String,
    /// What the scenario is about, in its author's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// SHA-256 of the scenario file, in hexadecimal.
    pub sha256: String,
}

/// The price book that was used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PriceBook {
    /// SHA-256 of the price book, in hexadecimal.
    pub sha256: String,
    /// The latest day on which a price in it was checked, as `YYYY-MM-DD`.
    pub as_of: String,
}

impl PriceBook {
    /// The prices of an answer in words: enough of the fingerprint to tell two books apart.
    #[must_use]
    pub fn told(&self) -> String {
        let short: String = self.sha256.chars().take(12).collect();
        format!("Price book {short}, last checked {}.", self.as_of)
    }
}

/// The simulated time, from `start` to just before `end`.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Period {
    /// First instant, RFC 3339 in UTC.
    pub start: String,
    /// First instant after the period, RFC 3339 in UTC.
    pub end: String,
    /// Length of the period in microseconds.
    pub duration_us: u64,
}

impl Period {
    /// The time from an instant on.
    #[must_use]
    pub fn of(start: Timestamp, span: Micros) -> Self {
        let end = start + SignedDuration::from_micros(span.0 as i64);
        Self { start: start.to_string(), end: end.to_string(), duration_us: span.0 }
    }
}
