//! What a difference is made of: price, volume and mix.

use crate::units::Usd;
use std::iter::Sum;

/// The parts of a difference; they sum to it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// What was billed cost another rate: (billed rate - predicted rate) x billed quantity.
    pub price: Usd,
    /// All quantities together changed: what that changes at the predicted mix and the predicted rates.
    pub volume: Usd,
    /// The quantities moved between usage types: the rest of what quantities change.
    pub mix: Usd,
}

/// Quantities in 1e-15 of a unit, predicted and billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Quantities {
    pub(super) predicted: i128,
    pub(super) billed: i128,
}

impl Split {
    /// The parts of one usage type among `all` that are counted in the same unit.
    ///
    /// Two amounts are rounded to the femtodollar, half to even: the billed quantity at the predicted rate, and the
    /// predicted cost at the billed sum of quantities; all parts are differences of exact amounts and these.
    /// What was not predicted has no predicted rate: its cost is mix.
    pub(super) fn of(predicted: Usd, billed: Usd, own: Quantities, all: Quantities) -> Self {
        let at_predicted_rate =
            if own.predicted == 0 { billed } else { proportion(predicted, own.billed, own.predicted) };
        let at_predicted_mix =
            if all.predicted == 0 { predicted } else { proportion(predicted, all.billed, all.predicted) };
        Self {
            price: billed - at_predicted_rate,
            volume: at_predicted_mix - predicted,
            mix: at_predicted_rate - at_predicted_mix,
        }
    }

    /// The difference.
    #[must_use]
    pub fn total(&self) -> Usd {
        self.price + self.volume + self.mix
    }
}

impl Sum for Split {
    fn sum<I: Iterator<Item = Self>>(splits: I) -> Self {
        splits.fold(Self::default(), |sum, one| Self {
            price: sum.price + one.price,
            volume: sum.volume + one.volume,
            mix: sum.mix + one.mix,
        })
    }
}

/// An amount times one quantity over another, rounded half to even. Bit by bit, since the product can need 200 bits.
fn proportion(amount: Usd, quantity: i128, of: i128) -> Usd {
    let (amount, negative) = (amount.femtos(), (amount.femtos() < 0) ^ (quantity < 0) ^ (of < 0));
    let (whole, times, over) = (amount.unsigned_abs(), quantity.unsigned_abs(), of.unsigned_abs());
    let (mut quotient, mut rest) = (0_u128, 0_u128);
    for bit in (0..u128::BITS - times.leading_zeros()).rev() {
        let added = if times >> bit & 1 == 1 { whole } else { 0 };
        rest = 2 * rest + added % over;
        quotient = 2 * quotient + added / over + rest / over;
        rest %= over;
    }
    let up = 2 * rest > over || (2 * rest == over && quotient % 2 == 1);
    let femtos = quotient as i128 + i128::from(up);
    Usd::from_femtos(if negative { -femtos } else { femtos })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(femtos: i128) -> Usd {
        Usd::from_femtos(femtos)
    }

    #[test]
    fn proportions_round_half_to_even_with_any_sign() {
        for (amount, quantity, of, femtos) in
            [(5, 1, 2, 2), (7, 1, 2, 4), (-5, 1, 2, -2), (10, 2, 3, 7), (10, -2, 3, -7), (0, 9, 7, 0), (9, 0, 7, 0)]
        {
            assert_eq!(proportion(usd(amount), quantity, of), usd(femtos), "{amount} x {quantity} / {of}");
        }
        let (large, tokens) = (10_i128.pow(22), 10_i128.pow(28));
        assert_eq!(proportion(usd(large), 3 * tokens, tokens), usd(3 * large));
    }

    #[test]
    fn a_dearer_rate_is_price_more_of_everything_is_volume_and_other_shares_are_mix() {
        let all = Quantities { predicted: 200, billed: 200 };
        let same = Quantities { predicted: 100, billed: 100 };
        let price = Split::of(usd(1_000), usd(1_100), same, all);
        assert_eq!(price, Split { price: usd(100), ..Split::default() });
        let all = Quantities { predicted: 200, billed: 400 };
        let volume = Split::of(usd(1_000), usd(2_000), Quantities { predicted: 100, billed: 200 }, all);
        assert_eq!(volume, Split { volume: usd(1_000), ..Split::default() });
        let all = Quantities { predicted: 200, billed: 200 };
        let mix = Split::of(usd(1_000), usd(1_500), Quantities { predicted: 100, billed: 150 }, all);
        assert_eq!(mix, Split { mix: usd(500), ..Split::default() });
        let unforeseen = Split::of(usd(0), usd(70), Quantities { predicted: 0, billed: 7 }, all);
        assert_eq!(unforeseen, Split { mix: usd(70), ..Split::default() });
    }
}
