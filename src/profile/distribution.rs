//! How often each length occurs: exact quantiles in as much memory as there are different lengths.

use crate::histogram::nearest_rank;
use std::collections::BTreeMap;

/// How often each length occurs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Distribution {
    counts: BTreeMap<u64, u64>,
    count: u64,
    sum: u128,
}

impl Distribution {
    /// Counts one length.
    pub fn add(&mut self, length: u64) {
        self.add_times(length, 1);
    }

    fn add_times(&mut self, length: u64, times: u64) {
        *self.counts.entry(length).or_default() += times;
        self.count += times;
        self.sum += u128::from(length) * u128::from(times);
    }

    /// Adds all of another one.
    pub fn merge(&mut self, other: &Self) {
        other.each().for_each(|(length, times)| self.add_times(length, times));
    }

    /// Each length that occurs and how often, the shortest first.
    pub fn each(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> + Clone + '_ {
        self.counts.iter().map(|(length, times)| (*length, *times))
    }

    /// How many were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum.
    #[must_use]
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// Their mean; nothing among none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The shortest one that so many thousandths do not exceed: the nearest rank, exactly. Nothing among none.
    #[must_use]
    pub fn quantile(&self, per_thousand: u64) -> Option<u64> {
        let rank = nearest_rank(self.count, per_thousand).max(1);
        let mut seen = 0;
        self.each()
            .find(|(_, times)| {
                seen += times;
                seen >= rank
            })
            .map(|(length, _)| length)
    }

    /// The shortest one.
    #[must_use]
    pub fn min(&self) -> Option<u64> {
        self.each().next().map(|(length, _)| length)
    }

    /// The longest one.
    #[must_use]
    pub fn max(&self) -> Option<u64> {
        self.each().next_back().map(|(length, _)| length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quantile_is_the_nearest_rank_of_the_sorted_lengths(
            mut lengths in prop::collection::vec(0_u64..50, 1..80),
            per_thousand in 1_u64..=1_000,
        ) {
            let mut found = Distribution::default();
            lengths.iter().for_each(|length| found.add(*length));
            lengths.sort_unstable();
            let rank = (lengths.len() as u64 * per_thousand).div_ceil(1_000) as usize;
            prop_assert_eq!(found.quantile(per_thousand), Some(lengths[rank - 1]));
            prop_assert_eq!(found.sum(), lengths.iter().map(|length| u128::from(*length)).sum::<u128>());
            prop_assert_eq!((found.min(), found.max()), (lengths.first().copied(), lengths.last().copied()));
        }
    }

    #[test]
    fn nothing_has_no_mean_and_no_quantile() {
        let none = Distribution::default();
        assert_eq!((none.mean(), none.quantile(500), none.max()), (None, None, None));
    }
}
