//! How traffic follows the hours of the day and of the week.

use crate::units::Micros;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;

const DAY: usize = 24;
const WEEK: usize = 7 * DAY;

/// How traffic follows the hours of the day and of the week: hours as clocks on the wall show them. In the night when
/// clocks are set back, one hour counts what two hours brought; when they are set forward, one has no calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Calls by hour of the day, from midnight on.
    pub by_hour_of_day: Vec<u64>,
    /// Calls by hour of the week, from midnight before Monday on.
    pub by_hour_of_week: Vec<u64>,
    /// How often each hour of the week comes between the first call and the last, their hours among them.
    pub hours_of_week: Vec<u64>,
    /// Hours that the trace covers from beginning to end.
    pub whole_hours: u64,
    /// How much the hour of the day explains; nothing below two days, and where all hours are alike.
    pub daily: Option<Strength>,
    /// How much the hour of the week explains; nothing below two weeks, and where all hours are alike.
    pub weekly: Option<Strength>,
    /// The expected calls of each hour of the week, by the best of what is known.
    usual: Vec<f64>,
    zone: TimeZone,
}

/// How much of the variance of hourly counts an hour of the day, or of the week, explains.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Strength {
    /// The share of the variance that lies between the means of the hours: R squared. One where every day, or week, is
    /// like the others.
    pub share: f64,
    /// The share that would lie there by chance, were the hours alike: large where there are few days, or weeks.
    pub by_chance: f64,
}

/// Counts by hour: as many as the trace has hours with calls.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    zone: TimeZone,
    counts: BTreeMap<i64, u64>,
    first_us: Option<i64>,
    last_us: i64,
    /// The quarter of an hour that was asked for last, and its offset: offsets change at quarters at the earliest.
    offset: Option<(i64, i64)>,
}

const QUARTER_US: i64 = Micros::HOUR.0 as i64 / 4;

impl Hours {
    pub(super) fn new(zone: &TimeZone) -> Self {
        Self { zone: zone.clone(), counts: BTreeMap::new(), first_us: None, last_us: 0, offset: None }
    }

    pub(super) fn take(&mut self, at_us: i64) {
        self.first_us.get_or_insert(at_us);
        self.last_us = at_us;
        let quarter = at_us.div_euclid(QUARTER_US);
        let offset = match self.offset {
            Some((known, offset)) if known == quarter => offset,
            _ => offset_us(&self.zone, at_us),
        };
        self.offset = Some((quarter, offset));
        *self.counts.entry(hour_of(at_us.saturating_add(offset))).or_default() += 1;
    }

    pub(super) fn done(self) -> Shape {
        let mut shape = Shape::empty(self.zone);
        for (hour, count) in &self.counts {
            shape.by_hour_of_day[of_week(*hour) % DAY] += count;
            shape.by_hour_of_week[of_week(*hour)] += count;
        }
        let (Some((first, _)), Some((last, _))) = (self.counts.first_key_value(), self.counts.last_key_value()) else {
            return shape;
        };
        let all = Whole { counts: &self.counts, first: *first, count: last.abs_diff(*first) + 1 };
        shape.hours_of_week = all.by(WEEK).into_iter().map(|(hours, _)| hours).collect();
        // The trace begins and ends inside of an hour.
        shape.whole_hours = (last - first).saturating_sub(1).max(0).unsigned_abs();
        let whole = Whole { counts: &self.counts, first: first + 1, count: shape.whole_hours };
        shape.daily = whole.strength(DAY);
        shape.weekly = whole.strength(WEEK);
        let span_us = self.first_us.map_or(0, |first| self.last_us.abs_diff(first));
        shape.usual = whole.usual(self.counts.values().sum(), span_us);
        shape
    }
}

impl Shape {
    fn empty(zone: TimeZone) -> Self {
        let [by_hour_of_week, hours_of_week] = [vec![0; WEEK], vec![0; WEEK]];
        let by_hour_of_day = vec![0; DAY];
        Self {
            by_hour_of_day,
            by_hour_of_week,
            hours_of_week,
            whole_hours: 0,
            daily: None,
            weekly: None,
            usual: Vec::new(),
            zone,
        }
    }

    /// Calls to be expected in a time as usual.
    pub(super) fn expected(&self, at_us: i64, length_us: u64) -> f64 {
        let hour_us = Micros::HOUR.0 as i64;
        let mut from = at_us.saturating_add(offset_us(&self.zone, at_us));
        let end = from.saturating_add_unsigned(length_us);
        let (mut expected, mut hours) = (0.0, 0);
        while from < end && hours < WEEK {
            let next = end.min((hour_of(from) + 1).saturating_mul(hour_us));
            let usual = self.usual.get(of_week(hour_of(from))).copied().unwrap_or(0.0);
            expected += usual * (next - from) as f64 / hour_us as f64;
            from = next;
            hours += 1;
        }
        expected
    }
}

/// Hours that follow each other.
struct Whole<'a> {
    counts: &'a BTreeMap<i64, u64>,
    first: i64,
    count: u64,
}

impl Whole<'_> {
    /// The number and the calls of each hour of a day, or of a week.
    fn by(&self, period: usize) -> Vec<(u64, u64)> {
        let (rounds, rest) = (self.count / period as u64, self.count as usize % period);
        let mut found = vec![(rounds, 0); period];
        let place = |hour: i64| of_week(hour) % period;
        for after in 0..rest {
            found[(place(self.first) + after) % period].0 += 1;
        }
        self.each().for_each(|(hour, calls)| found[place(hour)].1 += calls);
        found
    }

    fn each(&self) -> impl Iterator<Item = (i64, u64)> {
        let end = self.first.saturating_add_unsigned(self.count);
        self.counts.range(self.first..end).map(|(hour, calls)| (*hour, *calls))
    }

    /// Two rounds, but for the hours that the trace begins and ends in.
    fn covers_twice(&self, period: usize) -> bool {
        self.count + 2 >= 2 * period as u64
    }

    fn strength(&self, period: usize) -> Option<Strength> {
        let count = self.count as f64;
        let sum: u64 = self.each().map(|(_, calls)| calls).sum();
        let squares: u128 = self.each().map(|(_, calls)| u128::from(calls) * u128::from(calls)).sum();
        let about = sum as f64 * sum as f64 / count.max(1.0);
        let all = squares as f64 - about;
        let by_place = self.by(period).into_iter().filter(|(hours, _)| *hours > 0);
        let between: f64 = by_place.map(|(hours, calls)| calls as f64 * calls as f64 / hours as f64).sum();
        let told = self.covers_twice(period) && all > 1e-9 * about;
        told.then(|| Strength {
            share: ((between - about) / all).clamp(0.0, 1.0),
            by_chance: (period as f64 - 1.0) / (count - 1.0),
        })
    }

    /// By hour of the week, of the day, or the same at all hours.
    fn usual(&self, calls: u64, span_us: u64) -> Vec<f64> {
        let period = [WEEK, DAY].into_iter().find(|period| self.covers_twice(*period));
        let Some(period) = period else {
            let mean = calls as f64 * Micros::HOUR.0 as f64 / span_us.max(1) as f64;
            return vec![mean; WEEK];
        };
        let by_place = self.by(period);
        let mean = |(hours, calls): (u64, u64)| calls as f64 / hours.max(1) as f64;
        (0..WEEK).map(|hour| mean(by_place[hour % period])).collect()
    }
}

/// The hour of the week of an hour counted from the epoch, which was a Thursday; Monday's first is 0.
fn of_week(hour: i64) -> usize {
    (hour + 3 * DAY as i64).rem_euclid(WEEK as i64) as usize
}

fn hour_of(at_us: i64) -> i64 {
    at_us.div_euclid(Micros::HOUR.0 as i64)
}

fn offset_us(zone: &TimeZone, at_us: i64) -> i64 {
    let offset = Timestamp::from_microsecond(at_us).map_or(Offset::UTC, |at| zone.to_offset(at));
    i64::from(offset.seconds()) * Micros::SECOND.0 as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = Micros::HOUR.0 as i64;

    /// So many calls in each hour from an instant on.
    fn shape(zone: &TimeZone, start: &str, counts: impl Iterator<Item = u64>) -> Shape {
        let start = start.parse::<Timestamp>().expect("an instant").as_microsecond();
        let mut hours = Hours::new(zone);
        for (hour, count) in (0..).zip(counts) {
            (0..count).for_each(|n| hours.take(start + hour * HOUR + n as i64));
        }
        hours.done()
    }

    fn share(strength: Option<Strength>) -> f64 {
        strength.expect("enough days").share
    }

    #[test]
    fn a_strictly_daily_trace_has_strength_one_and_so_it_has_by_the_week() {
        let found = shape(&TimeZone::UTC, "2026-11-02T00:00:00Z", (0..24 * 21).map(|hour| 1 + hour % 24));
        assert!((share(found.daily) - 1.0).abs() < 1e-12 && (share(found.weekly) - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(found.by_hour_of_day, (1..=24).map(|count| count * 21).collect::<Vec<_>>());
        assert_eq!(found.whole_hours, 24 * 21 - 2);
        assert_eq!(found.hours_of_week, [3; WEEK]);
    }

    #[test]
    fn quiet_sundays_are_weekly_and_not_daily() {
        // 2 November 2026 is a Monday.
        let counts = (0..24 * 21).map(|hour| if hour / 24 % 7 == 6 { 1 } else { 9 });
        let found = shape(&TimeZone::UTC, "2026-11-02T00:00:00Z", counts);
        assert!(share(found.weekly) > 0.999 && share(found.daily) < 0.01, "{found:?}");
        assert_eq!(found.by_hour_of_week[6 * 24 + 5], 3);
    }

    #[test]
    fn two_days_tell_of_days_and_two_weeks_of_weeks() {
        let days =
            |hours: i64| shape(&TimeZone::UTC, "2026-11-02T00:00:00Z", (0..hours as u64).map(|hour| 1 + hour % 24));
        assert!(days(47).daily.is_none() && days(48).daily.is_some() && days(48).weekly.is_none());
        assert!(days(24 * 14).weekly.is_some());
        let alike = shape(&TimeZone::UTC, "2026-11-02T00:00:00Z", std::iter::repeat_n(3, 24 * 7));
        assert_eq!(alike.daily, None, "hours that are all alike leave nothing to explain");
    }

    #[test]
    fn hours_are_those_of_the_wall() {
        let zone = TimeZone::get("Asia/Kolkata").expect("a zone");
        let found = shape(&zone, "2026-11-02T03:30:00Z", std::iter::once(7));
        assert_eq!((found.by_hour_of_day[9], found.by_hour_of_week[9]), (7, 7), "9:00 on a Monday");
    }

    #[test]
    fn what_is_expected_follows_the_hours() {
        let found = shape(&TimeZone::UTC, "2026-11-02T00:00:00Z", (0..24 * 9).map(|hour| 60 * (hour % 24 / 12)));
        let monday = "2026-11-09T11:30:00Z".parse::<Timestamp>().expect("an instant").as_microsecond();
        assert!((found.expected(monday, 3_600_000_000) - 30.0).abs() < 1e-9, "half an hour of none, half of sixty");
    }
}
