//! One app of a variant: its figures, and where its calls went.

use super::{Caching, Latency, Spread, Tasks, Totals};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// One app of a variant.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct App {
    /// Name of the app.
    pub name: String,
    /// Model or inference profile that the app calls.
    pub model: String,
    /// Region from which the app calls.
    pub region: String,
    /// Counts and cost of the app.
    pub totals: Totals,
    /// Latency of the app, in microseconds.
    pub latency: Latency,
    /// How the app's main figures vary over the replications; `null` without replications.
    pub spread: Option<Spread>,
    /// Account whose quotas the app uses; `null` for the one without a name.
    pub account: Option<String>,
    /// Service tier that its calls ask for.
    pub tier: String,
    /// Where its calls go, in order: to the first that has room.
    pub lanes: Vec<Lane>,
    /// Regions in which its calls ran; empty where that is not known, as of batches by a profile.
    pub executed: Vec<Executed>,
    /// Attempts that the shared fleet refused with 429 although quota was left.
    pub throttled_by_fleet: u64,
    /// Its batch jobs; `null` for an app that sends its calls one by one.
    pub jobs: Option<Jobs>,
    /// Its prompt cache; `null` for an app without.
    pub caching: Option<Caching>,
    /// Its tasks; `null` for an app that sends each call as it comes.
    pub tasks: Option<Tasks>,
    /// Its tags, by key.
    pub tags: BTreeMap<String, String>,
}

/// One way that an app's calls can go.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Lane {
    /// Id of the pool that it draws from.
    pub pool: String,
    /// Service tier there.
    pub tier: String,
    /// Requests that were answered there.
    pub served: u64,
    /// Attempts that found no room there and went on to the next at once.
    pub spilled: u64,
    /// Attempts that were refused there.
    pub throttled_attempts: u64,
}

/// A Region in which calls ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Executed {
    /// The Region.
    pub region: String,
    /// Calls that were admitted there; of a batch, collected.
    pub calls: u64,
}

/// The batch jobs of an app.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Jobs {
    /// Jobs that were submitted.
    pub submitted: u64,
    /// Calls of the smallest; AWS asks for a minimum.
    pub smallest: u64,
}
