//! Counts of tokens, and of anything else that is counted the same way.

use super::Decimal;
use std::fmt;

/// A number of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tokens(pub u64);

impl Tokens {
    /// More tokens than one call can hold or name: 2^31.
    pub const MAX_PER_CALL: Self = Self(1 << 31);
    /// The largest quota that is taken for meant: ten billion.
    pub const MAX_QUOTA: Self = Self(10_000_000_000);

    /// Reads `1_800`, `64k`, `1.5M`, `7.2B`: a whole number after the suffix is applied.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (number, places) = match text.char_indices().next_back() {
            Some((at, 'k')) => (&text[..at], 3),
            Some((at, 'M')) => (&text[..at], 6),
            Some((at, 'B')) => (&text[..at], 9),
            _ => (text, 0),
        };
        let expected = || format!("`{text}` is not a count; write it as `42`, `1_800`, `64k` or `5M`");
        let decimal = Decimal::parse(number).map_err(|_| expected())?;
        if decimal.is_negative() {
            return Err(format!("`{text}` is negative"));
        }
        let count = decimal.shifted(places).ok_or_else(|| format!("`{text}` is not a whole number"))?;
        u64::try_from(count)
            .ok()
            .filter(|count| *count <= u64::MAX >> 1)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is too large"))
    }
}

/// Thousands apart: `64,042`.
impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        f.pad_integral(true, "", &grouped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_human_counts_exactly() {
        for (text, count) in [("5M", 5_000_000), ("1_800", 1_800), ("64k", 64_000), ("7.2B", 7_200_000_000), ("0", 0)] {
            assert_eq!(Tokens::parse(text), Ok(Tokens(count)));
        }
        for bad in ["", "M", "5m", "5 M", "1.5", "-3", "1e6", ".nan", "0.0001k", "99999999999999999999999M"] {
            assert!(Tokens::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn prints_thousands_apart() {
        assert_eq!(Tokens(64_042).to_string(), "64,042");
        assert_eq!(Tokens(999).to_string(), "999");
        assert_eq!(Tokens(1_000_000).to_string(), "1,000,000");
    }
}
