//! The time axis: ticks at round moments of UTC, and times in words.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const SHORT_MONTH: i64 = 28 * DAY;

const SECOND_STEPS: [i64; 20] = [
    1,
    5,
    10,
    15,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    WEEK,
    2 * WEEK,
];
const MONTH_STEPS: [i32; 8] = [1, 2, 3, 6, 12, 24, 60, 120];

/// Weeks start on a Monday; the epoch was a Thursday.
const FIRST_MONDAY: i64 = 4 * DAY;

/// A labelled moment on the time axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TimeTick {
    /// Seconds since the axis began.
    pub seconds: i64,
    pub label: String,
}

/// Ticks at round moments of UTC within `span_seconds` of `start`, at least `apart_seconds` apart.
pub(super) fn ticks(start: Timestamp, span_seconds: i64, apart_seconds: i64) -> Vec<TimeTick> {
    if let Some(step) = SECOND_STEPS.into_iter().find(|step| *step >= apart_seconds) {
        return within(start, span_seconds, every_seconds(start, step), label);
    }
    let step =
        MONTH_STEPS.into_iter().find(|months| i64::from(*months) * SHORT_MONTH >= apart_seconds).unwrap_or(12_000);
    within(start, span_seconds, every_months(start, step), month_label)
}

/// `2026-12-01 14:05`, with seconds when there are any.
pub(super) fn minute(time: Timestamp) -> String {
    let moment = utc(time);
    let shape = if moment.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    moment.strftime(shape).to_string()
}

/// `2026-12-01 14:05 to 14:10`, with the second day when that is another.
pub(super) fn period(start: Timestamp, end: Timestamp) -> String {
    let (first, last) = (utc(start), utc(end));
    let end = minute(end);
    let end = match end.split_once(' ') {
        Some((_, clock)) if first.date() == last.date() => clock,
        _ => &end,
    };
    format!("{} to {end}", minute(start))
}

/// `2026-12-01 to 2026-12-08 UTC`, or the one day.
pub(super) fn days(start: Timestamp, end: Timestamp) -> String {
    let (first, last) = (utc(start).date(), utc(end).date());
    if first == last { format!("{first} UTC") } else { format!("{first} to {last} UTC") }
}

/// So many seconds after `start`; the end of time when that is out of reach.
pub(super) fn after(start: Timestamp, seconds: i64) -> Timestamp {
    start.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

fn within(
    start: Timestamp,
    span_seconds: i64,
    moments: impl Iterator<Item = Timestamp>,
    label: impl Fn(DateTime) -> String,
) -> Vec<TimeTick> {
    let end = after(start, span_seconds);
    moments
        .skip_while(|moment| *moment < start)
        .take_while(|moment| *moment <= end)
        .map(|moment| TimeTick { seconds: moment.as_second() - start.as_second(), label: label(utc(moment)) })
        .collect()
}

fn every_seconds(start: Timestamp, step: i64) -> impl Iterator<Item = Timestamp> {
    let origin = if step % WEEK == 0 { FIRST_MONDAY } else { 0 };
    let first = (start.as_second() - origin).div_euclid(step) * step + origin;
    (0..).map_while(move |index| Timestamp::from_second(first + index * step).ok())
}

fn every_months(start: Timestamp, step: i32) -> impl Iterator<Item = Timestamp> {
    let day = utc(start).date();
    let month = i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let first = month.div_euclid(step) * step;
    (0..).map_while(move |index| first_of_month(first + index * step))
}

/// The beginning of a month, counted from January of year 0.
fn first_of_month(month: i32) -> Option<Timestamp> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let month = i8::try_from(month.rem_euclid(12) + 1).ok()?;
    let date = Date::new(year, month, 1).ok()?;
    TimeZone::UTC.to_timestamp(date.into()).ok()
}

fn label(moment: DateTime) -> String {
    let shape = match (moment.hour(), moment.minute(), moment.second()) {
        (0, 0, 0) => "%-d %b",
        (_, _, 0) => "%H:%M",
        _ => "%H:%M:%S",
    };
    moment.strftime(shape).to_string()
}

fn month_label(moment: DateTime) -> String {
    let shape = if moment.month() == 1 { "%Y" } else { "%b" };
    moment.strftime(shape).to_string()
}

fn utc(time: Timestamp) -> DateTime {
    TimeZone::UTC.to_datetime(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(start: &str, span_seconds: i64) -> Vec<String> {
        let start = start.parse().expect("a timestamp");
        let ticks = ticks(start, span_seconds, span_seconds / 7);
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_land_on_round_hours_of_utc() {
        let start: Timestamp = "2026-12-01T21:17:00Z".parse().expect("a timestamp");
        let ticks = ticks(start, 12 * HOUR, 100 * MINUTE);
        assert_eq!(ticks[0].seconds, 43 * MINUTE);
        assert!(ticks.iter().all(|tick| (start.as_second() + tick.seconds) % (2 * HOUR) == 0));
        assert_eq!(ticks[0].label, "22:00");
        assert_eq!(ticks[1].label, "2 Dec");
    }

    #[test]
    fn a_week_of_minutes_has_a_tick_per_day() {
        let days = ["1 Dec", "2 Dec", "3 Dec", "4 Dec", "5 Dec", "6 Dec", "7 Dec"];
        assert_eq!(labels("2026-12-01T00:00:00Z", WEEK - MINUTE), days);
    }

    #[test]
    fn weeks_begin_on_mondays_and_years_have_names() {
        assert_eq!(labels("2026-12-01T00:00:00Z", 20 * DAY)[0], "7 Dec");
        assert_eq!(labels("2026-11-15T12:00:00Z", 150 * DAY), ["Dec", "2027", "Feb", "Mar", "Apr"]);
    }

    #[test]
    fn a_single_moment_and_the_end_of_time() {
        assert_eq!(labels("2026-12-01T14:05:00Z", 0), ["14:05"]);
        assert!(labels("9999-12-30T00:00:00Z", i64::MAX).len() < 9);
    }
}
