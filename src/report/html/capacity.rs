//! Pools and latency as tables: a group of rows for each variant, and for each of its apps.

use crate::report::model::{Latency, Percentiles, Pool, Report, Variant};

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
    if pool.limits.keys().all(|limit| limit.ends_with("per_day")) { "day" } else { "minute" }
}
