//! Capacity that was bought: how much of it was used, what was idle, and what went beyond it.

use super::{Share, Tokens};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// Capacity that is paid for by the hour, used or not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Capacity {
    /// Commitment: `none`, `1_month`, `3_months` or `6_months`.
    pub term: String,
    /// Input tokens per minute that were bought.
    pub input_tokens_per_minute: u64,
    /// Output tokens per minute that were bought.
    pub output_tokens_per_minute: u64,
    /// Input tokens that were used, out of those bought for all minutes; input read from the prompt cache is
    /// not counted.
    pub input_used: Share,
    /// Output tokens that were written, out of those bought for all minutes.
    pub output_used: Share,
    /// What was bought and paid for.
    pub fees: Vec<Fee>,
    /// What all of it cost over the period, in USD.
    pub cost: Money,
    /// What of that cost paid for tokens that nobody used, in USD.
    pub idle_cost: Money,
    /// Calls that found no room and went on; `null` when they have nowhere to go and are throttled.
    pub overflow: Option<Overflow>,
}

/// One thing that is paid for by the hour.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Fee {
    /// What is counted, as `model unit hour`.
    pub unit: String,
    /// How many units are held.
    pub units: u64,
    /// Price of one unit for one hour in USD, on the first day.
    pub per_hour: Money,
    /// What the units cost over the period, in USD.
    pub cost: Money,
    /// Tokens that nobody used, out of those bought: of the busier of input and output where one unit takes both.
    pub idle: Share,
    /// That share of the cost, in USD.
    pub idle_cost: Money,
}

/// What went beyond purchased capacity.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Overflow {
    /// Attempts that found no room and went on at once.
    pub spilled: u64,
    /// Requests that were answered beyond the capacity.
    pub served: u64,
    /// Their tokens.
    pub tokens: Tokens,
    /// What these cost by the token, in USD.
    pub cost: Money,
}
