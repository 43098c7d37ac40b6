//! Exact ratios of whole numbers.

/// `numerator / denominator`, reduced; the denominator is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

impl Ratio {
    /// None of it.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The ratio of two whole numbers, or nothing when the second is zero.
    #[must_use]
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        let divisor = gcd(numerator, denominator);
        (denominator > 0).then(|| Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Above the line.
    #[must_use]
    pub fn numerator(self) -> u64 {
        self.numerator
    }

    /// Below the line.
    #[must_use]
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The sum of two, when it can be written.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let common = gcd(self.denominator, other.denominator);
        let (own, others) = (other.denominator / common, self.denominator / common);
        let above = self.numerator.checked_mul(own)?.checked_add(other.numerator.checked_mul(others)?)?;
        Self::new(above, self.denominator.checked_mul(own)?)
    }

    /// The nearest float, for statistics and for building sampling tables.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = u128::from(self.numerator) * u128::from(other.denominator);
        let right = u128::from(other.numerator) * u128::from(self.denominator);
        left.cmp(&right)
    }
}

/// The greatest common divisor.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_are_one_value() {
        assert_eq!(Ratio::new(2, 4), Ratio::new(1, 2));
        assert_eq!(Ratio::new(0, 9), Ratio::new(0, 1));
        assert_eq!(Ratio::new(1, 0), None);
        let sum = |a, b, c, d| Ratio::new(a, b).unwrap().checked_add(Ratio::new(c, d).unwrap());
        assert_eq!(sum(7, 10, 3, 10), Ratio::new(1, 1));
        assert_eq!(sum(1, 3, 1, 6), Ratio::new(1, 2));
        assert_eq!(sum(u64::MAX, 1, 1, 1), None);
        assert!(Ratio::new(1, 3) < Ratio::new(1, 2));
    }
}
