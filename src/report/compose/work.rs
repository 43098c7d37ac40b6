//! Tasks, and what retries did, in the report's words.

use super::Evaluated;
use super::variant::{money, percentiles};
use crate::ledger::{RetryTotals, TaskCost};
use crate::report::model;
use crate::sim::{self, AppRecord, minute_at};
use jiff::Timestamp;
use std::ops::Range;

/// Attempts of one minute, and those of them that were second or later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Attempts {
    pub(super) all: u64,
    pub(super) retries: u64,
}

impl Attempts {
    pub(super) fn first(self) -> u64 {
        self.all.saturating_sub(self.retries)
    }
}

/// The attempts of each minute of several applications.
pub(super) fn attempts<'a>(records: impl IntoIterator<Item = &'a AppRecord> + Clone) -> Vec<Attempts> {
    let all = AppRecord::together(records.clone());
    let mut minutes: Vec<Attempts> = all.iter().map(|row| Attempts { all: row.attempts.into(), retries: 0 }).collect();
    for row in records.into_iter().flat_map(retry_rows) {
        if let Some(minute) = minutes.get_mut(row.minute) {
            minute.retries += u64::from(row.attempts);
        }
    }
    minutes
}

/// The retries of an application on all its lanes.
fn retry_rows(record: &AppRecord) -> impl Iterator<Item = &sim::RetryRow> {
    (0..record.lanes.len().max(1)).flat_map(|lane| &record.lane(lane).retries)
}

/// The retries of an application within some minutes, on all its lanes; each lane has its rows in order of time.
pub(super) fn retries_within(record: &AppRecord, minutes: &Range<usize>) -> RetryTotals {
    let mut all = RetryTotals::default();
    for lane in 0..record.lanes.len().max(1) {
        let rows = &record.lane(lane).retries;
        let before = rows.partition_point(|row| row.minute < minutes.start);
        let within = rows[before..].iter().take_while(|row| row.minute < minutes.end);
        within.for_each(|row| all += row.into());
    }
    all
}

pub(super) fn retries(totals: &RetryTotals, start: Timestamp, records: &[&AppRecord]) -> model::Retries {
    model::Retries {
        attempts: totals.attempts,
        throttled_attempts: totals.throttled,
        cut: totals.cut,
        abandoned: totals.abandoned,
        cost: money(totals.cost),
        abandoned_cost: money(totals.abandoned_cost),
        worst_minute: worst_minute(start, &attempts(records.iter().copied())),
    }
}

fn worst_minute(start: Timestamp, minutes: &[Attempts]) -> Option<model::WorstMinute> {
    let (minute, worst) = worst(minutes)?;
    Some(model::WorstMinute {
        minute: minute_at(start, minute).to_string(),
        attempts: worst.all,
        first_attempts: worst.first(),
    })
}

/// The first minute with the most retries.
pub(super) fn worst(minutes: &[Attempts]) -> Option<(usize, Attempts)> {
    let retried = minutes.iter().copied().enumerate().filter(|(_, minute)| minute.retries > 0);
    retried.rev().max_by_key(|(_, minute)| minute.retries)
}

/// The tasks of one application; nothing when each is one call.
pub(super) fn tasks(one: &Evaluated<'_>, app: usize) -> Option<model::Tasks> {
    let tasks = one.run.apps[app].tasks.as_deref()?;
    let costs = one.outcome.task_costs.get(app).and_then(Option::as_ref);
    let line_peak = tasks.line.iter().copied().max().unwrap_or(0);
    let peak_at = tasks.line.iter().position(|waiting| *waiting == line_peak).filter(|_| line_peak > 0);
    Some(model::Tasks {
        begun: tasks.begun,
        done: tasks.done,
        failed: tasks.failed,
        blocked_before: tasks.blocked_before,
        blocked_after: tasks.blocked_after,
        shed: tasks.shed,
        dead: tasks.dead,
        open: tasks.open,
        conversations: tasks.conversations,
        cut_by_budget: tasks.cut_by_budget,
        direct: tasks.direct,
        subagents: tasks.subagents,
        escalated: tasks.escalated,
        fallen_back: tasks.fallen_back,
        redelivered: tasks.redelivered,
        calls: calls(tasks),
        cost: costs.and_then(cost),
        latency: percentiles([&tasks.e2e]),
        waited: percentiles([&tasks.waited]),
        visible_tokens: model::Share { part: tasks.visible_tokens, whole: tasks.tokens },
        line_peak: line_peak.into(),
        line_peak_minute: peak_at.map(|minute| minute_at(one.plan.start, minute).to_string()),
        at_once_peak: tasks.at_once.iter().copied().max().unwrap_or(0).into(),
    })
}

fn calls(tasks: &sim::Tasks) -> Option<model::CallsOfTask> {
    let calls = &tasks.calls;
    (calls.count() > 0).then(|| model::CallsOfTask {
        total: u64::try_from(calls.sum()).unwrap_or(u64::MAX),
        tasks: calls.count(),
        p50: calls.percentile(500),
        p99: calls.percentile(990),
        max: calls.max(),
    })
}

fn cost(costs: &TaskCost) -> Option<model::TaskCost> {
    let answered = &costs.answered;
    (answered.count() > 0).then(|| model::TaskCost {
        mean: money(answered.mean()),
        p50: money(answered.percentile(500)),
        p90: money(answered.percentile(900)),
        p99: money(answered.percentile(990)),
        max: money(answered.max()),
        all: money(costs.all),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{MinuteRow, RetryRow};

    fn record(attempts: &[u32], retries: &[(usize, u32)]) -> AppRecord {
        AppRecord {
            minutes: attempts
                .iter()
                .map(|attempts| MinuteRow { attempts: *attempts, ..MinuteRow::default() })
                .collect(),
            retries: retries
                .iter()
                .map(|(minute, attempts)| RetryRow { minute: *minute, attempts: *attempts, ..RetryRow::default() })
                .collect(),
            ..AppRecord::default()
        }
    }

    #[test]
    fn the_worst_minute_has_the_most_retries_of_all_apps_and_lanes() {
        let alone = record(&[10, 30, 20], &[(1, 8), (2, 12)]);
        let lanes = vec![record(&[0, 5], &[(1, 4)]), record(&[0, 5], &[(1, 1)])];
        let laned = AppRecord { lanes, ..record(&[0, 10], &[]) };
        let minutes = attempts([&alone, &laned]);
        assert_eq!(worst(&minutes), Some((1, Attempts { all: 40, retries: 13 })));
        assert_eq!(minutes[1].first(), 27);
        assert_eq!(worst(&attempts([&record(&[5], &[])])), None);
        assert_eq!(retries_within(&alone, &(0..2)).attempts, 8);
        assert_eq!(retries_within(&laned, &(1..2)).attempts, 5);
    }
}
