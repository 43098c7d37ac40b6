//! The view model of a break-even, and its JSON contract (`schema_version` 1).

use crate::report::model::{Cost, Finding, Period, PriceBook, Scenario, Share, Tool};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// When bought capacity pays for the traffic of a scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Breakeven {
    /// Version of this contract; it grows only when a field changes its meaning.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The scenario.
    pub scenario: Scenario,
    /// The prices that were used.
    pub price_book: PriceBook,
    /// The seed of all random draws.
    pub seed: u64,
    /// The simulated time.
    pub period: Period,
    /// Whatever capacity can be bought for: the traffic of a pool, or of one app.
    pub subjects: Vec<Subject>,
    /// Pools for which no capacity has a price.
    pub without_price: Vec<String>,
    /// What the reader should know, most severe first.
    pub findings: Vec<Finding>,
}

/// Traffic that can share what is bought.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Subject {
    /// The pool, as `llama-3-1-70b on_demand us-west-2`.
    pub pool: String,
    /// Its apps.
    pub apps: Vec<String>,
    /// Input tokens of all calls.
    pub input_tokens: u64,
    /// Output tokens of all calls.
    pub output_tokens: u64,
    /// Minutes with a call, of all minutes.
    pub busy: Share,
    /// What all of it costs on demand.
    pub on_demand: Cost,
    /// What can be bought.
    pub offers: Vec<Offer>,
}

/// A kind of capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Units of provisioned throughput.
    Provisioned,
    /// Tokens per minute of the reserved tier.
    Reserved,
}

/// One kind of capacity over the traffic of a subject.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Offer {
    /// Which kind.
    pub kind: Kind,
    /// What one unit handles; `null` where nobody says, and for the reserved tier.
    pub unit: Option<TokensPerMinute>,
    /// The demand-duration curves; none where demand cannot be told in units.
    pub demand: Vec<Duration>,
    /// Nothing bought; `null` where demand cannot be told in units.
    pub on_demand: Option<Purchase>,
    /// Each term that has a price.
    pub terms: Vec<Term>,
    /// Which purchase buys money and which availability, in sentences.
    pub verdict: Vec<String>,
    /// Whether the quota on demand absorbs what each purchase leaves over: simulated, calls in their own time
    /// and with their retries.
    pub runs: Vec<Run>,
    /// What each purchase costs when things turn out otherwise.
    pub regrets: Vec<Regret>,
}

/// Tokens per minute of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TokensPerMinute {
    /// Input tokens per minute.
    pub input: u64,
    /// Output tokens per minute.
    pub output: u64,
}

/// The demand that a share of all minutes stays at or below, by nearest rank.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Duration {
    /// In what it is counted: `units`, `input tokens per minute`, `output tokens per minute`.
    pub of: String,
    /// The share of minutes, ascending.
    pub points: Vec<DurationPoint>,
}

/// One point of a demand-duration curve.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct DurationPoint {
    /// Thousandths of all minutes.
    pub minutes_per_thousand: u64,
    /// Demand in thousandths of a unit, rounded up; for tokens per minute, in tokens per minute.
    pub demand: u64,
}

/// One term of commitment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Term {
    /// `none`, `1_month`, `3_months` or `6_months`.
    pub term: String,
    /// Prices by the hour, with what they are for.
    pub prices: Vec<Price>,
    /// Who says so.
    pub source: String,
    /// The least that is sold, where one unit is not it.
    pub least: Option<Purchase>,
    /// The purchase that costs least; `null` without a throughput per unit.
    pub cheapest: Option<Purchase>,
    /// The 95th percentile of demand and a fifth more; `null` without a throughput per unit.
    pub rule_of_thumb: Option<Purchase>,
}

/// A price by the hour, and the traffic at which it pays.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Price {
    /// What it buys: `unit`, `1,000 input tokens per minute`.
    pub what: String,
    /// For one of it, by the hour.
    pub per_hour: Money,
    /// Tokens per minute, hour after hour, at which one pays, rounded up; `null` without traffic.
    pub pays_at_tokens_per_minute: Option<u64>,
    /// The same by the hour, rounded up.
    pub pays_at_tokens_per_hour: Option<u64>,
    /// The share of what one handles at which it pays; more than all of it means never.
    pub pays_at_utilisation: Option<Share>,
}

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bought {
    /// Units of provisioned throughput.
    Units(u64),
    /// Tokens per minute of the reserved tier.
    TokensPerMinute(TokensPerMinute),
}

/// A purchase, beside what it leaves to on demand.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Purchase {
    /// What is bought.
    pub bought: Bought,
    /// Capacity and spill, over the simulated period and in a month of 730 hours.
    pub cost: Cost,
    /// The capacity over the simulated period.
    pub capacity: Money,
    /// What spills to on demand over the simulated period.
    pub spill: Money,
    /// Minutes whose demand exceeds the capacity, of those with any.
    pub minutes_above: Share,
    /// What has to be paid until the commitment ends.
    pub committed: Money,
}

/// The scenario run with a purchase: calls go to it first, and to the quota on demand where it has no room.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Run {
    /// What is bought.
    pub bought: Bought,
    /// Requests that were refused at least once.
    pub requests_throttled: Share,
    /// Requests given up.
    pub gave_up: u64,
    /// What answered requests cost on demand over the simulated period.
    pub spill: Money,
}

/// A purchase in every future.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Regret {
    /// The term; `none` where nothing is bought.
    pub term: String,
    /// What is bought.
    pub bought: Bought,
    /// The futures, in the same order for every purchase.
    pub futures: Vec<Outcome>,
}

/// What a purchase costs in one future.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Outcome {
    /// `0.7x`, `1x` or `1.3x` of the traffic for a month of 730 hours, or `dropped after 1 week`, in which
    /// everything counts until the commitment ends.
    pub future: String,
    /// What it costs.
    pub cost: Money,
    /// How much more that is than the best purchase of this table would have cost.
    pub regret: Money,
}
