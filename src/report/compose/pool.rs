//! The pools of a variant: limits, peaks, and what was refused when.

use super::{Evaluated, capacity};
use crate::bedrock::quota::Limit;
use crate::bedrock::tier::Tier;
use crate::plan::{Access, App, Lane, Pool};
use crate::report::model;
use crate::sim::{AppRecord, DAY_MINUTES, MinuteRow, minute_at, steps};
use crate::units::{Micros, SimTime};
use jiff::{SignedDuration, Timestamp};

pub(super) fn pools(one: &Evaluated<'_>) -> Vec<model::Pool> {
    let pools = one.plan.pools.iter().enumerate();
    let mut pools: Vec<_> = pools.map(|(number, pool)| self::pool(one, number, pool)).collect();
    // The pools that capacity is bought in first, then quotas of minutes, then those that span models.
    pools.sort_by_key(|pool| (pool.capacity.is_none(), pool.limit.is_none()));
    pools
}

fn pool(one: &Evaluated<'_>, number: usize, pool: &Pool) -> model::Pool {
    let limits = Pool::limits_among(&one.plan.pools, number);
    let refusals = &one.run.refusals[limits.clone()];
    let minutes = minutes(one, number);
    let name = |limit: &Limit| limit.name().to_owned();
    let refused = pool.limits.iter().zip(refusals).filter(|(_, count)| **count > 0);
    let throttled_attempts = refusals.iter().sum();
    let peak = |tokens: fn(&MinuteRow) -> u64| peak(one.plan.start, pool, &minutes, tokens);
    model::Pool {
        id: pool.id.clone(),
        limit: tokens_per_minute(pool),
        limits: pool.limits.iter().filter_map(|limit| Some((name(limit), finite(limit.amount)?))).collect(),
        reserved_peak: peak(|row| row.reserved),
        charged_peak: peak(|row| row.charged),
        throttled_attempts,
        by_limit: refused.map(|(limit, count)| (name(limit), *count)).collect(),
        throttled_when: throttled_when(one.plan.start, &one.run.refused_minutes[limits]),
        kind: kind(one, number),
        account: account(one, number),
        changes: changes(one, pool),
        capacity: capacity::capacity(one, number),
    }
}

/// An amount that can be reached; `Limit::NONE` is no limit.
pub(super) fn finite(amount: u64) -> Option<u64> {
    (amount < Limit::NONE).then_some(amount)
}

fn kind(one: &Evaluated<'_>, pool: usize) -> model::PoolKind {
    let mut lanes = one.plan.apps.iter().flat_map(|app| &app.lanes);
    match lanes.find(|lane| lane.pool == pool) {
        Some(Lane { access: Access::Purchased, offer, .. }) if offer.tier == Tier::Reserved => {
            model::PoolKind::Reserved
        }
        Some(Lane { access: Access::Purchased, .. }) => model::PoolKind::Provisioned,
        Some(Lane { access: Access::Batch(_), .. }) => model::PoolKind::Batch,
        _ => model::PoolKind::Quota,
    }
}

/// All lanes of a pool use the same account.
fn account(one: &Evaluated<'_>, pool: usize) -> Option<String> {
    let mut lanes = one.plan.apps.iter().flat_map(|app| &app.lanes);
    lanes.find(|lane| touches(&one.plan.pools, lane, pool)).and_then(|lane| lane.account.clone())
}

/// The amounts that limits take before the run ends.
fn changes(one: &Evaluated<'_>, pool: &Pool) -> Vec<model::LimitChange> {
    let mut changes: Vec<_> = pool.changes.iter().filter(|change| change.at < one.run.end).collect();
    changes.sort_by_key(|change| change.at);
    let change = |change: &crate::bedrock::quota::Change| model::LimitChange {
        limit: pool.limits[change.limit].name().to_owned(),
        from: instant(one.plan.start, change.at).to_string(),
        amount: finite(change.amount),
    };
    changes.into_iter().map(change).collect()
}

/// A simulated instant in UTC.
pub(super) fn instant(start: Timestamp, at: SimTime) -> Timestamp {
    start + SignedDuration::from_micros(at.0 as i64)
}

/// The most tokens in one minute, or in one UTC day of a pool that only days limit.
fn peak(start: Timestamp, pool: &Pool, minutes: &[MinuteRow], tokens: fn(&MinuteRow) -> u64) -> u64 {
    if pool.limits.is_empty() || pool.limits.iter().any(|limit| limit.period != Micros::DAY) {
        return minutes.iter().map(tokens).max().unwrap_or(0);
    }
    let days = steps(start, minutes.len(), DAY_MINUTES);
    days.map(|day| minutes[day].iter().map(tokens).sum()).max().unwrap_or(0)
}

/// The limit that capacity is usually bought by.
pub(super) fn tokens_per_minute(pool: &Pool) -> Option<u64> {
    let limit = pool.limits.iter().find(|limit| limit.is_tokens_of_a_minute());
    limit.and_then(|limit| finite(limit.amount))
}

/// What the applications of a pool did in each minute.
pub(super) fn minutes<'a>(one: &'a Evaluated<'_>, pool: usize) -> Vec<MinuteRow> {
    let lanes_of = |(app, record): (&'a App, &'a AppRecord)| {
        app.lanes.iter().enumerate().map(move |(number, lane)| (lane, record.lane(number)))
    };
    let lanes = one
        .plan
        .apps
        .iter()
        .zip(&one.run.apps)
        .flat_map(lanes_of)
        .filter(|(lane, _)| touches(&one.plan.pools, lane, pool));
    AppRecord::together(lanes.map(|(_, record)| record))
}

/// Whether calls of a lane draw from a pool, first or also.
fn touches(pools: &[Pool], lane: &Lane, pool: usize) -> bool {
    let limits = Pool::limits_among(pools, pool);
    lane.pool == pool || lane.route.limits().any(|limit| limits.contains(&limit))
}

/// When the limits of a pool refused attempts, whatever other pools refused in those minutes.
fn throttled_when(start: Timestamp, refused: &[Vec<u32>]) -> Option<model::ThrottledWhen> {
    let mut minutes = vec![0_u64; refused.iter().map(Vec::len).max().unwrap_or(0)];
    for of_limit in refused {
        minutes.iter_mut().zip(of_limit).for_each(|(sum, count)| *sum += u64::from(*count));
    }
    let throttled = || minutes.iter().enumerate().filter(|(_, count)| **count > 0);
    let (first, _) = throttled().next()?;
    let (last, _) = throttled().next_back()?;
    let (worst, count) = throttled().rev().max_by_key(|(_, count)| **count)?;
    let at = |minute| minute_at(start, minute).to_string();
    Some(model::ThrottledWhen {
        minutes: throttled().count() as u64,
        first_minute: at(first),
        last_minute: at(last),
        worst_minute: at(worst),
        worst_minute_throttled_attempts: *count,
    })
}
