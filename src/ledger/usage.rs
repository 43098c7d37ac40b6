//! What each application used on each day.

use crate::bedrock::usage::Usage;
use crate::sim::{AppRecord, DAY_MINUTES, minute_at, steps};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Tokens of one application on one UTC day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayUsage {
    /// The day.
    pub day: Date,
    /// The tokens of calls that were settled on it.
    pub usage: Usage,
}

/// Sums the minutes of each UTC day, from the day of `start` to the last with traffic.
#[must_use]
pub fn usage_by_day(record: &AppRecord, start: Timestamp) -> Vec<DayUsage> {
    let days = steps(start, record.minutes.len(), DAY_MINUTES);
    let summed = days.map(|day| {
        let minutes = &record.minutes[day.clone()];
        let usage = minutes.iter().fold(Usage::default(), |sum, row| sum + row.usage);
        DayUsage { day: minute_at(start, day.start).to_zoned(TimeZone::UTC).date(), usage }
    });
    summed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::MinuteRow;

    #[test]
    fn a_day_ends_at_midnight_utc_wherever_the_run_begins() {
        let usage = Usage { uncached_input: 1, output: 2, ..Usage::default() };
        let minutes = vec![MinuteRow { usage, ..MinuteRow::default() }; 1_500];
        let record = AppRecord { minutes, ..AppRecord::default() };
        let days = usage_by_day(&record, "2026-12-31T23:58:30Z".parse().unwrap());
        let inputs: Vec<_> = days.iter().map(|day| (day.day.to_string(), day.usage.uncached_input)).collect();
        assert_eq!(
            inputs,
            [("2026-12-31".to_owned(), 2), ("2027-01-01".to_owned(), 1_440), ("2027-01-02".to_owned(), 58)]
        );
        assert_eq!(days.iter().map(|day| day.usage.output).sum::<u64>(), 3_000);
    }
}
