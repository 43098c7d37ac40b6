//! Latency as a table: one row for each variant, app and kind of latency.

use crate::report::model::{Latency, Percentiles, Report, Variant};

/// One row of the latency table.
pub struct LatencyRow<'a> {
    pub variant: &'a str,
    pub app: &'a str,
    pub kind: &'static str,
    pub percentiles: Option<Percentiles>,
}

/// All rows; the sum over the apps is left out where there is only one.
pub fn latency(report: &Report) -> Vec<LatencyRow<'_>> {
    report.variants.iter().flat_map(of_variant).collect()
}

fn of_variant(variant: &Variant) -> Vec<LatencyRow<'_>> {
    let whole = (variant.apps.len() != 1).then_some(("all apps", &variant.latency));
    let apps = variant.apps.iter().map(|app| (app.name.as_str(), &app.latency));
    let scopes = whole.into_iter().chain(apps);
    scopes.flat_map(|(app, latency)| of_app(&variant.name, app, latency)).collect()
}

fn of_app<'a>(variant: &'a str, app: &'a str, latency: &Latency) -> [LatencyRow<'a>; 3] {
    let kinds = [
        ("first token", latency.ttft),
        ("end to end", latency.e2e),
        ("waiting to retry", latency.wait),
    ];
    kinds.map(|(kind, percentiles)| LatencyRow { variant, app, kind, percentiles })
}
