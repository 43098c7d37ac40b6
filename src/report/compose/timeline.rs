//! The tables over time and by day.

use super::Evaluated;
use super::work::retries_within;
use crate::plan::App;
use crate::report::model::TimelineRow;
use crate::sim::{AppRecord, DAY_MINUTES, MinuteRow, minute_at, steps};
use std::ops::Range;

/// The most rows that an application gets: two days of minutes, about four months of hours.
const MOST_ROWS: usize = 3_000;

/// One row a step and application, steps without traffic left out.
///
/// A step is a minute; an hour or a UTC day where that would make too many rows.
pub(super) fn rows(one: &Evaluated<'_>) -> Vec<TimelineRow> {
    let minutes = one.run.apps.iter().map(|record| record.minutes.len()).max().unwrap_or(0);
    let step = [1, 60].into_iter().find(|step| minutes / step <= MOST_ROWS).unwrap_or(DAY_MINUTES);
    let apps = || one.plan.apps.iter().zip(&one.run.apps);
    let rows = steps(one.plan.start, minutes, step).flat_map(|minutes| {
        apps().filter_map(move |(app, record)| {
            let end = minutes.end.min(record.minutes.len());
            let busy = record.minutes.get(minutes.start..end)?;
            busy.iter().any(|row| *row != MinuteRow::default()).then(|| row(one, app, record, &minutes))
        })
    });
    rows.collect()
}

fn row(one: &Evaluated<'_>, app: &App, record: &AppRecord, minutes: &Range<usize>) -> TimelineRow {
    let busy = &record.minutes[minutes.start..minutes.end.min(record.minutes.len())];
    let retries = retries_within(record, minutes);
    let sum = |count: fn(&MinuteRow) -> u64| busy.iter().map(count).sum();
    TimelineRow {
        variant: one.name.to_owned(),
        minute: minute_at(one.plan.start, minutes.start),
        app: app.name.clone(),
        pool: one.plan.pools[app.first().pool].id.clone(),
        arrivals: sum(|row| row.arrivals.into()),
        attempts: sum(|row| row.attempts.into()),
        throttled_attempts: sum(|row| row.throttled.into()),
        gave_up: sum(|row| row.gave_up.into()),
        served: sum(|row| row.served.into()),
        truncated: sum(|row| row.truncated.into()),
        offered_tokens: sum(|row| row.offered),
        reserved_tokens: sum(|row| row.reserved),
        charged_tokens: sum(|row| row.charged),
        input_tokens: sum(|row| row.usage.total_input()),
        output_tokens: sum(|row| row.usage.output),
        minutes: minutes.len() as u64,
        unavailable_attempts: sum(|row| row.unavailable.into()),
        spilled: sum(|row| row.spilled.into()),
        cache_read_tokens: sum(|row| row.usage.cache_read),
        cache_write_tokens: sum(|row| row.usage.cache_write_5m + row.usage.cache_write_1h),
        retries: retries.attempts,
        retries_cut: retries.cut,
        abandoned: retries.abandoned,
        line: longest_line(record, minutes),
    }
}

fn longest_line(record: &AppRecord, minutes: &Range<usize>) -> u64 {
    let line = record.tasks.as_deref().map_or(&[][..], |tasks| &tasks.line);
    let inside = line.iter().take(minutes.end).skip(minutes.start);
    inside.copied().max().unwrap_or(0).into()
}
