//! What the name of a quota means: how a model is called, what is counted, and which model.

use super::Wanted;
use crate::bedrock::profile::Via;
use crate::pricing::{Model, PriceBook};
use crate::scenario::QuotaPool;

/// What the name of a quota means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Means {
    period: Period,
    /// The way; nothing for a limit of every way.
    via: Option<Via>,
    pool: QuotaPool,
    /// The model by its name in prose; nothing for all of them together.
    pub(super) model: Option<String>,
}

/// What is counted, over which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    TokensPerMinute,
    RequestsPerMinute,
    TokensPerDay,
}

/// The beginnings of names, in lower case; the first that fits counts.
const WAYS: [(&str, Option<Via>, QuotaPool); 12] = [
    ("global cross-region model inference ", Some(Via::Global), QuotaPool::Standard),
    ("global cross-region invokemodel ", Some(Via::Global), QuotaPool::Standard),
    ("cross-region model inference ", Some(Via::Geo), QuotaPool::Standard),
    ("cross-region invokemodel ", Some(Via::Geo), QuotaPool::Standard),
    ("on-demand model inference ", Some(Via::OnDemand), QuotaPool::Standard),
    ("on-demand invokemodel ", Some(Via::OnDemand), QuotaPool::Standard),
    ("on-demand latency-optimized invokemodel ", Some(Via::OnDemand), QuotaPool::LatencyOptimized),
    ("on-demand latency-optimized model inference ", Some(Via::OnDemand), QuotaPool::LatencyOptimized),
    ("cross-region latency-optimized invokemodel ", Some(Via::Geo), QuotaPool::LatencyOptimized),
    ("cross-region latency-optimized model inference ", Some(Via::Geo), QuotaPool::LatencyOptimized),
    ("model invocation max ", None, QuotaPool::Standard),
    ("model invocation ", None, QuotaPool::Standard),
];

const PERIODS: [(&str, Period); 3] = [
    ("tokens per minute for ", Period::TokensPerMinute),
    ("requests per minute for ", Period::RequestsPerMinute),
    ("tokens per day for ", Period::TokensPerDay),
];

/// Since 2026-09-21 (User Guide, quotas; read 2026-11-20).
const ACROSS_MODELS: &str = "cross-model max tokens per day";
/// Of a limit for every way: calls through profiles have twice as much.
const DOUBLED: &str = "(doubled for cross-region calls)";

impl Means {
    /// What a name means; nothing when it is not of calls to models.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        if name.eq_ignore_ascii_case(ACROSS_MODELS) {
            return Some(Self::across_models());
        }
        let (rest, via, pool) = WAYS.iter().find_map(|(way, via, pool)| Some((after(name, way)?, *via, *pool)))?;
        let (model, period) = PERIODS.iter().find_map(|(words, period)| Some((after(rest, words)?, *period)))?;
        let model = match model.len().checked_sub(DOUBLED.len()).and_then(|at| model.split_at_checked(at)) {
            Some((model, doubled)) if doubled.eq_ignore_ascii_case(DOUBLED) => model,
            _ => model,
        };
        Some(Self { period, via, pool, model: Some(model.trim().to_owned()) })
    }

    /// The limit over all models.
    pub(super) fn across_models() -> Self {
        Self { period: Period::TokensPerDay, via: None, pool: QuotaPool::Standard, model: None }
    }

    /// What a quota of this name allows a pool; nothing when it is another pool's.
    pub(super) fn limit(&self, value: u64, period: Period, wanted: &Wanted<'_>, book: &PriceBook) -> Option<u64> {
        let same_way = self.via.is_none_or(|via| via == wanted.via);
        if !same_way || (self.period, self.pool) != (period, wanted.pool) {
            return None;
        }
        let model = model(self.model.as_deref()?, book)?;
        let doubled = self.via.is_none() && wanted.via != Via::OnDemand;
        (model.key == wanted.model.key).then_some(if doubled { value.saturating_mul(2) } else { value })
    }
}

/// What follows a beginning, in whatever case it is written.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// The model of a name such as `Anthropic Claude Sonnet 4.5 V1`: as it stands, or without its vendor's one or two words,
/// or without the version that every model had first.
pub(super) fn model<'a>(name: &str, book: &'a PriceBook) -> Option<&'a Model> {
    let without_version = name.strip_suffix(" V1").unwrap_or(name);
    let tried = [name, without_version].into_iter().flat_map(|name| {
        let without_vendor = name.split_once(' ').map(|(_, rest)| rest);
        [Some(name), without_vendor, without_vendor.and_then(|rest| Some(rest.split_once(' ')?.1))]
    });
    tried.flatten().find_map(|name| book.in_prose(name))
}
