//! What the figures mean: forecast, verdicts on budgets, findings, assumptions.

use super::{Quantiles, Share};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// Cost by calendar month, over the replications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Forecast {
    /// The months that the period touches, in order.
    pub months: Vec<Month>,
    /// How many seeds were run.
    pub replications: u32,
    /// The day on which the cost budget runs out at the median cost, as `YYYY-MM-DD`; `null` when
    /// it does not within the period, or when there is none.
    pub budget_exhausted_on: Option<String>,
    /// The same at the ninetieth percentile of cost.
    pub budget_exhausted_on_p90: Option<String>,
    /// The cost budget in USD.
    pub budget: Option<Money>,
}

/// One calendar month (UTC) of a forecast.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Month {
    /// The month, as `YYYY-MM`.
    pub month: String,
    /// Days of the month that the period covers, begun days included.
    pub days_covered: u32,
    /// Days that the month has.
    pub days_in_month: u32,
    /// Cost in USD of the days covered.
    pub cost: Quantiles<Money>,
}

/// The verdict on one limit of the scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Budget {
    /// The limit as the scenario writes it.
    pub expr: String,
    /// Variant that was judged.
    pub variant: String,
    /// What was observed; `null` when there was nothing to measure.
    pub observed: Option<Measure>,
    /// What the limit allows.
    pub limit: Measure,
    /// Whether the limit held.
    pub held: bool,
}

/// A quantity with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// An amount of money in USD.
    Usd(Money),
    /// A share of requests or attempts.
    Share(Share),
    /// A duration in microseconds.
    DurationUs(u64),
    /// A number of requests, attempts or tokens.
    Count(u64),
}

/// A named warning about the plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// Stable name of the finding, as `max-tokens-unset`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, and why it matters.
    pub message: String,
    /// Where in the plan, as `apps.triage.max_tokens`.
    #[serde(rename = "where")]
    pub place: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Costs money or capacity.
    Warning,
    /// Breaks the service or the answer.
    Error,
}

/// Something taken as given.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assumption {
    /// What is assumed, in a few words.
    pub name: String,
    /// The value that was used.
    pub value: String,
    /// Why, and what would follow if it were otherwise.
    pub note: String,
    /// Where it is published; `null` when nothing is.
    pub source: Option<String>,
}
