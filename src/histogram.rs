//! Counts of durations, of amounts of money or of plain numbers, in log-linear cells of fixed relative width.
//!
//! Values below 1,024 units (microseconds, picodollars) are exact; above, a cell is at most 1/1024 of its value wide and is
//! read at its middle, so a percentile is within 0.05 % of the exact one.

use crate::units::{Micros, Usd};
use std::marker::PhantomData;

/// Cells in one octave: 2^10.
const CELL_BITS: u32 = 10;

/// Percentiles in constant memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram<T = Micros> {
    cells: Vec<u64>,
    sum: u128,
    max: u64,
    of: PhantomData<T>,
}

/// What can be counted by its size.
pub trait Sized64: Copy {
    /// Its size in whole units.
    fn to_units(self) -> u64;
    /// What has that size.
    fn of_units(units: u64) -> Self;
}

impl Sized64 for Micros {
    #[inline]
    fn to_units(self) -> u64 {
        self.0
    }

    fn of_units(units: u64) -> Self {
        Self(units)
    }
}

impl Sized64 for u64 {
    fn to_units(self) -> u64 {
        self
    }

    fn of_units(units: u64) -> Self {
        units
    }
}

/// In picodollars: of a task that costs a millionth of a cent, the ten-thousandth part.
impl Sized64 for Usd {
    fn to_units(self) -> u64 {
        u64::try_from(self.femtos() / 1_000).unwrap_or(if self < Self::ZERO { 0 } else { u64::MAX })
    }

    fn of_units(units: u64) -> Self {
        Self::from_femtos(i128::from(units) * 1_000)
    }
}

impl<T> Default for Histogram<T> {
    fn default() -> Self {
        Self { cells: Vec::new(), sum: 0, max: 0, of: PhantomData }
    }
}

impl<T: Sized64> Histogram<T> {
    /// Counts one value.
    #[inline]
    pub fn add(&mut self, value: T) {
        let units = value.to_units();
        let cell = cell_of(units);
        match self.cells.get_mut(cell) {
            Some(count) => *count += 1,
            None => self.grow(cell),
        }
        self.sum += u128::from(units);
        self.max = self.max.max(units);
    }

    /// Counts so many values of nothing.
    pub fn add_nothing(&mut self, times: u64) {
        if times > 0 {
            self.add(T::of_units(0));
            self.cells[0] += times - 1;
        }
    }

    /// Counts the first value of a cell that is beyond all others.
    #[cold]
    fn grow(&mut self, cell: usize) {
        self.cells.resize((cell + 1).next_multiple_of(1 << CELL_BITS), 0);
        self.cells[cell] = 1;
    }

    /// How many values were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// The exact sum of all values, in their units.
    #[must_use]
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// The mean, rounded down to a unit; zero when nothing was counted.
    #[must_use]
    pub fn mean(&self) -> T {
        T::of_units((self.sum / u128::from(self.count().max(1))) as u64)
    }

    /// The exact largest value.
    #[must_use]
    pub fn max(&self) -> T {
        T::of_units(self.max)
    }

    /// The nearest-rank percentile, `per_thousand` in thousandths; zero when nothing was counted.
    #[must_use]
    pub fn percentile(&self, per_thousand: u64) -> T {
        let rank = nearest_rank(self.count(), per_thousand);
        let mut seen = 0;
        for (cell, count) in self.cells.iter().enumerate() {
            seen += count;
            if seen >= rank && *count > 0 {
                return T::of_units(middle_of(cell).min(self.max));
            }
        }
        T::of_units(0)
    }

    /// How many values were larger than one, but for those of its own cell, which are within 0.1 % of it.
    #[must_use]
    pub fn above(&self, value: T) -> u64 {
        self.cells.iter().skip(cell_of(value.to_units()) + 1).sum()
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        if other.cells.len() > self.cells.len() {
            self.cells.resize(other.cells.len(), 0);
        }
        self.cells.iter_mut().zip(&other.cells).for_each(|(mine, theirs)| *mine += theirs);
        self.sum += other.sum;
        self.max = self.max.max(other.max);
    }
}

/// Durations of calls, from their first sending and from their admission.
///
/// Most calls are admitted at once, and both are the same: those are counted once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Durations {
    at_once: Histogram,
    delayed: Histogram,
    delayed_from_admission: Histogram,
}

impl Durations {
    /// Counts a call that was admitted at once.
    #[inline]
    pub fn add_at_once(&mut self, duration: Micros) {
        self.at_once.add(duration);
    }

    /// Counts a call that waited for its admission, and then took so long.
    pub fn add_delayed(&mut self, wait: Micros, duration: Micros) {
        self.delayed.add(wait + duration);
        self.delayed_from_admission.add(duration);
    }

    /// Adds the counts of others.
    pub fn merge(&mut self, other: &Self) {
        self.at_once.merge(&other.at_once);
        self.delayed.merge(&other.delayed);
        self.delayed_from_admission.merge(&other.delayed_from_admission);
    }

    /// From the call's first sending: what its user feels.
    #[must_use]
    pub fn from_sending(&self) -> Histogram {
        let mut all = self.at_once.clone();
        all.merge(&self.delayed);
        all
    }

    /// From the admission of the attempt that was answered: what Bedrock's own metrics show.
    #[must_use]
    pub fn from_admission(&self) -> Histogram {
        let mut all = self.at_once.clone();
        all.merge(&self.delayed_from_admission);
        all
    }
}

/// The nearest rank of a quantile among sorted values, counted from one.
#[must_use]
pub fn nearest_rank(count: u64, per_thousand: u64) -> u64 {
    (u128::from(count) * u128::from(per_thousand)).div_ceil(1_000) as u64
}

#[inline]
fn cell_of(units: u64) -> usize {
    let octave = (units | 1 << CELL_BITS).ilog2() - CELL_BITS;
    ((octave as usize) << CELL_BITS) + (units >> octave) as usize
}

fn middle_of(cell: usize) -> u64 {
    if cell < 2 << CELL_BITS {
        return cell as u64;
    }
    let octave = (cell >> CELL_BITS) as u32 - 1;
    let low = (cell as u64 - (u64::from(octave) << CELL_BITS)) << octave;
    low + (1 << octave) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_percentile_is_within_a_twentieth_of_a_percent(mut values in prop::collection::vec(0_u64..1 << 45, 1..200), per_thousand in 1_u64..=1_000) {
            let mut histogram = Histogram::<Micros>::default();
            values.iter().for_each(|us| histogram.add(Micros(*us)));
            values.sort_unstable();
            let rank = (values.len() as u64 * per_thousand).div_ceil(1_000) as usize;
            let (exact, read) = (values[rank - 1], histogram.percentile(per_thousand).0);
            prop_assert!(exact.abs_diff(read) as f64 <= exact as f64 / 2_048.0, "{exact} read as {read}");
            prop_assert_eq!(histogram.sum(), values.iter().map(|us| u128::from(*us)).sum::<u128>());
        }

        #[test]
        fn merging_is_counting_together(a in prop::collection::vec(0_u64..1 << 40, 0..50), b in prop::collection::vec(0_u64..1 << 40, 0..50)) {
            let of = |values: &[u64]| values.iter().fold(Histogram::default(), |mut h, us| { h.add(Micros(*us)); h });
            let mut merged = of(&a);
            merged.merge(&of(&b));
            let together = of(&[a, b].concat());
            for per_thousand in [1, 500, 900, 990, 1_000] {
                prop_assert_eq!(merged.percentile(per_thousand), together.percentile(per_thousand));
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_above_is_counted_but_for_a_thousandth(values in prop::collection::vec(0_u64..1 << 40, 0..100), limit in 0_u64..1 << 40) {
            let mut histogram = Histogram::<Micros>::default();
            values.iter().for_each(|us| histogram.add(Micros(*us)));
            let beyond = |limit: u64| values.iter().filter(|us| **us > limit).count() as u64;
            let above = histogram.above(Micros(limit));
            prop_assert!(beyond(limit + limit / 1_024) <= above && above <= beyond(limit));
        }
    }

    #[test]
    fn small_values_are_exact_and_nothing_is_zero() {
        let mut histogram = Histogram::<Micros>::default();
        assert_eq!(histogram.percentile(500), Micros(0));
        (0..1_000).for_each(|us| histogram.add(Micros(us)));
        assert_eq!(histogram.percentile(500), Micros(499));
        assert_eq!(histogram.percentile(1_000), Micros(999));
    }
}
