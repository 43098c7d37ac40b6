//! The figures that a variant and each of its apps share.

use super::super::money::Money;
use super::Retries;
use crate::bedrock::usage::Usage;
use schemars::JsonSchema;
use serde::Serialize;

/// Counts and cost of a variant or of one of its apps.
///
/// `arrivals = served + gave_up + in_flight`.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Totals {
    /// Requests that callers made.
    pub arrivals: u64,
    /// Requests that were answered.
    pub served: u64,
    /// Requests whose caller ran out of attempts or of time.
    pub gave_up: u64,
    /// Requests that were still open at the end of the period.
    pub in_flight: u64,
    /// HTTP attempts; a request that is retried makes several.
    pub attempts: u64,
    /// Attempts that Bedrock refused for want of quota.
    pub throttled_attempts: u64,
    /// Attempts that Bedrock refused with 503 although quota was left.
    pub unavailable_attempts: u64,
    /// Times that a request found its first choice full and went on to the next at once.
    pub spilled: u64,
    /// Requests that were refused at least once.
    pub requests_throttled: u64,
    /// Answers cut short by `max_tokens`.
    pub truncated: u64,
    /// Tokens that were billed, by usage class.
    pub tokens: Tokens,
    /// What the attempts that ran cost.
    pub cost: Cost,
    /// What retries did, and the part of the cost that they are.
    pub retries: Retries,
}

impl Totals {
    /// Requests that were refused at least once, out of all.
    #[must_use]
    pub fn throttled_share(&self) -> Share {
        Share { part: self.requests_throttled, whole: self.arrivals }
    }
}

/// Billed tokens by usage class; the classes are disjoint.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Tokens {
    /// Input tokens that no cache served.
    pub uncached_input: u64,
    /// Input tokens read from the prompt cache.
    pub cache_read: u64,
    /// Input tokens written to the prompt cache for five minutes.
    pub cache_write_5m: u64,
    /// Input tokens written to the prompt cache for one hour.
    pub cache_write_1h: u64,
    /// Generated tokens.
    pub output: u64,
}

impl Tokens {
    /// What was counted.
    #[must_use]
    pub fn of(usage: Usage) -> Self {
        let Usage { uncached_input, cache_read, cache_write_5m, cache_write_1h, output } = usage;
        Self { uncached_input, cache_read, cache_write_5m, cache_write_1h, output }
    }
}

/// Cost in USD.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Cost {
    /// Cost of the simulated period.
    pub total: Money,
    /// The same scaled to a month of 730 hours.
    pub month: Money,
}

/// Latency of served requests, in microseconds; `null` when none was served. That of all apps together leaves
/// out batches.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Latency {
    /// Time to first token, from the arrival of the request, waits included.
    pub ttft: Option<Percentiles>,
    /// End to end, from the arrival of the request to its last token, waits included.
    pub e2e: Option<Percentiles>,
    /// Waiting between attempts because of throttling.
    pub wait: Option<Percentiles>,
    /// From admission to the last token: what `CloudWatch` shows as `InvocationLatency`.
    pub invocation: Option<Percentiles>,
}

/// Percentiles in microseconds.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Percentiles {
    /// Half of the requests took at most this long.
    pub p50: u64,
    /// Nine in ten took at most this long.
    pub p90: u64,
    /// Nineteen in twenty took at most this long.
    pub p95: u64,
    /// Ninety-nine in a hundred took at most this long.
    pub p99: u64,
    /// The slowest took this long.
    pub max: u64,
}

/// A share, kept as the two counts that it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Share {
    /// How many have the property.
    pub part: u64,
    /// How many there are.
    pub whole: u64,
}

/// The median and the ninetieth percentile over the replications.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
pub struct Quantiles<T> {
    /// Half of the replications stayed at or below this.
    pub p50: T,
    /// Nine in ten replications stayed at or below this.
    pub p90: T,
}
