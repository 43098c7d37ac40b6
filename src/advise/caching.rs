//! Findings about prompt caches that do nothing, or cost more than they save.

use crate::codes::Code;
use crate::ledger::Totals;
use crate::plan::{App, Finding, Plan, Severity};
use crate::pricing::RateRow;
use crate::sim::AppRecord;
use crate::units::{Tokens, Usd};
use jiff::tz::TimeZone;

/// Prompts that are too short for their model, or whose entries die before they are read.
pub(super) fn useless(plan: &Plan, app: &App, record: &AppRecord, totals: &Totals) -> Option<Finding> {
    let rules = app.first().cache?;
    let (code, message, advice) = if record.reuse.below_minimum > 0 && record.reuse.cacheable() == 0 {
        let message = below_minimum(app, record, rules.minimum);
        (Code::CacheBelowMinimum, message, "cache a longer beginning, or choose a model with a lower minimum")
    } else if totals.tokens.cache_read == 0 && record.reuse.cacheable() > 0 {
        let message = never_hit(plan, app, totals);
        (Code::CacheNeverHit, message, "take a longer time to live, route to fewer Regions, or leave `cache` out")
    } else {
        return None;
    };
    let place = format!("apps.{}.prompt.cache", app.name);
    Some(Finding { code, severity: Severity::Warning, message, place, advice: Some(advice.to_owned()) })
}

fn below_minimum(app: &App, record: &AppRecord, minimum: u32) -> String {
    let calls = record.reuse.calls.max(1);
    format!(
        "the prompt of `{}` is {} tokens up to its last checkpoint, and its model caches from {} on: none of {} tokens of {} calls \
         were cached, and all were paid as plain input",
        app.name,
        Tokens(record.reuse.below_minimum / calls),
        Tokens(minimum.into()),
        Tokens(record.reuse.below_minimum),
        Tokens(calls)
    )
}

fn never_hit(plan: &Plan, app: &App, totals: &Totals) -> String {
    let written = totals.tokens.cache_write_5m + totals.tokens.cache_write_1h;
    let start = plan.start.to_zoned(TimeZone::UTC).date();
    let more = app.by_token().map(|lane| extra(lane.offer.rates_on(start), totals));
    let more = more.map_or_else(String::new, |more| format!(", which cost {more} USD more than plain input"));
    format!("the cache of `{}` was never read: {} tokens were written to it{more}", app.name, Tokens(written))
}

/// What writing cost above the price of plain input.
fn extra(row: &RateRow, totals: &Totals) -> Usd {
    let (rates, tokens) = (&row.per_million, &totals.tokens);
    let above = |rate: Option<crate::units::UsdPerToken>, tokens: u64| {
        rate.map_or(Usd::ZERO, |rate| rate.times(tokens) - rates.input.times(tokens))
    };
    above(rates.cache_write_5m, tokens.cache_write_5m) + above(rates.cache_write_1h, tokens.cache_write_1h)
}
