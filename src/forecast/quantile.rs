//! Quantiles over replications.

use crate::histogram::nearest_rank;

/// The median and the ninetieth percentile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quantiles<T> {
    /// Half of the values are at or below.
    pub p50: T,
    /// Nine in ten are.
    pub p90: T,
}

/// The nearest-rank quantiles of some values; nothing when there are none.
pub fn quantiles<T: Ord + Copy>(values: impl IntoIterator<Item = T>) -> Option<Quantiles<T>> {
    let mut sorted: Vec<T> = values.into_iter().collect();
    sorted.sort_unstable();
    let at = |per_thousand| {
        let rank = nearest_rank(sorted.len() as u64, per_thousand) as usize;
        sorted.get(rank.saturating_sub(1)).copied()
    };
    Some(Quantiles { p50: at(500)?, p90: at(900)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        assert_eq!(quantiles(1..=10), Some(Quantiles { p50: 5, p90: 9 }));
        assert_eq!(quantiles([7]), Some(Quantiles { p50: 7, p90: 7 }));
        assert_eq!(quantiles(1..=50), Some(Quantiles { p50: 25, p90: 45 }));
        assert_eq!(quantiles(Vec::<u8>::new()), None);
    }
}
