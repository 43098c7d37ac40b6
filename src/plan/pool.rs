//! What calls draw from: quotas, and capacity that was bought.

use super::UnitRates;
use crate::bedrock::profile::Via;
use crate::bedrock::quota::{Change, Limit};
use crate::bedrock::term::Term;
use crate::bedrock::usage_type::UsageType;
use std::ops::Range;

/// Limits that several applications share.
#[derive(Debug, Clone)]
pub struct Pool {
    /// For example `claude-haiku-4-5 geo us-east-1`.
    pub id: String,
    /// Its limits.
    pub limits: Vec<Limit>,
    /// The amounts that its limits take later, by their place in `limits`.
    pub changes: Vec<Change>,
    /// What was bought, when it is not a quota.
    pub purchase: Option<Purchase>,
}

/// Capacity that is paid for by the hour, used or not.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// What is bought: `llama-3-1-70b us-west-2 provisioned 1_month`.
    pub sku: String,
    /// The commitment.
    pub term: Term,
    /// Input tokens per minute.
    pub input_tpm: u64,
    /// Output tokens per minute.
    pub output_tpm: u64,
    /// What is paid for every hour.
    pub fees: Vec<Fee>,
}

/// So many units at so much an hour.
#[derive(Debug, Clone)]
pub struct Fee {
    /// What is counted, in the singular: `model unit hour`.
    pub unit: &'static str,
    /// What AWS bills call it, where that is known.
    pub usage_type: Option<UsageType>,
    /// Units.
    pub units: u64,
    /// Prices of one unit for one hour.
    pub per_hour: UnitRates,
}

impl Pool {
    /// A quota: nothing is paid for it.
    #[must_use]
    pub fn quota(id: String, limits: Vec<Limit>) -> Self {
        Self { id, limits, changes: Vec::new(), purchase: None }
    }

    /// The limits of one of several pools, as indices into `Plan::limits`.
    #[must_use]
    pub fn limits_among(pools: &[Self], number: usize) -> Range<usize> {
        let before = pools[..number].iter().map(|pool| pool.limits.len()).sum();
        before..before + pools[number].limits.len()
    }

    /// The id of the pool of a model, called in one way from one Region.
    #[must_use]
    pub fn id_of(model: &str, via: Via, region: &str) -> String {
        format!("{model} {via} {region}")
    }
}
