//! What callers do: retries. Does not know money, nor how quotas are counted.

mod backoff;

pub use backoff::Backoff;
