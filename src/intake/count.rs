//! Counts as recordings write them: whole numbers, though some write them as `12.0`.

use crate::units;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// A whole number below a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count<const LIMIT: u64>(pub(super) u64);

/// Tokens of one call.
pub(super) type Tokens = Count<{ units::Tokens::MAX_PER_CALL.0 }>;

impl<'de, const LIMIT: u64> Deserialize<'de> for Count<LIMIT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whole::<LIMIT>)
    }
}

struct Whole<const LIMIT: u64>;

impl<const LIMIT: u64> Visitor<'_> for Whole<LIMIT> {
    type Value = Count<LIMIT>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 0 to {}", LIMIT - 1)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        if number < LIMIT { Ok(Count(number)) } else { Err(E::invalid_value(Unexpected::Unsigned(number), &self)) }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        u64::try_from(number)
            .map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
            .and_then(|number| self.visit_u64(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        if number.fract() == 0.0 && (0.0..LIMIT as f64).contains(&number) {
            Ok(Count(number as u64))
        } else {
            Err(E::invalid_value(Unexpected::Float(number), &self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_whole_and_below_its_limit() {
        let read = |text: &str| serde_json::from_str::<Tokens>(text).map(|count| count.0).ok();
        assert_eq!(["0", "12", "12.0", "1.2e1", "2147483647"].map(read), [0, 12, 12, 12, 2_147_483_647].map(Some));
        for bad in ["-1", "2147483648", "2147483648.0", "1.5", "-0.5", "1e99", "\"12\"", "null", "[]", "true"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_no_count_is_told_with_what_would_be() {
        let message = |text: &str| serde_json::from_str::<Tokens>(text).unwrap_err().to_string();
        assert!(message("-4").contains("`-4`, expected a whole number from 0 to 2147483647"), "{}", message("-4"));
        assert!(message("2.5").contains("`2.5`, expected a whole number"), "{}", message("2.5"));
    }
}
