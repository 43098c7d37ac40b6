//! How regular the gaps between calls are.

use crate::document::quantity;
use crate::units::Decimal;

/// The squared coefficient of variation of the gaps between calls: 0 is evenly spaced, 1 is Poisson,
/// above 1 is burstier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Burstiness {
    thousandths: u32,
}

quantity!(Burstiness, Burstiness::parse, "Burstiness", "a burstiness such as `1.8`", {
    "description": "0 is evenly spaced, 1 is Poisson (random, independent callers), above 1 up to 1000 is burstier: \
        the squared coefficient of variation of the gaps between calls. At most three decimals.",
    "anyOf": [{ "const": 0 }, { "type": "number", "minimum": 1, "maximum": 1_000 }]
});

impl Burstiness {
    fn parse(text: &str) -> Result<Self, String> {
        let written = Decimal::parse(text)?;
        if written.is_negative() {
            return Err(format!("the burstiness `{text}` is negative"));
        }
        let thousandths = written.shifted(3).ok_or_else(|| format!("`{text}` has more than three decimals"))?;
        match u32::try_from(thousandths) {
            Ok(thousandths @ (0 | 1_000..=1_000_000)) => Ok(Self { thousandths }),
            Ok(1..1_000) => Err(format!(
                "a burstiness of `{text}`, between evenly spaced (0) and Poisson (1), is not modelled; take 0 or 1"
            )),
            _ => Err(format!("the burstiness `{text}` is above 1000")),
        }
    }

    /// The burstiness in thousandths: 0, or from 1,000 to 1,000,000.
    #[must_use]
    pub fn thousandths(self) -> u32 {
        self.thousandths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burstiness_is_even_poisson_or_more() {
        for (text, thousandths) in [("0", 0), ("1", 1_000), ("1.8", 1_800), ("1000", 1_000_000)] {
            assert_eq!(Burstiness::parse(text).map(Burstiness::thousandths), Ok(thousandths));
        }
        assert!(Burstiness::parse("0.5").unwrap_err().contains("not modelled"));
        for bad in ["-1", "1000.001", "1.2345", ".inf", "1e3", "", "99999999999"] {
            assert!(Burstiness::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
