//! What can be bought, as plain values: the caller knows from which file each is.

use crate::bedrock::term::Term;
use crate::units::Usd;

/// What one unit handles in a minute. AWS publishes no such figure: it comes from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throughput {
    /// Input tokens per minute, above zero.
    pub input_tpm: u64,
    /// Output tokens per minute, above zero.
    pub output_tpm: u64,
}

/// A unit of provisioned throughput under one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    /// How long is committed to.
    pub term: Term,
    /// For a unit and hour.
    pub per_hour: Usd,
    /// Who says so, in words.
    pub source: String,
}

/// A thousand tokens per minute of the reserved tier under one term. Input and output are bought apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservedPrice {
    /// How long is committed to.
    pub term: Term,
    /// For a thousand input tokens per minute and hour.
    pub input_per_hour: Usd,
    /// For a thousand output tokens per minute and hour.
    pub output_per_hour: Usd,
    /// Who says so, in words.
    pub source: String,
}
