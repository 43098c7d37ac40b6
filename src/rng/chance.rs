//! Something that happens with a probability.

use super::Stream;
use crate::units::Ratio;

/// A probability, and the draws that decide.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    probability: Ratio,
    stream: Stream,
}

impl Chance {
    /// What happens with a probability, by the draws of a stream.
    #[must_use]
    pub fn new(probability: Ratio, stream: Stream) -> Self {
        Self { probability, stream }
    }

    /// Whether it happens to a request, in one of its lanes.
    #[must_use]
    pub fn happens(&self, request: u64, lane: u64) -> bool {
        let draw = u128::from(self.stream.draw(request, lane));
        let (of, all) = (self.probability.numerator(), self.probability.denominator());
        // The product is below 2^128: no overflow.
        (draw * u128::from(all)) >> 64 < u128::from(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_always_happens_and_what_is_impossible_never() {
        let happens = |of| {
            let chance = Chance::new(Ratio::new(of, 10).unwrap(), Stream::new(1, "x"));
            (0..10_000).filter(|request| chance.happens(*request, 1)).count()
        };
        assert_eq!((happens(0), happens(10)), (0, 10_000));
        // Five standard deviations of a binomial of 10,000 trials.
        assert!(happens(3).abs_diff(3_000) < 230, "{}", happens(3));
    }
}
