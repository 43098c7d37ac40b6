//! Pools and latency as tables: a group of rows for each variant, and for each of its apps.

use crate::report::model::{Latency, Percentiles, Pool, PoolKind, Report, Variant};

/// The rows of one app of one variant.
pub struct LatencyGroup<'a> {
    pub variant: &'a str,
    pub app: &'a str,
    pub kinds: [(&'static str, Option<Percentiles>); 4],
}

/// All groups; that of all apps together is left out where there is only one.
pub fn latency(report: &Report) -> Vec<LatencyGroup<'_>> {
    report.variants.iter().flat_map(of_variant).collect()
}

fn of_variant(variant: &Variant) -> Vec<LatencyGroup<'_>> {
    let whole = (variant.apps.len() != 1).then_some(("all apps", &variant.latency));
    let apps = variant.apps.iter().map(|app| (app.name.as_str(), &app.latency));
    let scopes = whole.into_iter().chain(apps);
    scopes.map(|(app, latency)| of_app(&variant.name, app, latency)).collect()
}

fn of_app<'a>(variant: &'a str, app: &'a str, latency: &Latency) -> LatencyGroup<'a> {
    let kinds = [
        ("first token", latency.ttft),
        ("end to end", latency.e2e),
        ("waiting to retry", latency.wait),
        ("CloudWatch InvocationLatency", latency.invocation),
    ];
    LatencyGroup { variant, app, kinds }
}

/// The window in which the peaks of a pool were counted.
pub fn window(pool: &Pool) -> &'static str {
    let later = pool.changes.iter().map(|change| &change.limit);
    let mut limits = pool.limits.keys().chain(later).peekable();
    if limits.peek().is_some() && limits.all(|limit| limit.ends_with("per_day")) { "day" } else { "minute" }
}

/// What a pool is.
pub fn kind(pool: &Pool) -> &'static str {
    match pool.kind {
        PoolKind::Quota => "quota",
        PoolKind::Batch => "batch jobs",
        PoolKind::Provisioned => "provisioned throughput",
        PoolKind::Reserved => "reserved tier",
    }
}

/// Why a pool has no limit.
pub fn unlimited(pool: &Pool) -> &'static str {
    match pool.kind {
        PoolKind::Batch => "none",
        _ => "none known",
    }
}

/// Whether what calls hold of a pool was counted at all.
pub fn is_counted(pool: &Pool) -> bool {
    pool.kind != PoolKind::Batch
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use std::collections::BTreeMap;

    #[test]
    fn the_peaks_of_a_pool_are_of_a_day_when_all_its_limits_are_even_those_to_come() {
        let mut pool = sample::bought().variants[0].pools[0].clone();
        assert_eq!(window(&pool), "minute");
        pool.limits = BTreeMap::new();
        pool.changes[0].limit = "tokens_per_day".to_owned();
        assert_eq!(window(&pool), "day");
        pool.changes.clear();
        assert_eq!(window(&pool), "minute", "a pool without limits");
    }
}
