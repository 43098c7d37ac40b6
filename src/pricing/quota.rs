//! The quotas that AWS gives an account by default.

use super::{Provenance, Regions};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::units::Tokens;
use jiff::civil::Date;

/// The default limits of one way to a model. An absent limit is unknown, not unlimited.
#[derive(Debug, Clone)]
pub struct QuotaRow {
    /// The way to the model: each has its own pool.
    pub via: Via,
    /// The source Regions.
    pub regions: Regions,
    /// `standard`, or `latency_optimized`, which has limits of its own.
    pub tier: Tier,
    /// Tokens per minute.
    pub tokens_per_minute: Option<Tokens>,
    /// Requests per minute.
    pub requests_per_minute: Option<u64>,
    /// Tokens per day.
    pub tokens_per_day: Option<Tokens>,
    /// Where the limits come from.
    pub provenance: Provenance,
}

impl QuotaRow {
    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        (self.via, &self.regions, self.tier) == (other.via, &other.regions, other.tier)
    }
}

/// A quota that all models of an account share in one source Region.
#[derive(Debug, Clone)]
pub struct AccountQuota {
    /// Its name.
    pub name: String,
    /// The first day of effect.
    pub from: Date,
    /// Tokens per day.
    pub tokens_per_day: Tokens,
    /// Where the limit comes from.
    pub provenance: Provenance,
}
