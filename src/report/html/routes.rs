//! What a page says of bought capacity, of prompt caches, and of the ways of calls: by variant, where there is
//! something to say.

use crate::report::model::{App, Caching, Capacity, Chargeback, Pool, Report};

/// The capacity that one variant buys.
pub struct Bought<'a> {
    pub variant: &'a str,
    pub pools: Vec<(&'a Pool, &'a Capacity)>,
}

/// The apps of one variant that have a prompt cache.
pub struct Caches<'a> {
    pub variant: &'a str,
    pub apps: Vec<(&'a App, &'a Caching)>,
}

/// The apps of one variant whose calls do more than go to one quota.
pub struct Routes<'a> {
    pub variant: &'a str,
    pub apps: Vec<&'a App>,
}

/// The bill of one variant by one tag.
pub struct ByTag<'a> {
    pub variant: &'a str,
    pub by: &'a Chargeback,
}

/// By variant and tag.
pub fn chargeback(report: &Report) -> Vec<ByTag<'_>> {
    let of_variant = report
        .variants
        .iter()
        .flat_map(|variant| variant.chargeback.iter().map(|by| ByTag { variant: &variant.name, by }));
    of_variant.collect()
}

/// Variants that buy nothing are left out.
pub fn bought(report: &Report) -> Vec<Bought<'_>> {
    let groups = report.variants.iter().map(|variant| {
        let held = variant.pools.iter().filter_map(|pool| Some((pool, pool.capacity.as_ref()?)));
        Bought { variant: &variant.name, pools: held.collect() }
    });
    groups.filter(|group| !group.pools.is_empty()).collect()
}

/// Variants without a cache are left out.
pub fn caches(report: &Report) -> Vec<Caches<'_>> {
    let groups = report.variants.iter().map(|variant| {
        let cached = variant.apps.iter().filter_map(|app| Some((app, app.caching.as_ref()?)));
        Caches { variant: &variant.name, apps: cached.collect() }
    });
    groups.filter(|group| !group.apps.is_empty()).collect()
}

/// Variants are left out whose apps all draw from one quota of the nameless account, in their own Region.
pub fn routes(report: &Report) -> Vec<Routes<'_>> {
    let groups = report.variants.iter().map(|variant| Routes {
        variant: &variant.name,
        apps: variant.apps.iter().filter(|app| is_worth_telling(app)).collect(),
    });
    groups.filter(|group| !group.apps.is_empty()).collect()
}

fn is_worth_telling(app: &App) -> bool {
    let away = app.executed.iter().any(|ran| ran.region != app.region);
    let refused = app.throttled_by_fleet + app.totals.unavailable_attempts > 0;
    app.lanes.len() > 1 || app.tier != "standard" || app.account.is_some() || away || refused || app.jobs.is_some()
}
