//! Money in whole femtodollars (1e-15 USD).
//!
//! A rate per million tokens with up to nine decimals is a whole number of femtodollars per token,
//! so that a bill is a sum of integer products and nothing is rounded before it is shown.

use super::Decimal;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// An amount in femtodollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Usd(i128);

/// A price in femtodollars per token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsdPerToken(i128);

/// Decimal places of a dollar that a femtodollar is.
const PLACES: u32 = 15;
/// A rate per million tokens in units of this many decimal places is whole femtodollars per token.
const RATE_PLACES: u32 = 9;

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many femtodollars.
    #[must_use]
    pub const fn from_femtos(femtos: i128) -> Self {
        Self(femtos)
    }

    /// The amount in femtodollars.
    #[must_use]
    pub fn femtos(self) -> i128 {
        self.0
    }

    /// Reads `12_000 USD` or `0.05 USD`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not an amount of money; write it as `12_000 USD`");
        let number = text.strip_suffix("USD").ok_or_else(expected)?.trim_end();
        let amount = Decimal::parse(number).map_err(|_| expected())?;
        if amount.is_negative() {
            return Err(format!("`{text}` is negative"));
        }
        let femtos =
            amount.shifted(PLACES).ok_or_else(|| format!("`{text}` is finer than a femtodollar (1e-15 USD)"))?;
        Ok(Self(femtos))
    }

    /// So many times the amount.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0 * i128::from(count))
    }

    /// The amount times `numerator / denominator`, rounded half to even on the last femtodollar.
    ///
    /// # Panics
    /// When `denominator` is zero.
    #[must_use]
    pub fn scaled(self, numerator: u64, denominator: u64) -> Self {
        let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
        let (whole, rest) = (self.0.div_euclid(denominator), self.0.rem_euclid(denominator));
        let product = rest * numerator;
        let (quotient, remainder) = (product / denominator, product % denominator);
        let twice = remainder * 2;
        let up = twice > denominator || (twice == denominator && (whole * numerator + quotient) % 2 != 0);
        Self(whole * numerator + quotient + i128::from(up))
    }
}

impl UsdPerToken {
    /// Above this a price is a typing error: a cent a token, ten thousand dollars per million.
    const DEAREST: Self = Self(10_000_000_000_000);

    /// So many femtodollars a token.
    #[must_use]
    pub const fn from_femtos(femtos: i128) -> Self {
        Self(femtos)
    }

    /// Reads a price per million tokens, for example `1.375`: at most nine decimals, above zero; or `free`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse_per_million(text: &str) -> Result<Self, String> {
        if text == "free" {
            return Ok(Self(0));
        }
        let price = Decimal::parse(text)?;
        if price.is_negative() {
            return Err(format!("the price `{text}` is negative"));
        }
        let femtos = price
            .shifted(RATE_PLACES)
            .ok_or_else(|| format!("the price `{text}` has more than nine decimals per million tokens"))?;
        if femtos == 0 {
            return Err("a price of zero; write `free`, or leave the rate out when it is not sold".to_owned());
        }
        if femtos > Self::DEAREST.0 {
            return Err(format!("the price `{text}` is more than a cent a token"));
        }
        Ok(Self(femtos))
    }

    /// The price in femtodollars per token.
    #[must_use]
    pub fn femtos(self) -> i128 {
        self.0
    }

    /// What so many tokens cost.
    #[must_use]
    pub fn times(self, tokens: u64) -> Usd {
        Usd(self.0 * i128::from(tokens))
    }

    /// The price of a million tokens: what price lists quote.
    #[must_use]
    pub fn per_million(self) -> Usd {
        self.times(1_000_000)
    }
}

/// The exact decimal, with at least two places: `0.0000737`, `12.00`.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u128.pow(PLACES);
        let (whole, rest) = (self.0.unsigned_abs() / one, self.0.unsigned_abs() % one);
        let fraction = format!("{rest:015}");
        let kept = fraction.trim_end_matches('0').len().max(2);
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{}", &fraction[..kept])
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_whole_femtodollars_per_token() {
        assert_eq!(UsdPerToken::parse_per_million("1.10").unwrap().femtos(), 1_100_000_000);
        assert_eq!(UsdPerToken::parse_per_million("0.000000001").unwrap().femtos(), 1);
        assert!(UsdPerToken::parse_per_million("0.0000000001").is_err());
        assert!(UsdPerToken::parse_per_million("-1").is_err());
        assert!(UsdPerToken::parse_per_million("0.00").is_err());
        assert!(UsdPerToken::parse_per_million("10_000").is_ok());
        assert!(UsdPerToken::parse_per_million("10_000.000000001").is_err());
    }

    #[test]
    fn amounts_print_every_digit_and_at_least_cents() {
        assert_eq!(Usd::parse("12_000 USD").unwrap().to_string(), "12000.00");
        assert_eq!(Usd::parse("0.0000737 USD").unwrap().to_string(), "0.0000737");
        assert_eq!((Usd::ZERO - Usd::parse("1.5 USD").unwrap()).to_string(), "-1.50");
        for bad in ["12", "12 EUR", "USD", "-1 USD", "NaN USD", "0.0000000000000001 USD"] {
            assert!(Usd::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn scaling_rounds_half_to_even() {
        assert_eq!(Usd(5).scaled(1, 2), Usd(2));
        assert_eq!(Usd(7).scaled(1, 2), Usd(4));
        assert_eq!(Usd(-5).scaled(1, 2), Usd(-2));
        assert_eq!(Usd(10).scaled(2, 3), Usd(7));
    }
}
