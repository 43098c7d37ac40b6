//! Hours of purchased capacity.

use crate::units::Micros;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The hours begun of a run by the UTC day in which they begin: capacity is billed by the hour.
#[must_use]
pub fn hours_by_day(start: Timestamp, span: Micros) -> Vec<(Date, u64)> {
    let mut days: Vec<(Date, u64)> = Vec::new();
    for hour in 0..span.0.div_ceil(Micros::HOUR.0) {
        let day = (start + SignedDuration::from_hours(hour as i64)).to_zoned(TimeZone::UTC).date();
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, hours)) => *hours += 1,
            None => days.push((day, 1)),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_belongs_to_the_day_in_which_it_begins_and_a_begun_one_is_whole() {
        let start = "2026-12-01T22:30:00Z".parse().unwrap();
        let hours = |minutes| hours_by_day(start, Micros(minutes * Micros::MINUTE.0));
        let told: Vec<_> = hours(121).into_iter().map(|(day, hours)| (day.day(), hours)).collect();
        assert_eq!(told, [(1, 2), (2, 1)]);
        assert_eq!((hours(0).len(), hours(60).len(), hours(1)[0].1), (0, 1, 1));
    }
}
