//! One pool, a quota or purchased capacity: its limits, its peaks, and what it refused.

use super::Capacity;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A pool that every app of the account shares.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Pool {
    /// Name of the pool: model, kind and source region.
    pub id: String,
    /// Tokens per minute; `null` when the pool has no such limit.
    pub limit: Option<u64>,
    /// Every limit that the pool begins with by name, as `tokens_per_minute` or `requests_per_minute`.
    pub limits: BTreeMap<String, u64>,
    /// Most tokens reserved in one minute; in one UTC day of a pool that only days limit.
    pub reserved_peak: u64,
    /// Most tokens charged in one minute or day, after settlement.
    pub charged_peak: u64,
    /// Attempts that the pool refused.
    pub throttled_attempts: u64,
    /// Refusals by the name of the limit that ran out.
    pub by_limit: BTreeMap<String, u64>,
    /// When attempts of the apps that share the pool were refused; `null` when the pool refused none.
    pub throttled_when: Option<ThrottledWhen>,
    /// What the pool is: a quota, or capacity that was bought.
    pub kind: PoolKind,
    /// Account that the pool belongs to; `null` for the one without a name.
    pub account: Option<String>,
    /// The amounts that limits take during the period, in order of time.
    pub changes: Vec<LimitChange>,
    /// How purchased capacity was used; `null` for a quota.
    pub capacity: Option<Capacity>,
}

/// What calls draw from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolKind {
    /// A quota: nothing is paid for it.
    Quota,
    /// Batch jobs: no limit of minutes or days.
    Batch,
    /// Provisioned throughput.
    Provisioned,
    /// The reserved tier.
    Reserved,
}

/// A limit takes another amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LimitChange {
    /// Name of the limit, as `tokens_per_minute`.
    pub limit: String,
    /// First instant, RFC 3339 in UTC.
    pub from: String,
    /// The amount from then on; `null` when the limit no longer holds.
    pub amount: Option<u64>,
}

/// When attempts were refused; minutes are RFC 3339 in UTC.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ThrottledWhen {
    /// How many minutes saw a refusal.
    pub minutes: u64,
    /// First minute with a refusal.
    pub first_minute: String,
    /// Last minute with a refusal.
    pub last_minute: String,
    /// The first of the minutes with the most refusals.
    pub worst_minute: String,
    /// How many attempts were refused in the worst minute.
    pub worst_minute_throttled_attempts: u64,
}
