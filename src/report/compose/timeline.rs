//! The tables by minute and by day.

use super::Evaluated;
use super::pool::minute_at;
use super::variant::line;
use crate::report::model::{DayLine, TimelineRow};
use crate::sim::MinuteRow;

/// One row a minute and application, minutes without traffic left out.
pub(super) fn rows(one: &Evaluated<'_>) -> Vec<TimelineRow> {
    let minutes = one.run.apps.iter().map(|record| record.minutes.len()).max().unwrap_or(0);
    let rows = (0..minutes).flat_map(|minute| {
        let apps = one.plan.apps.iter().zip(&one.run.apps);
        apps.filter_map(move |(app, record)| {
            let row = record.minutes.get(minute).filter(|row| **row != MinuteRow::default())?;
            Some(TimelineRow {
                variant: one.name.to_owned(),
                minute: minute_at(one.plan.start, minute),
                app: app.name.clone(),
                pool: one.plan.pools[app.pool].id.clone(),
                arrivals: row.arrivals.into(),
                attempts: row.attempts.into(),
                throttled_attempts: row.throttled.into(),
                gave_up: row.gave_up.into(),
                served: row.served.into(),
                truncated: row.truncated.into(),
                offered_tokens: row.offered,
                reserved_tokens: row.reserved,
                charged_tokens: row.charged,
                input_tokens: row.input,
                output_tokens: row.output,
            })
        })
    });
    rows.collect()
}

/// The bill by day, application and class.
pub(super) fn days(one: &Evaluated<'_>) -> Vec<DayLine> {
    let mut days: Vec<DayLine> = Vec::new();
    for billed in one.bill.lines() {
        days.push(DayLine { variant: one.name.to_owned(), day: billed.day, line: line(billed, one) });
    }
    days.sort_by_key(|row| row.day);
    days
}
