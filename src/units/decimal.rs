//! Decimal numbers as they are written: digits and a scale, never a float.

use std::fmt;

/// An exact decimal: `digits / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

/// More digits than any price or count needs; keeps every later product inside 128 bits.
const MAX_DIGITS: usize = 24;

impl Decimal {
    /// Reads `1_800`, `0.25` or `-3`. Exponents, NaN and infinities are not numbers here.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let not_a_number = || format!("`{text}` is not a number");
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if unsigned.ends_with('.') || !well_grouped(whole) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return Err(not_a_number());
        }
        let digits: String = whole.chars().filter(|c| *c != '_').chain(fraction.chars()).collect();
        if digits.trim_start_matches('0').len() > MAX_DIGITS {
            return Err(format!("`{text}` has more than {MAX_DIGITS} digits"));
        }
        let magnitude: i128 = digits.parse().map_err(|_| not_a_number())?;
        Ok(Self { digits: if negative { -magnitude } else { magnitude }, scale: fraction.len() as u32 })
    }

    /// The number times `10^places`, when that is whole.
    #[must_use]
    pub fn shifted(self, places: u32) -> Option<i128> {
        if places >= self.scale {
            return self.digits.checked_mul(10_i128.checked_pow(places - self.scale)?);
        }
        let divisor = 10_i128.checked_pow(self.scale - places)?;
        (self.digits % divisor == 0).then_some(self.digits / divisor)
    }

    /// Numerator and denominator, not reduced.
    #[must_use]
    pub fn fraction(self) -> Option<(i128, u128)> {
        Some((self.digits, 10_u128.checked_pow(self.scale)?))
    }

    /// Below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }
}

/// Digits, with underscores only between digits.
fn well_grouped(whole: &str) -> bool {
    !whole.is_empty() && whole.split('_').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let (whole, fraction) = {
            let divisor = 10_u128.pow(self.scale);
            (self.digits.unsigned_abs() / divisor, self.digits.unsigned_abs() % divisor)
        };
        if self.scale == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction:0width$}", width = self.scale as usize)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_and_nothing_else() {
        assert_eq!(Decimal::parse("1_800").unwrap().shifted(0), Some(1_800));
        assert_eq!(Decimal::parse("0.1").unwrap().shifted(3), Some(100));
        assert_eq!(Decimal::parse("-3.50").unwrap().shifted(1), Some(-35));
        assert_eq!(Decimal::parse("1.25").unwrap().shifted(1), None);
        for bad in ["", "-", "1e6", "NaN", ".nan", "inf", "1__0", "_1", "1_", ".5", "5.", "1.2.3", "0x10", "١"] {
            assert!(Decimal::parse(bad).is_err(), "{bad:?} was read");
        }
        assert!(Decimal::parse("1234567890123456789012345").is_err());
    }

    #[test]
    fn prints_every_digit_it_read() {
        for text in ["0", "12", "-0.050", "3.500"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
    }
}
