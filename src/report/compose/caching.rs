//! The prompt cache of an application, in the report's words.

use super::Evaluated;
use super::variant::money;
use crate::bedrock::cache::{Reuse, Ttl};
use crate::ledger::CacheRates;
use crate::plan::{Access, App, Traffic};
use crate::report::model;
use crate::sim::AppRecord;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// What an application's cache did; nothing when it has none.
pub(super) fn caching(one: &Evaluated<'_>, app: &App, record: &AppRecord) -> Option<model::Caching> {
    let rules = app.first().cache?;
    let (usage, reuse, ttls) = (record.usage(), record.reuse, ttls(app));
    let by_token = by_token(app, record);
    let rates = rates(one, app);
    // With both times to live, the price of the shorter: at least so much.
    let expired = ttls.first().and_then(|ttl| rates?.expired(*ttl, &by_token));
    Some(model::Caching {
        ttls: ttls.iter().map(|ttl| ttl.name().to_owned()).collect(),
        minimum_tokens: rules.minimum.into(),
        calls: reuse.calls,
        read: model::Share { part: usage.cache_read, whole: usage.total_input() },
        cacheable_tokens: reuse.cacheable(),
        below_minimum_tokens: reuse.below_minimum,
        rewritten_tokens: reuse.rewritten,
        rewritten_cost: expired.map(money),
        written_at_once_tokens: reuse.unready,
        freed_quota_tokens: on_quota(app, record).map(|lane| lane.usage().cache_read).sum(),
        freed_quota_peak: freed_peak(app, record),
        worth: rates.map(|rates| worth(&rates, &by_token)),
    })
}

fn worth(rates: &CacheRates, reuse: &Reuse) -> model::Worth {
    let caching = rates.caching(reuse);
    let reads = |ttl| rates.break_even_uses(ttl).map(|uses| uses.saturating_sub(1));
    model::Worth {
        none: money(caching.none),
        five_minutes: money(caching.five_minutes),
        one_hour: caching.one_hour.map(money),
        cheapest: caching.cheapest().map_or("none", Ttl::name).to_owned(),
        reads_to_pay_5m: reads(Ttl::FiveMinutes),
        reads_to_pay_1h: reads(Ttl::OneHour),
    }
}

/// The times to live that an application asks for, the shortest first.
fn ttls(app: &App) -> Vec<Ttl> {
    let declared = app.prompt.iter().flat_map(|prompt| &prompt.0).filter_map(|section| section.checkpoint);
    let recorded = match &app.traffic {
        Traffic::Trace(trace) => trace.blocks.as_ref().and_then(|blocks| blocks.checkpoint),
        _ => None,
    };
    declared.chain(recorded).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The prices of the first day where calls are paid for by the token.
fn rates(one: &Evaluated<'_>, app: &App) -> Option<CacheRates> {
    let lane = app.lanes.iter().find(|lane| lane.access == Access::Quota)?;
    let day = one.plan.start.to_zoned(TimeZone::UTC).date();
    lane.offer.rates().next()?;
    CacheRates::of(lane.offer.rates_on(day))
}

/// The records of the lanes that draw from quotas.
fn on_quota<'a>(app: &'a App, record: &'a AppRecord) -> impl Iterator<Item = &'a AppRecord> {
    let lanes = app.lanes.iter().enumerate().filter(|(_, lane)| lane.access == Access::Quota);
    lanes.map(|(number, _)| record.lane(number))
}

/// What the prompts had in common that are paid for by the token.
fn by_token(app: &App, record: &AppRecord) -> Reuse {
    let mut all = Reuse::default();
    on_quota(app, record).for_each(|lane| all += lane.reuse);
    all
}

/// The most tokens that were read, and so not charged to a quota, in one minute.
fn freed_peak(app: &App, record: &AppRecord) -> u64 {
    let minutes = AppRecord::together(on_quota(app, record));
    minutes.iter().map(|row| row.usage.cache_read).max().unwrap_or(0)
}
