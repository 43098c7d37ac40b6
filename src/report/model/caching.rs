//! The prompt cache of one app: what it read and wrote, and whether that pays.

use super::Share;
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// What an app's prompts had in common, and what caching that is worth. Tokens that were read, written and
/// uncached are in the app's `totals.tokens`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Caching {
    /// Times to live that the app asks for: `5m`, `1h`.
    pub ttls: Vec<String>,
    /// The least tokens that the model caches.
    pub minimum_tokens: u64,
    /// Requests that went through the cache.
    pub calls: u64,
    /// Input that was read from the cache, out of all input that was answered.
    pub read: Share,
    /// Tokens up to the last checkpoint that counts.
    pub cacheable_tokens: u64,
    /// Tokens that the app asks to cache and that are too few for the model.
    pub below_minimum_tokens: u64,
    /// Tokens that were written again because their entry had expired within the last hour.
    pub rewritten_tokens: u64,
    /// What that cost more than to read them, in USD; `null` without a price by the token.
    pub rewritten_cost: Option<Money>,
    /// Tokens that another call was writing at that moment, so that each caller wrote them.
    pub written_at_once_tokens: u64,
    /// Tokens of quota that were reserved and then given back, because the cache was read.
    pub freed_quota_tokens: u64,
    /// The most of them in one minute.
    pub freed_quota_peak: u64,
    /// What the cacheable input costs by each time to live; `null` without a price by the token.
    pub worth: Option<Worth>,
}

/// Cost of the same calls at the same moments, in USD, at the prices of the first day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Worth {
    /// Nothing is cached.
    pub none: Money,
    /// All checkpoints live for five minutes.
    pub five_minutes: Money,
    /// All checkpoints live for one hour; `null` where that is not sold.
    pub one_hour: Option<Money>,
    /// The cheapest of them: `none`, `5m` or `1h`.
    pub cheapest: String,
    /// Reads of one entry from which five minutes are cheaper than no cache; `null` when they never are.
    pub reads_to_pay_5m: Option<u64>,
    /// Reads of one entry from which one hour is cheaper than no cache; `null` when it never is, or is not sold.
    pub reads_to_pay_1h: Option<u64>,
}
