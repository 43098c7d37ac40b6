//! Rates, growth and percentages as people write them, read exactly.

use super::{Decimal, Micros, Ratio};

/// Events per time: `12/s`, `0.5/min`, `90_000/d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    per_microsecond: Ratio,
}

/// Compound growth per 730-hour month, as a share: `8%/month` is 8/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    percent: Decimal,
}

/// A share written as a percentage: `0.1%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Ratio);

const RATE_UNITS: [(&str, Micros); 4] =
    [("s", Micros::SECOND), ("min", Micros::MINUTE), ("h", Micros::HOUR), ("d", Micros::DAY)];

impl Rate {
    /// Above this a rate is a typing error: ten million a second.
    const FASTEST_PER_SECOND: u64 = 10_000_000;

    /// Reads `12/s`, `0.5/min`, `400/h`, `90_000/d`; above zero.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not a rate; write it as `12/s`, `720/min`, `400/h` or `90_000/d`");
        let (number, unit) = text.split_once('/').ok_or_else(expected)?;
        let (_, per) = RATE_UNITS.iter().find(|(name, _)| *name == unit.trim()).ok_or_else(expected)?;
        let (count, below) = Decimal::parse(number.trim()).map_err(|_| expected())?.fraction().ok_or_else(expected)?;
        let count = u64::try_from(count).map_err(|_| format!("`{text}` is negative or too large"))?;
        let below = u64::try_from(below).ok().and_then(|below| below.checked_mul(per.0));
        let per_microsecond = below.and_then(|below| Ratio::new(count, below));
        let per_microsecond = per_microsecond.ok_or_else(|| format!("`{text}` has too many decimals"))?;
        if count == 0 {
            return Err(format!("`{text}` is a rate of zero"));
        }
        if Some(per_microsecond) > Ratio::new(Self::FASTEST_PER_SECOND, 1_000_000) {
            return Err(format!("`{text}` is more than ten million a second"));
        }
        if Some(per_microsecond) < Ratio::new(1, Micros::LONGEST.0) {
            return Err(format!("`{text}` is less than one in ten years"));
        }
        Ok(Self { per_microsecond })
    }

    /// Events per microsecond.
    #[must_use]
    pub fn per_microsecond(self) -> Ratio {
        self.per_microsecond
    }

    /// Events per second, rounded to whole thousandths.
    #[must_use]
    pub fn thousandths_per_second(self) -> u64 {
        let scaled = u128::from(self.per_microsecond.numerator()) * 1_000_000_000;
        let below = u128::from(self.per_microsecond.denominator());
        u64::try_from((scaled + below / 2) / below).unwrap_or(u64::MAX)
    }
}

impl Growth {
    /// Reads `8%/month` or `-2.5%/month`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not a growth; write it as `8%/month`");
        let number = text.strip_suffix("/month").and_then(|rest| rest.trim().strip_suffix('%')).ok_or_else(expected)?;
        let percent = Decimal::parse(number.trim()).map_err(|_| expected())?;
        let (above, below) = percent.fraction().ok_or_else(expected)?;
        let whole = above / below as i128;
        if whole <= -100 || whole > 1_000 {
            return Err(format!("`{text}` is outside -100 % to 1000 % a month"));
        }
        Ok(Self { percent })
    }

    /// The factor of one month: 1.08 for `8%/month`. A float: it only shapes a sampling table.
    #[must_use]
    pub fn monthly_factor(self) -> f64 {
        self.percent.fraction().map_or(1.0, |(above, below)| 1.0 + above as f64 / below as f64 / 100.0)
    }
}

impl Percent {
    /// Reads `0.1%`: between 0 and 100.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("`{text}` is not a percentage; write it as `0.1%`");
        let number = text.strip_suffix('%').ok_or_else(expected)?.trim_end();
        let (above, below) = Decimal::parse(number).map_err(|_| expected())?.fraction().ok_or_else(expected)?;
        let share = u64::try_from(above).ok().zip(u64::try_from(below).ok().and_then(|below| below.checked_mul(100)));
        share
            .and_then(|(above, below)| Ratio::new(above, below))
            .filter(|share| Some(*share) <= Ratio::new(1, 1))
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not between 0 % and 100 %"))
    }

    /// A share as it is written, with up to six decimals: `0.1%` for 1/1000.
    #[must_use]
    pub fn told(share: Ratio) -> String {
        let (above, below) = (u128::from(share.numerator()), u128::from(share.denominator()));
        let millionths = above * 100_000_000 / below;
        let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }

    /// The share: 1/1000 for `0.1%`.
    #[must_use]
    pub fn share(self) -> Ratio {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact_ratios() {
        assert_eq!(Rate::parse("12/s").unwrap().per_microsecond(), Ratio::new(12, 1_000_000).unwrap());
        assert_eq!(Rate::parse("0.5/min").unwrap().per_microsecond(), Ratio::new(1, 120_000_000).unwrap());
        assert_eq!(Rate::parse("50/s").unwrap().thousandths_per_second(), 50_000);
        for bad in ["12", "12/", "/s", "12/fortnight", "-1/s", "0/s", "NaN/s", "1e3/s", "99_999_999/s", "0.0001/d"] {
            assert!(Rate::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn growth_is_a_monthly_factor() {
        assert!((Growth::parse("8%/month").unwrap().monthly_factor() - 1.08).abs() < 1e-12);
        for bad in ["8%", "8/month", "8%/year", "-100%/month", "5000%/month"] {
            assert!(Growth::parse(bad).is_err(), "{bad:?} was read");
        }
    }

    #[test]
    fn percentages_are_exact_shares() {
        assert_eq!(Percent::parse("0.1%").unwrap().share(), Ratio::new(1, 1_000).unwrap());
        assert_eq!(Percent::parse("100 %").unwrap().share(), Ratio::new(1, 1).unwrap());
        for bad in ["0.1", "101%", "-1%", "x%", ".nan%"] {
            assert!(Percent::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
