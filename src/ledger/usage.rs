//! What each application used in each period.

use crate::bedrock::usage::Usage;
use crate::sim::{AppRecord, minute_at, steps};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Tokens of one application in one period of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodUsage {
    /// When the period begins; the first one, when the record does.
    pub from: Timestamp,
    /// The day that it lies in.
    pub day: Date,
    /// The tokens of calls that were settled in it.
    pub usage: Usage,
    /// Of them, those of calls with a long input.
    pub long: Usage,
}

/// Sums the minutes of each period of so many minutes of UTC that divide a day, from that of `start` to the last with
/// traffic.
#[must_use]
pub fn usage_by(record: &AppRecord, start: Timestamp, minutes: usize) -> Vec<PeriodUsage> {
    let mut long = record.long.iter().peekable();
    let periods = steps(start, record.minutes.len(), minutes);
    let summed = periods.map(|period| {
        let usage = record.minutes[period.clone()].iter().fold(Usage::default(), |sum, row| sum + row.usage);
        let mut of_long = Usage::default();
        while let Some(row) = long.next_if(|row| row.minute < period.end) {
            of_long += row.usage;
        }
        let from = minute_at(start, period.start);
        PeriodUsage { from, day: from.to_zoned(TimeZone::UTC).date(), usage, long: of_long }
    });
    summed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{DAY_MINUTES, LongRow, MinuteRow};

    fn used(uncached_input: u64, output: u64) -> Usage {
        Usage { uncached_input, output, ..Usage::default() }
    }

    #[test]
    fn a_day_ends_at_midnight_utc_wherever_the_run_begins() {
        let minutes = vec![MinuteRow { usage: used(1, 2), ..MinuteRow::default() }; 1_500];
        let record = AppRecord { minutes, ..AppRecord::default() };
        let days = usage_by(&record, "2026-12-31T23:58:30Z".parse().unwrap(), DAY_MINUTES);
        let inputs: Vec<_> = days.iter().map(|day| (day.day.to_string(), day.usage.uncached_input)).collect();
        assert_eq!(
            inputs,
            [("2026-12-31".to_owned(), 2), ("2027-01-01".to_owned(), 1_440), ("2027-01-02".to_owned(), 58)]
        );
        assert_eq!(days.iter().map(|day| day.usage.output).sum::<u64>(), 3_000);
    }

    #[test]
    fn long_calls_are_a_part_of_their_period() {
        let minutes = vec![MinuteRow { usage: used(2, 0), ..MinuteRow::default() }; 130];
        let long = [0, 59, 60, 129].map(|minute| LongRow { minute, usage: used(1, 0) }).to_vec();
        let record = AppRecord { minutes, long, ..AppRecord::default() };
        let hours = usage_by(&record, "2026-12-01T00:00:00Z".parse().unwrap(), 60);
        let inputs: Vec<_> = hours.iter().map(|hour| (hour.usage.uncached_input, hour.long.uncached_input)).collect();
        assert_eq!(inputs, [(120, 2), (120, 1), (20, 1)]);
        assert_eq!(hours[1].from.to_string(), "2026-12-01T01:00:00Z");
    }
}
