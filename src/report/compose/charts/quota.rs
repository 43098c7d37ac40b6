//! The tokens per minute of a pool over a run: one amount, or one after the other.

use super::super::Evaluated;
use super::super::pool::{finite, instant};
use crate::plan::Pool;
use crate::report::chart::Limit;
use crate::report::format::count;
use crate::sim::{MinuteRow, minute_at};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::ops::Range;

/// An amount and the minutes of the run for which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) minutes: Range<usize>,
    pub(super) amount: u64,
}

/// The steps of a pool's tokens per minute, over so many minutes; minutes without a limit are left out.
pub(super) fn steps(one: &Evaluated<'_>, pool: &Pool, minutes: usize) -> Vec<Step> {
    let Some(place) = pool.limits.iter().position(|limit| limit.is_tokens_of_a_minute()) else {
        return Vec::new();
    };
    let start = one.plan.start;
    let mut changes: Vec<_> = pool.changes.iter().filter(|change| change.limit == place).collect();
    changes.sort_by_key(|change| change.at);
    let later = changes.iter().filter(|change| change.at < one.run.end);
    let later = later.map(|change| (minute_of(start, instant(start, change.at)), change.amount));
    let amounts: Vec<(usize, u64)> = std::iter::once((0, pool.limits[place].amount)).chain(later).collect();
    let ends = amounts.iter().skip(1).map(|(from, _)| *from).chain([minutes]);
    let steps = amounts.iter().zip(ends).map(|((from, amount), end)| Step { minutes: *from..end, amount: *amount });
    steps.filter(|step| finite(step.amount).is_some() && !step.minutes.is_empty()).collect()
}

/// The row of a record in which an instant lies.
fn minute_of(start: Timestamp, at: Timestamp) -> usize {
    let into = at.as_second().div_euclid(60) - start.as_second().div_euclid(60);
    usize::try_from(into).unwrap_or(0)
}

/// Minutes that ask for more than holds for them.
pub(super) fn above(steps: &[Step], minutes: &[MinuteRow]) -> u64 {
    let over = |step: &Step| {
        let rows = &minutes[step.minutes.start.min(minutes.len())..step.minutes.end.min(minutes.len())];
        rows.iter().filter(|row| row.offered > step.amount).count() as u64
    };
    steps.iter().map(over).sum()
}

/// `300,000`; of several, `400,000, and 900,000 from 9 Dec`.
pub(super) fn words(steps: &[Step], start: Timestamp) -> String {
    let told = steps.iter().map(|step| match step.minutes.start {
        0 => count(step.amount),
        from => format!("{} from {}", count(step.amount), day(start, from)),
    });
    told.collect::<Vec<_>>().join(", and ")
}

/// The lines of a chart.
pub(super) fn lines(steps: &[Step], start: Timestamp) -> Vec<Limit> {
    let only = steps.len() == 1 && steps[0].minutes.start == 0;
    let line = |step: &Step| Limit {
        name: match step.minutes.start {
            _ if only => "quota".to_owned(),
            0 => "quota at first".to_owned(),
            from => format!("from {}", day(start, from)),
        },
        value: step.amount as f64,
        during: Some(step.minutes.clone()).filter(|_| !only),
    };
    steps.iter().map(line).collect()
}

fn day(start: Timestamp, minute: usize) -> String {
    minute_at(start, minute).to_zoned(TimeZone::UTC).strftime("%-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Timestamp {
        "2026-12-08T23:58:30Z".parse().unwrap()
    }

    fn granted() -> Vec<Step> {
        vec![Step { minutes: 0..2, amount: 400 }, Step { minutes: 2..5, amount: 900 }]
    }

    #[test]
    fn a_minute_is_held_against_the_amount_of_its_own_day() {
        let rows = [500, 400, 500, 901, 900].map(|offered| MinuteRow { offered, ..MinuteRow::default() });
        assert_eq!(above(&granted(), &rows), 2);
        assert_eq!(above(&granted(), &rows[..1]), 1, "a record may be shorter than the run");
        assert_eq!(above(&[], &rows), 0);
    }

    #[test]
    fn a_later_amount_is_told_with_its_day() {
        assert_eq!(words(&granted(), start()), "400, and 900 from 9 Dec");
        assert_eq!(words(&granted()[..1], start()), "400");
        let names: Vec<_> = lines(&granted(), start()).into_iter().map(|line| (line.name, line.during)).collect();
        assert_eq!(names, [("quota at first".to_owned(), Some(0..2)), ("from 9 Dec".to_owned(), Some(2..5))]);
    }

    #[test]
    fn midnight_is_the_row_in_which_it_lies() {
        assert_eq!(minute_of(start(), "2026-12-09T00:00:00Z".parse().unwrap()), 2);
        assert_eq!(minute_at(start(), 2).to_string(), "2026-12-09T00:00:00Z");
    }
}
