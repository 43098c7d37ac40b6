//! What a monitor counted besides calls, kept to compare with.

use std::sync::Arc;

/// One number of one period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observed {
    /// The beginning of the period, in microseconds of Unix time.
    pub at_us: i64,
    /// How long the period is.
    pub period_s: u32,
    /// The model or profile, by the identifier that the API takes.
    pub model: Arc<str>,
    /// The metric as CloudWatch names it: `InvocationThrottles`, `EstimatedTPMQuotaUsage`.
    pub metric: Arc<str>,
    /// Its sum over the period.
    pub value: u64,
}
