//! The tables over time and by day.

use super::Evaluated;
use super::pool::minute_at;
use super::variant::line;
use crate::plan::App;
use crate::report::model::{DayLine, TimelineRow};
use crate::sim::MinuteRow;
use jiff::Timestamp;
use std::ops::Range;

/// The most rows that an application gets: two days of minutes, about four months of hours.
const MOST_ROWS: usize = 3_000;

/// One row a step and application, steps without traffic left out.
///
/// A step is a minute; an hour or a UTC day where that would make too many rows.
pub(super) fn rows(one: &Evaluated<'_>) -> Vec<TimelineRow> {
    let minutes = one.run.apps.iter().map(|record| record.minutes.len()).max().unwrap_or(0);
    let step = [1, 60].into_iter().find(|step| minutes / step <= MOST_ROWS).unwrap_or(1_440);
    let apps = || one.plan.apps.iter().zip(&one.run.apps);
    let rows = steps(one.plan.start, minutes, step).flat_map(|minutes| {
        apps().filter_map(move |(app, record)| {
            let end = minutes.end.min(record.minutes.len());
            let mut sum = MinuteRow::default();
            record.minutes.get(minutes.start..end)?.iter().for_each(|row| sum += *row);
            (sum != MinuteRow::default()).then(|| row(one, app, &minutes, sum))
        })
    });
    rows.collect()
}

/// Cuts minutes into steps of UTC; the first and the last may be shorter.
fn steps(start: Timestamp, minutes: usize, step: usize) -> impl Iterator<Item = Range<usize>> {
    let into_step = start.as_second().div_euclid(60).rem_euclid(step as i64) as usize;
    let next = move |from: usize| {
        (from < minutes).then(|| from..((from + into_step) / step * step + step - into_step).min(minutes))
    };
    std::iter::successors(next(0), move |last| next(last.end))
}

fn row(one: &Evaluated<'_>, app: &App, minutes: &Range<usize>, sum: MinuteRow) -> TimelineRow {
    TimelineRow {
        variant: one.name.to_owned(),
        minute: minute_at(one.plan.start, minutes.start),
        app: app.name.clone(),
        pool: one.plan.pools[app.pool].id.clone(),
        arrivals: sum.arrivals.into(),
        attempts: sum.attempts.into(),
        throttled_attempts: sum.throttled.into(),
        gave_up: sum.gave_up.into(),
        served: sum.served.into(),
        truncated: sum.truncated.into(),
        offered_tokens: sum.offered,
        reserved_tokens: sum.reserved,
        charged_tokens: sum.charged,
        input_tokens: sum.input,
        output_tokens: sum.output,
        minutes: minutes.len() as u64,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_at_whole_hours_and_leave_no_minute_out() {
        let start = "2026-12-01T00:58:30Z".parse().unwrap();
        assert_eq!(steps(start, 70, 60).collect::<Vec<_>>(), [0..2, 2..62, 62..70]);
        assert_eq!(steps(start, 3, 1).collect::<Vec<_>>(), [0..1, 1..2, 2..3]);
        assert_eq!(steps(start, 0, 60).count(), 0);
    }
}
