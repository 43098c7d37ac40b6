//! What a model can do beside answering: cache prompts, grow old, and how fast it was measured.

use super::Provenance;
use crate::bedrock::cache::Ttl;
use crate::bedrock::tier::Tier;
use crate::units::{Micros, Rate, Tokens};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The prompt cache of a model.
#[derive(Debug, Clone)]
pub struct CacheFacts {
    /// Tokens that the prompt holds up to a checkpoint at least; a shorter beginning is not cached.
    pub minimum: Tokens,
    /// How long an entry can live.
    pub ttls: Vec<Ttl>,
    /// Checkpoints in one call at most.
    pub checkpoints: u32,
    /// Content blocks before a checkpoint that are searched for an earlier entry.
    pub look_back: u32,
    /// Where the figures come from.
    pub provenance: Provenance,
}

/// The first day of each state in the end of a model's life; an absent day is not announced.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    /// Legacy: no new provisioned throughput, and inactive accounts lose access.
    pub legacy: Option<Date>,
    /// Public extended access: the provider may raise the price.
    pub extended_access: Option<Date>,
    /// End of life: calls fail.
    pub end_of_life: Option<Date>,
    /// Where the days come from.
    pub provenance: Provenance,
}

/// An inference profile: where it can be called, and where its calls may run.
#[derive(Debug, Clone)]
pub struct Profile {
    /// What stands before the model id: `us`, `global`.
    pub prefix: String,
    /// The Regions in which it can be called; they hold its quota.
    pub sources: BTreeSet<String>,
    /// The Regions in which its calls may run.
    pub destinations: BTreeSet<String>,
    /// Where the lists come from.
    pub provenance: Provenance,
}

/// How fast a model was measured to answer in one tier.
#[derive(Debug, Clone)]
pub struct ServiceRow {
    /// The tier of the calls.
    pub tier: Tier,
    /// Median time to the first token.
    pub ttft_p50: Micros,
    /// Nine of ten first tokens come within it.
    pub ttft_p90: Micros,
    /// Median output tokens per time after the first token.
    pub output_rate_p50: Rate,
    /// Nine of ten calls are not faster: the faster one of the two.
    pub output_rate_p90: Rate,
    /// Where the figures come from.
    pub provenance: Provenance,
}

impl ServiceRow {
    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        self.tier == other.tier
    }
}
