//! Findings about prompt caches that do nothing, or cost more than they save: at the prices of calls of any length, without
//! those of long inputs.

use crate::bedrock::usage::Usage;
use crate::codes::Code;
use crate::ledger::of_target;
use crate::plan::{Access, App, Finding, Plan, Severity, TargetView};
use crate::pricing::RateRow;
use crate::sim::AppRecord;
use crate::units::{Tokens, Usd};
use jiff::tz::TimeZone;

/// Prompts that are too short for their model, or whose entries die before they are read.
pub(super) fn useless(plan: &Plan, app: &App, record: &AppRecord) -> Vec<Finding> {
    app.targets().filter_map(|target| of_one(plan, app, &target, &of_target(app, record, &target))).collect()
}

fn of_one(plan: &Plan, app: &App, target: &TargetView<'_>, record: &AppRecord) -> Option<Finding> {
    let rules = target.first().cache?;
    let used = record.usage();
    let (code, message, advice) = if record.reuse.below_minimum > 0 && record.reuse.cacheable() == 0 {
        let message = below_minimum(app, record, rules.minimum);
        (Code::CacheBelowMinimum, message, "cache a longer beginning, or choose a model with a lower minimum")
    } else if used.cache_read == 0 && record.reuse.cacheable() > 0 {
        let message = never_hit(plan, app, target, &used);
        (Code::CacheNeverHit, message, "take a longer time to live, route to fewer Regions, or leave `cache` out")
    } else {
        return None;
    };
    let of = if app.targets.is_empty() { String::new() } else { format!("{}: ", target.name) };
    let place = format!("apps.{}.prompt.cache", app.name);
    Some(Finding { code, severity: Severity::Warning, message: of + &message, place, advice: Some(advice.to_owned()) })
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

fn never_hit(plan: &Plan, app: &App, target: &TargetView<'_>, used: &Usage) -> String {
    let written = used.cache_write_5m + used.cache_write_1h;
    let start = plan.start.to_zoned(TimeZone::UTC).date();
    let by_token = target.lanes().iter().find(|lane| lane.access != Access::Purchased);
    let more = by_token.map(|lane| extra(lane.offer.rates_on(start), used));
    let more = more.map_or_else(String::new, |more| format!(", which cost {more} USD more than plain input"));
    format!("the cache of `{}` was never read: {} tokens were written to it{more}", app.name, Tokens(written))
}

/// What writing cost above the price of plain input.
fn extra(row: &RateRow, tokens: &Usage) -> Usd {
    let rates = &row.per_million;
    let above = |rate: Option<crate::units::UsdPerToken>, tokens: u64| {
        rate.map_or(Usd::ZERO, |rate| rate.times(tokens) - rates.input.times(tokens))
    };
    above(rates.cache_write_5m, tokens.cache_write_5m) + above(rates.cache_write_1h, tokens.cache_write_1h)
}
