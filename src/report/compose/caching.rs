//! The prompt cache of an application, in the report's words.

use super::Evaluated;
use super::variant::money;
use crate::bedrock::cache::{Reuse, Ttl};
use crate::ledger::{CacheRates, Caching};
use crate::plan::{Access, App, TargetView, Traffic};
use crate::report::model;
use crate::sim::AppRecord;
use crate::units::Usd;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// What an application's cache did; nothing when it has none.
pub(super) fn caching(one: &Evaluated<'_>, app: &App, record: &AppRecord) -> Option<model::Caching> {
    // Of several models the one that caches only longer prompts.
    let minimum = app.lanes.iter().filter_map(|lane| lane.cache).map(|rules| rules.minimum).max()?;
    let (usage, reuse, ttls) = (record.usage(), record.reuse, ttls(app));
    let priced = priced(one, app, record);
    // With both times to live, the price of the shorter: at least so much.
    let expired = ttls.first().and_then(|ttl| {
        let each = priced.as_ref()?.iter().map(|(rates, reuse)| rates.expired(*ttl, reuse));
        each.sum::<Option<Usd>>()
    });
    Some(model::Caching {
        ttls: ttls.iter().map(|ttl| ttl.name().to_owned()).collect(),
        minimum_tokens: minimum.into(),
        calls: reuse.calls,
        read: model::Share { part: usage.cache_read, whole: usage.total_input() },
        cacheable_tokens: reuse.cacheable(),
        below_minimum_tokens: reuse.below_minimum,
        rewritten_tokens: reuse.rewritten,
        rewritten_cost: expired.map(money),
        written_at_once_tokens: reuse.unready,
        freed_quota_tokens: on_quota(app, record).map(|lane| lane.usage().cache_read).sum(),
        freed_quota_peak: freed_peak(app, record),
        worth: priced.and_then(|priced| worth(&priced)),
    })
}

/// What caching is worth over all models; the reads that pay are those of the first.
fn worth(priced: &[(CacheRates, Reuse)]) -> Option<model::Worth> {
    let (first, _) = priced.first()?;
    let caching = priced.iter().map(|(rates, reuse)| rates.caching(reuse)).reduce(Caching::and)?;
    let reads = |ttl| first.break_even_uses(ttl).map(|uses| uses.saturating_sub(1));
    Some(model::Worth {
        none: money(caching.none),
        five_minutes: money(caching.five_minutes),
        one_hour: caching.one_hour.map(money),
        cheapest: caching.cheapest().map_or("none", Ttl::name).to_owned(),
        reads_to_pay_5m: reads(Ttl::FiveMinutes),
        reads_to_pay_1h: reads(Ttl::OneHour),
    })
}

/// The times to live that an application asks for, the shortest first.
fn ttls(app: &App) -> Vec<Ttl> {
    let declared = app.prompt.iter().flat_map(|prompt| &prompt.0).filter_map(|section| section.checkpoint);
    let recorded = match &app.traffic {
        Traffic::Trace(trace) => trace.checkpoint,
        _ => None,
    };
    declared.chain(recorded).collect::<BTreeSet<_>>().into_iter().collect()
}

/// By target that caches and is paid for by the token: the prices of the first day, and what its prompts had in
/// common. Nothing when one of them has no such prices. Of several targets, those that nobody asked are left out.
fn priced(one: &Evaluated<'_>, app: &App, record: &AppRecord) -> Option<Vec<(CacheRates, Reuse)>> {
    let day = one.plan.start.to_zoned(TimeZone::UTC).date();
    let asked = |target: &TargetView<'_>| {
        app.targets.is_empty() || target.range.clone().any(|number| record.lane(number).reuse != Reuse::default())
    };
    let caching = app.targets().filter(|target| target.first().cache.is_some()).filter(asked);
    let of_target = |target: TargetView<'_>| {
        let mut lanes = target.lanes().iter();
        let lane = lanes.find(|lane| lane.access == Access::Quota)?;
        lane.offer.rates().next()?;
        let by_token = target.range.clone().filter(|number| app.lanes[*number].access == Access::Quota);
        let mut reuse = Reuse::default();
        by_token.for_each(|number| reuse += record.lane(number).reuse);
        Some((CacheRates::of(lane.offer.rates_on(day))?, reuse))
    };
    caching.map(of_target).collect()
}

/// The records of the lanes that draw from quotas.
fn on_quota<'a>(app: &'a App, record: &'a AppRecord) -> impl Iterator<Item = &'a AppRecord> {
    let lanes = app.lanes.iter().enumerate().filter(|(_, lane)| lane.access == Access::Quota);
    lanes.map(|(number, _)| record.lane(number))
}

/// The most tokens that were read, and so not charged to a quota, in one minute.
fn freed_peak(app: &App, record: &AppRecord) -> u64 {
    let minutes = AppRecord::together(on_quota(app, record));
    minutes.iter().map(|row| row.usage.cache_read).max().unwrap_or(0)
}
