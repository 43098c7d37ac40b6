//! What callers do: retries, as the SDKs ship them. Does not know money, nor how quotas are counted.
//!
//! A client object has one policy, and of its own a retry quota and, in adaptive mode, a rate limiter. Nothing here
//! has a clock or draws: instants and draws are handed in.

mod backoff;
mod bucket;
mod limiter;
mod outcome;
mod policy;
mod quota;
mod rate;
mod sdk;

pub use backoff::{Backoff, Header, Jitter};
pub use limiter::{Limiter, LimiterRules, LimiterState, Turn};
pub use outcome::{Class, Classes, Outcome};
pub use policy::{Policy, Retry};
pub use quota::{Costs, QuotaRules, RetryQuota};
pub use sdk::{Mode, Sdk, Timeouts};
