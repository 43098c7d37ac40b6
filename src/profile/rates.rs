//! How fast calls come, and how unevenly.

use super::meter::{Busiest, Peak};
use crate::trace::Row;
use crate::units::Micros;

/// The windows whose counts show how bursty traffic is, in microseconds.
const WIDTHS_US: [u64; 3] = [Micros::SECOND.0, 10 * Micros::SECOND.0, Micros::MINUTE.0];

/// How fast calls come, and how unevenly.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rates {
    /// The second of UTC with the most calls.
    pub peak_second: Peak,
    /// The minute of UTC with the most calls.
    pub peak_minute: Peak,
    /// The minute of UTC with the most tokens, input and output.
    pub peak_tokens: Peak,
    /// Counts in windows of one second, ten seconds and a minute.
    pub windows: Vec<Windows>,
    /// The standard deviation of the gaps between calls over their mean: one where calls come at random, none where
    /// they come at a beat. Nothing with fewer than two gaps.
    pub variation_of_gaps: Option<f64>,
    /// The shortest time between two stamps that differ, in microseconds.
    pub stamps_apart_us: Option<u64>,
    /// Calls with the same stamp as the call before.
    pub stamps_shared: u64,
}

/// Counts of calls in windows of one width, from the first call on; one that the recording ends in is left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Windows {
    /// How wide they are, in microseconds.
    pub width_us: u64,
    /// How many there are, empty ones among them.
    pub count: u64,
    /// The calls of all of them.
    pub calls: u64,
    /// The calls of the fullest one.
    pub most: u64,
    /// The index of dispersion: the variance of their counts (over all windows, not one less) over their mean. One
    /// where calls come at random, more where they come in bursts. Nothing with fewer than two windows.
    pub dispersion: Option<f64>,
    /// Stamps are further apart than a window is wide: its counts say more about the stamps than about the calls.
    pub finer_than_stamps: bool,
}

/// What is kept while calls come.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter {
    second: Busiest,
    minute: Busiest,
    tokens: Busiest,
    counts: [Counts; 3],
    first_us: Option<i64>,
    last_us: i64,
    calls: u64,
    squared_gaps: u128,
    stamps_apart_us: Option<u64>,
    stamps_shared: u64,
}

/// The counts of windows that are over, and of the one that is not.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    at: u64,
    calls: u64,
    closed: u64,
    squares: u128,
    most: u64,
}

impl Meter {
    pub(super) fn take(&mut self, row: &Row) {
        let first = *self.first_us.get_or_insert(row.at_us);
        if self.calls > 0 {
            self.take_gap(row.at_us.abs_diff(self.last_us));
        }
        self.calls += 1;
        self.last_us = row.at_us;
        self.second.take(row.at_us, Micros::SECOND, 1);
        self.minute.take(row.at_us, Micros::MINUTE, 1);
        self.tokens.take(row.at_us, Micros::MINUTE, row.usage.total_input() + row.usage.output);
        let since = row.at_us.abs_diff(first);
        self.counts.iter_mut().zip(WIDTHS_US).for_each(|(counts, width)| counts.take(since / width));
    }

    fn take_gap(&mut self, gap_us: u64) {
        if gap_us == 0 {
            self.stamps_shared += 1;
            return;
        }
        self.squared_gaps += u128::from(gap_us) * u128::from(gap_us);
        self.stamps_apart_us = Some(self.stamps_apart_us.map_or(gap_us, |least| least.min(gap_us)));
    }

    pub(super) fn done(self) -> Rates {
        let span_us = self.first_us.map_or(0, |first| self.last_us.abs_diff(first));
        let apart = self.stamps_apart_us.filter(|_| self.stamps_shared > 0).unwrap_or(0);
        let windows = self.counts.iter().zip(WIDTHS_US);
        Rates {
            peak_second: self.second.done(),
            peak_minute: self.minute.done(),
            peak_tokens: self.tokens.done(),
            windows: windows.map(|(counts, width)| counts.done(width, span_us, apart)).collect(),
            variation_of_gaps: variation(self.calls.saturating_sub(1), span_us.into(), self.squared_gaps),
            stamps_apart_us: self.stamps_apart_us,
            stamps_shared: self.stamps_shared,
        }
    }
}

impl Counts {
    fn take(&mut self, at: u64) {
        if at != self.at {
            self.closed += self.calls;
            self.squares += u128::from(self.calls) * u128::from(self.calls);
            self.most = self.most.max(self.calls);
            (self.at, self.calls) = (at, 0);
        }
        self.calls += 1;
    }

    /// The window at hand is the one that the recording ends in.
    fn done(&self, width_us: u64, span_us: u64, apart_us: u64) -> Windows {
        let count = span_us / width_us;
        let spread = variance(count, self.closed.into(), self.squares);
        let mean = self.closed as f64 / count.max(1) as f64;
        Windows {
            width_us,
            count,
            calls: self.closed,
            most: self.most,
            dispersion: spread.filter(|_| self.closed > 0).map(|variance| variance / mean),
            finer_than_stamps: apart_us > width_us,
        }
    }
}

/// The standard deviation over the mean.
fn variation(count: u64, sum: u128, squares: u128) -> Option<f64> {
    let mean = sum as f64 / count.max(1) as f64;
    variance(count, sum, squares).filter(|_| sum > 0).map(|variance| variance.sqrt() / mean)
}

/// The variance of all of so many numbers, by their sum and the sum of their squares; nothing with fewer than two.
fn variance(count: u64, sum: u128, squares: u128) -> Option<f64> {
    let (count, mean) = (count as f64, sum as f64 / count.max(1) as f64);
    (count >= 2.0).then(|| (squares as f64 / count - mean * mean).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(at_us: impl IntoIterator<Item = i64>) -> Rates {
        let mut meter = Meter::default();
        at_us.into_iter().for_each(|at_us| meter.take(&Row { at_us, ..Row::default() }));
        meter.done()
    }

    #[test]
    fn a_beat_has_no_dispersion_and_its_gaps_do_not_vary() {
        let found = rates((0..601).map(|n| n * 250_000));
        assert_eq!(found.variation_of_gaps, Some(0.0));
        let told: Vec<_> = found.windows.iter().map(|w| (w.count, w.calls, w.most, w.dispersion)).collect();
        assert_eq!(told, [(150, 600, 4, Some(0.0)), (15, 600, 40, Some(0.0)), (2, 480, 240, Some(0.0))]);
    }

    /// Worked by hand: windows of one second hold 3, 0 and 0 calls; the fourth is the one that it ends in.
    #[test]
    fn empty_windows_count() {
        let found = rates([0, 1, 2, 3_000_000]);
        assert_eq!((found.windows[0].count, found.windows[0].calls), (3, 3));
        assert_eq!(found.windows[0].dispersion, Some(2.0), "variance 2, mean 1");
        assert_eq!(found.windows[1].dispersion, None, "not one whole window");
    }

    #[test]
    fn peaks_are_those_of_the_clock_and_the_first_of_equals() {
        let found = rates([59_900_000, 60_100_000, 60_200_000, 120_100_000, 120_200_000]);
        assert_eq!(found.peak_minute, Peak { at_us: 60_000_000, amount: 2 });
        assert_eq!(found.peak_second, Peak { at_us: 60_000_000, amount: 2 });
    }

    #[test]
    fn stamps_wider_than_a_window_are_told() {
        let found = rates((0..100).map(|n| n / 5 * 3_000_000));
        assert_eq!((found.stamps_apart_us, found.stamps_shared), (Some(3_000_000), 80));
        assert_eq!(found.windows.iter().map(|w| w.finer_than_stamps).collect::<Vec<_>>(), [true, false, false]);
        let rare = rates((0..100).map(|n| n * 3_000_000));
        assert!(!rare.windows[0].finer_than_stamps, "calls that are far apart are no coarse stamps");
    }
}
