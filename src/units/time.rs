//! Simulated time: whole microseconds since the scenario's start.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

/// An instant: microseconds since the scenario's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(pub u64);

/// A length of time in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Micros(pub u64);

impl Micros {
    /// One second.
    pub const SECOND: Self = Self(1_000_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000_000);
    /// One day of 24 hours.
    pub const DAY: Self = Self(86_400_000_000);
    /// The month that cloud bills are scaled to: 730 hours.
    pub const MONTH: Self = Self(730 * 3_600_000_000);

    /// Reads `250ms`, `7d`, `1h 30m`; a day is 24 hours.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not a length of time; write it as `250ms`, `60s`, `90m`, `12h` or `7d`");
        let span: jiff::Span = text.parse().map_err(|_| expected())?;
        let length = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|_| expected())?;
        if length.is_negative() {
            return Err(format!("`{text}` is negative"));
        }
        if length.as_nanos() % 1_000 != 0 {
            return Err(format!("`{text}` is finer than a microsecond"));
        }
        u64::try_from(length.as_micros())
            .ok()
            .filter(|us| *us <= Self::LONGEST.0)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is longer than five years"))
    }

    /// Five years: beyond it a length is a typing error.
    pub const LONGEST: Self = Self(1_827 * Self::DAY.0);
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units =
            [(Self::DAY, "d"), (Self::HOUR, "h"), (Self::MINUTE, "min"), (Self::SECOND, "s"), (Self(1_000), "ms")];
        match units.iter().find(|(unit, _)| self.0 >= unit.0 && self.0.is_multiple_of(unit.0)) {
            Some((unit, name)) => write!(f, "{} {name}", self.0 / unit.0),
            None => write!(f, "{} us", self.0),
        }
    }
}

impl Add<Micros> for SimTime {
    type Output = Self;
    fn add(self, length: Micros) -> Self {
        Self(self.0 + length.0)
    }
}

impl AddAssign<Micros> for SimTime {
    fn add_assign(&mut self, length: Micros) {
        self.0 += length.0;
    }
}

impl Sub for SimTime {
    type Output = Micros;
    fn sub(self, earlier: Self) -> Micros {
        Micros(self.0 - earlier.0)
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths_exactly() {
        assert_eq!(Micros::parse("250ms"), Ok(Micros(250_000)));
        assert_eq!(Micros::parse("7d"), Ok(Micros(7 * Micros::DAY.0)));
        assert_eq!(Micros::parse("1h 30m"), Ok(Micros(5_400_000_000)));
        assert_eq!(Micros::parse("1.5s"), Ok(Micros(1_500_000)));
        for bad in ["7", "d", "-3s", "1month", "10ns", "4000d", "", "NaN"] {
            assert!(Micros::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn shows_the_largest_whole_unit() {
        assert_eq!(Micros(7 * Micros::DAY.0).to_string(), "7 d");
        assert_eq!(Micros(1_500_000).to_string(), "1500 ms");
        assert_eq!(Micros(61).to_string(), "61 us");
    }
}
