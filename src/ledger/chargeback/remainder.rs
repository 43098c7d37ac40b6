//! An amount in parts that sum to it.

use crate::units::Usd;

/// Parts of an amount in proportion to weights, in whole femtodollars that sum to it: what is left over after rounding
/// down goes to the largest remainders, of equal ones to the first. Nothing when nobody has a weight.
pub(super) fn split(amount: Usd, weights: &[u64]) -> Option<Vec<Usd>> {
    let total: i128 = weights.iter().copied().map(i128::from).sum();
    if total == 0 {
        return None;
    }
    let (whole, rest) = (amount.femtos().div_euclid(total), amount.femtos().rem_euclid(total));
    let mut parts: Vec<i128> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    for (number, weight) in weights.iter().copied().map(i128::from).enumerate() {
        parts.push(whole * weight + rest * weight / total);
        remainders.push((rest * weight % total, number));
    }
    let left = amount.femtos() - parts.iter().sum::<i128>();
    remainders.sort_by_key(|(remainder, number)| (-remainder, *number));
    // Fewer are left over than there are weights.
    let favoured = usize::try_from(left).unwrap_or(0);
    remainders.iter().take(favoured).for_each(|(_, number)| parts[*number] += 1);
    Some(parts.into_iter().map(Usd::from_femtos).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(femtos: i128, weights: &[u64]) -> Option<Vec<i128>> {
        Some(split(Usd::from_femtos(femtos), weights)?.iter().map(|part| part.femtos()).collect())
    }

    #[test]
    fn what_is_left_over_goes_to_the_largest_remainders() {
        assert_eq!(parts(10, &[1, 1, 1]), Some(vec![4, 3, 3]));
        assert_eq!(parts(10, &[5, 3, 2]), Some(vec![5, 3, 2]));
        assert_eq!(parts(7, &[1, 2, 0]), Some(vec![2, 5, 0]), "2 1/3 and 4 2/3");
        assert_eq!(parts(0, &[1, 2]), Some(vec![0, 0]));
        assert_eq!(parts(10, &[0, 0]), None);
    }

    #[test]
    fn the_largest_bills_and_counts_do_not_overflow() {
        let parts = parts(1_000_000_000_000_000_000_000_000, &[1 << 50, (1 << 50) - 1]).unwrap();
        assert_eq!(parts.iter().sum::<i128>(), 1_000_000_000_000_000_000_000_000);
    }
}
