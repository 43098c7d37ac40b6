//! Hours of purchased capacity: paid for when they begin, and how much of each day's was used.

use super::utilisation::{Use, drawing};
use crate::plan::{Plan, Purchase};
use crate::sim::{MinuteRow, Run};
use crate::units::{Micros, Usd};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::ops::Range;

/// Capacity is billed in so many parts of an hour, so that what was used and what was idle are whole; a price of nine
/// decimals is whole femtodollars for each.
pub const HOUR_PARTS: u64 = 1_000_000;

/// The price of a part of an hour.
#[must_use]
pub fn of_part(per_hour: Usd) -> Usd {
    per_hour.scaled(1, HOUR_PARTS)
}

/// The hours of purchased capacity that begin on one UTC day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayOfUse {
    pub(super) day: Date,
    pub(super) hours: u64,
    /// Tokens of the minutes of these hours.
    pub(super) input: Use,
    pub(super) output: Use,
}

/// Parts of the hours of a fee, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) used: u64,
    pub(super) idle: u64,
}

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

/// The hours begun of a run with what was used in them of a pool that was bought.
pub(super) fn days_of_use(plan: &Plan, run: &Run, pool: usize, purchase: &Purchase) -> Vec<DayOfUse> {
    let minutes_of_run = run.span().0.div_ceil(Micros::MINUTE.0);
    let days = hours_by_day(plan.start, run.span());
    let mut first = 0;
    let count = days.len();
    let used = days.into_iter().enumerate().map(|(number, (day, hours))| {
        let minutes = first..(first + 60 * hours).min(minutes_of_run);
        first += 60 * hours;
        let bought = |tpm: u64| tpm.saturating_mul(minutes.end - minutes.start);
        // What a run of begun minutes has behind its last whole one belongs to its last day.
        let rows = minutes.start..if number + 1 == count { u64::MAX } else { minutes.end };
        let input = tokens(plan, run, pool, &rows, |row| row.charged);
        let output = tokens(plan, run, pool, &rows, |row| row.usage.output);
        let input = Use { used: input, bought: bought(purchase.input_tpm) };
        DayOfUse { day, hours, input, output: Use { used: output, bought: bought(purchase.output_tpm) } }
    });
    used.collect()
}

fn tokens(plan: &Plan, run: &Run, pool: usize, minutes: &Range<u64>, count: fn(&MinuteRow) -> u64) -> u64 {
    let of_lane = |minutes_of_lane: &[MinuteRow]| -> u64 {
        let at = |minute: u64| usize::try_from(minute).unwrap_or(usize::MAX).min(minutes_of_lane.len());
        minutes_of_lane[at(minutes.start)..at(minutes.end)].iter().map(count).sum()
    };
    drawing(plan, run, pool).map(|(.., lane)| of_lane(&lane.minutes)).sum()
}

impl DayOfUse {
    /// What a fee pays for. Input and output that are sold apart are used apart; a model unit is as busy as the busier
    /// of the two.
    pub(super) fn usage(&self, purchase: &Purchase, fee: usize) -> Use {
        match (purchase.fees.len(), fee) {
            (2, 0) => self.input,
            (2, _) => self.output,
            _ => self.input.busier(self.output),
        }
    }

    /// The parts of the hours of a fee, the idle ones rounded to the nearest.
    pub(super) fn of_fee(&self, purchase: &Purchase, fee: usize) -> Parts {
        let all = purchase.fees[fee].units * self.hours * HOUR_PARTS;
        let usage = self.usage(purchase, fee);
        let (idle, bought) = (u128::from(usage.idle()), u128::from(usage.bought.max(1)));
        let idle = (u128::from(all) * idle + bought / 2) / bought;
        let idle = u64::try_from(idle).unwrap_or(all).min(all);
        Parts { used: all - idle, idle }
    }
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
