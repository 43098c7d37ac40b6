//! Which of the replications is exported.

use std::fmt;
use std::str::FromStr;

/// A percentile of total cost, from p1 to p99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentile(u8);

impl Percentile {
    /// In thousandths.
    #[must_use]
    pub fn per_thousand(self) -> u64 {
        u64::from(self.0) * 10
    }
}

impl FromStr for Percentile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.strip_prefix('p').and_then(|digits| digits.parse().ok());
        let known = number.filter(|number| (1..=99).contains(number));
        known.map(Self).ok_or_else(|| format!("`{text}` is not a percentile; write p50, p90 or p95"))
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_written_as_it_is_read() {
        assert_eq!("p95".parse::<Percentile>().map(|p| (p.to_string(), p.per_thousand())), Ok(("p95".to_owned(), 950)));
        for bad in ["p0", "p100", "95", "p9.5", "P50", "p", ""] {
            assert!(bad.parse::<Percentile>().is_err(), "{bad:?} was read");
        }
    }
}
