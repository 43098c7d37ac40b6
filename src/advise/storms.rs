//! Findings about retries that keep a pool from recovering.

use crate::bedrock::quota::{Limit, Measure, Window, charged_tokens};
use crate::bedrock::usage::Usage;
use crate::codes::Code;
use crate::plan::{Finding, Lane, Plan, Pool, Severity};
use crate::sim::{AppRecord, Run, minute_at};
use crate::units::{Micros, SimTime, Tokens};
use jiff::Timestamp;
use std::ops::Range;

/// Fewer minutes in a row are the rest of a surge, which ends by itself.
const SHORTEST_STORM: usize = 3;

/// What is asked of a limit in one minute.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    attempts: u64,
    retries: u64,
    /// By all attempts and by second and later ones, in what the limit counts.
    need: u64,
    need_of_retries: u64,
    /// Tokens that answers were charged, and those of them that retries and abandoned answers were.
    charged: u64,
    charged_for_retries: u64,
}

/// The longest storm on each limit that had one.
pub(super) fn storms(plan: &Plan, run: &Run) -> Vec<Finding> {
    let pools = plan.pools.iter().enumerate();
    let limits = pools.flat_map(|(number, pool)| Pool::limits_among(&plan.pools, number).map(move |at| (pool, at)));
    let by_minute = limits.zip(plan.limits()).filter(|(_, limit)| is_watched(limit));
    by_minute.filter_map(|((pool, at), limit)| storm(plan, run, pool, at, limit)).collect()
}

fn is_watched(limit: &Limit) -> bool {
    limit.period == Micros::MINUTE && matches!(limit.measure, Measure::Tokens | Measure::Requests)
}

fn storm(plan: &Plan, run: &Run, pool: &Pool, at: usize, limit: &Limit) -> Option<Finding> {
    let refused = run.refused_minutes.get(at)?;
    let asked = asked(plan, run, at, limit.measure);
    let amounts = amounts(plan, at, limit.amount, asked.len());
    let fits: Vec<bool> = asked.iter().zip(&amounts).map(|(asked, amount)| asked.fits(limit, *amount)).collect();
    let carries = plan.window != Window::ClockMinute;
    let stormy = |minute: usize| {
        let before = !carries || minute == 0 || fits[minute - 1];
        fits[minute] && before && refused.get(minute).is_some_and(|refused| *refused > 0)
    };
    let minutes = longest(asked.len(), stormy).filter(|minutes| minutes.len() >= SHORTEST_STORM)?;
    Some(finding(plan, pool, limit, &minutes, &asked, refused))
}

impl Asked {
    fn first_need(&self) -> u64 {
        self.need.saturating_sub(self.need_of_retries)
    }

    /// Without retries and abandoned answers the minute would have had room for everything.
    fn fits(&self, limit: &Limit, amount: u64) -> bool {
        let waited_for = self.charged.saturating_sub(self.charged_for_retries);
        self.first_need() <= amount && (limit.measure == Measure::Requests || waited_for <= amount)
    }
}

/// What all lanes that touch a limit ask of it, minute by minute.
fn asked(plan: &Plan, run: &Run, limit: usize, measure: Measure) -> Vec<Asked> {
    let mut minutes: Vec<Asked> = Vec::new();
    for (app, record) in plan.apps.iter().zip(&run.apps) {
        for (number, lane) in app.lanes.iter().enumerate() {
            if lane.route.limits().any(|touched| touched == limit) {
                add_lane(&mut minutes, plan.start, lane, record.lane(number), measure);
            }
        }
    }
    minutes
}

fn add_lane(minutes: &mut Vec<Asked>, start: Timestamp, lane: &Lane, record: &AppRecord, measure: Measure) {
    let longest = record.retries.last().map_or(0, |row| row.minute + 1).max(record.minutes.len());
    minutes.resize(minutes.len().max(longest), Asked::default());
    let in_units = |attempts: u32, tokens: u64| if measure == Measure::Requests { attempts.into() } else { tokens };
    for (sum, row) in minutes.iter_mut().zip(&record.minutes) {
        sum.attempts += u64::from(row.attempts);
        sum.need += in_units(row.attempts, row.offered);
        sum.charged += row.charged;
    }
    for row in &record.retries {
        let sum = &mut minutes[row.minute];
        sum.retries += u64::from(row.attempts);
        sum.need_of_retries += in_units(row.attempts, row.offered);
        let end = end_of(start, row.minute);
        sum.charged_for_retries += charge(lane, row.usage + row.abandoned_usage, end);
    }
}

/// When a minute of the record ends.
fn end_of(start: Timestamp, minute: usize) -> SimTime {
    let into = start.as_microsecond().rem_euclid(Micros::MINUTE.0 as i64) as u64;
    SimTime((minute as u64 + 1) * Micros::MINUTE.0 - into)
}

fn charge(lane: &Lane, usage: Usage, now: SimTime) -> u64 {
    let written = usage.cache_write_5m + usage.cache_write_1h;
    charged_tokens(usage.uncached_input, written, usage.output, lane.burndown.at(now))
}

/// The amount of a limit in each minute; of a minute in which it changes, the smaller one.
fn amounts(plan: &Plan, limit: usize, first: u64, minutes: usize) -> Vec<u64> {
    let mut changes: Vec<_> = plan.changes().into_iter().filter(|change| change.limit == limit).collect();
    changes.sort_by_key(|change| change.at);
    let before =
        |end: SimTime| changes.iter().rev().find(|change| change.at < end).map_or(first, |change| change.amount);
    let ends = (0..minutes).map(|minute| before(end_of(plan.start, minute)));
    ends.scan(first, |last, amount| Some(std::mem::replace(last, amount).min(amount))).collect()
}

/// The first of the longest runs of minutes of which something holds.
fn longest(minutes: usize, holds: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let mut best = 0..0;
    let mut open = 0..0;
    for minute in 0..minutes {
        if !holds(minute) {
            continue;
        }
        open = if open.end == minute { open.start..minute + 1 } else { minute..minute + 1 };
        if open.len() > best.len() {
            best = open.clone();
        }
    }
    (!best.is_empty()).then_some(best)
}

fn finding(
    plan: &Plan,
    pool: &Pool,
    limit: &Limit,
    minutes: &Range<usize>,
    asked: &[Asked],
    refused: &[u32],
) -> Finding {
    let storm = &asked[minutes.clone()];
    let at = |minute: usize| minute_at(plan.start, minute).strftime("%Y-%m-%d %H:%M UTC").to_string();
    let refused: u64 = refused[minutes.clone()].iter().map(|refused| u64::from(*refused)).sum();
    let most = storm.iter().map(Asked::first_need).max().unwrap_or(0);
    let worst = storm.iter().enumerate().rev().max_by_key(|(_, asked)| asked.retries);
    let (worst_at, worst) = worst.map_or((0, Asked::default()), |(at, asked)| (at, *asked));
    let first = worst.attempts.saturating_sub(worst.retries);
    Finding {
        code: Code::RetryStorm,
        severity: Severity::Error,
        message: format!(
            "from {} on, for {} minutes, retries and abandoned answers keep {} from recovering: its first attempts ask for at \
             most {} of {} {} in any of these minutes, and {} attempts are refused all the same. In the worst minute, {}, {} \
             attempts are made of {} calls{}",
            at(minutes.start),
            minutes.len(),
            pool.id,
            Tokens(most),
            Tokens(limit.amount),
            limit.name().replace('_', " "),
            Tokens(refused),
            at(minutes.start + worst_at),
            Tokens(worst.attempts),
            Tokens(first),
            times(worst.attempts, first)
        ),
        place: "apps.*.client".to_owned(),
        advice: Some(
            "fewer attempts, a mode with a retry quota or a rate limiter, longer timeouts: `tokencast compare-clients` tries \
             them"
                .to_owned(),
        ),
    }
}

/// `: 3.4 times as many`; nothing where nothing was sent for the first time.
fn times(attempts: u64, first: u64) -> String {
    let tenths = (attempts * 10 + first / 2).checked_div(first);
    tenths.map_or_else(String::new, |tenths| format!(": {}.{} times as many", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{sample_plan, sample_run};
    use crate::sim::{MinuteRow, RetryRow};

    /// By minute: tokens that first attempts and retries ask for, a thousand each, and refusals.
    fn found(minutes: &[(u64, u64, u32)], window: Window) -> Vec<Finding> {
        let mut plan = sample_plan();
        plan.window = window;
        let limit = plan.limits().position(|limit| limit.is_tokens_of_a_minute()).unwrap();
        let pool = plan.pools.iter_mut().find(|pool| pool.limits.iter().any(Limit::is_tokens_of_a_minute)).unwrap();
        pool.limits.iter_mut().filter(|limit| limit.is_tokens_of_a_minute()).for_each(|limit| limit.amount = 10_000);
        let attempts = |tokens: u64| (tokens / 1_000) as u32;
        let rows = minutes.iter().map(|(first, again, _)| MinuteRow {
            attempts: attempts(first + again),
            offered: first + again,
            ..MinuteRow::default()
        });
        let retries = minutes.iter().enumerate().map(|(minute, (_, again, _))| RetryRow {
            minute,
            attempts: attempts(*again),
            offered: *again,
            ..RetryRow::default()
        });
        let mut run =
            sample_run(AppRecord { minutes: rows.collect(), retries: retries.collect(), ..AppRecord::default() });
        run.refused_minutes = vec![Vec::new(); plan.limits().count()];
        run.refused_minutes[limit] = minutes.iter().map(|(.., refused)| *refused).collect();
        storms(&plan, &run)
    }

    #[test]
    fn a_storm_is_refusals_that_first_attempts_alone_would_not_meet() {
        let surge = [(30_000, 5_000, 25), (8_000, 20_000, 18), (8_000, 22_000, 20), (9_000, 21_000, 20), (2_000, 0, 0)];
        let (under_sliding, found) = (found(&surge, Window::SlidingMinute), found(&surge, Window::ClockMinute));
        let [storm] = &found[..] else { panic!("{found:?}") };
        assert_eq!(under_sliding, [], "the minute after the surge may still be full of it: two are left");
        for told in [
            "from 2026-12-31 23:31 UTC on, for 3 minutes",
            "at most 9,000 of 10,000 tokens per minute",
            "58 attempts are refused",
            "the worst minute, 2026-12-31 23:32 UTC, 30 attempts are made of 8 calls: 3.8 times as many",
        ] {
            assert!(storm.message.contains(told), "{told}: {}", storm.message);
        }
    }

    #[test]
    fn demand_beyond_the_limit_is_no_storm_nor_is_the_rest_of_a_surge() {
        let beyond = vec![(12_000, 20_000, 18); 10];
        assert_eq!(found(&beyond, Window::ClockMinute), []);
        let short = [(30_000, 0, 20), (8_000, 9_000, 7), (8_000, 3_000, 1), (8_000, 0, 0)];
        assert_eq!(found(&short, Window::ClockMinute), []);
        assert_eq!(found(&vec![(8_000, 1_000, 0); 10], Window::ClockMinute), [], "nothing is refused");
    }

    #[test]
    fn answers_that_are_charged_beyond_the_limit_are_no_storm_unless_nobody_waited_for_them() {
        let plan = sample_plan();
        let limit = Limit { measure: Measure::Tokens, amount: 10_000, period: Micros::MINUTE };
        let asked = Asked { need: 8_000, charged: 12_000, ..Asked::default() };
        assert!(!asked.fits(&limit, limit.amount));
        assert!(Asked { charged_for_retries: 2_000, ..asked }.fits(&limit, limit.amount));
        let usage = Usage { uncached_input: 100, cache_read: 7, cache_write_5m: 10, output: 5, ..Usage::default() };
        let times = u64::from(plan.apps[0].lanes[0].burndown.at(SimTime(0)));
        assert_eq!(charge(&plan.apps[0].lanes[0], usage, SimTime(0)), 110 + 5 * times);
    }
}
