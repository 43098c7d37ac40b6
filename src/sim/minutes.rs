//! Where the minutes of a record lie in UTC.

use crate::units::Micros;
use jiff::{SignedDuration, Timestamp};
use std::ops::Range;

/// Minutes of a day.
pub const DAY_MINUTES: usize = 1_440;

/// The UTC minute of a row of a record; the first is the minute of the scenario's start.
#[must_use]
pub fn minute_at(start: Timestamp, minute: usize) -> Timestamp {
    let into = SignedDuration::from_micros(start.as_microsecond().rem_euclid(Micros::MINUTE.0 as i64));
    start - into + SignedDuration::from_secs(minute as i64 * 60)
}

/// Cuts the first `minutes` rows of a record into steps of UTC, for example hours or days; the first and
/// the last may be shorter.
pub fn steps(start: Timestamp, minutes: usize, step: usize) -> impl Iterator<Item = Range<usize>> {
    let into_step = start.as_second().div_euclid(60).rem_euclid(step as i64) as usize;
    let next = move |from: usize| {
        (from < minutes).then(|| from..((from + into_step) / step * step + step - into_step).min(minutes))
    };
    std::iter::successors(next(0), move |last| next(last.end))
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
