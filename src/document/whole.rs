//! Whole numbers between two bounds.

use super::{Decode, Node, Problems, scalar};
use crate::units::Tokens;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A whole number from `MIN` to `MAX`, written like any count: `42`, `1_800`, `64k`, `5M`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u64, const MAX: u64>(u64);

impl<const MIN: u64, const MAX: u64> Whole<MIN, MAX> {
    /// Reads a count between the bounds.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let count = Tokens::parse(text)?.0;
        if (MIN..=MAX).contains(&count) {
            return Ok(Self(count));
        }
        Err(format!("`{text}` is not from {} to {}", Tokens(MIN), Tokens(MAX)))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl<const MIN: u64, const MAX: u64> Decode for Whole<MIN, MAX> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "a count such as `1_800` or `5M`", Self::parse)
    }
}

impl<const MIN: u64, const MAX: u64> JsonSchema for Whole<MIN, MAX> {
    fn schema_name() -> Cow<'static, str> {
        format!("WholeFrom{MIN}To{MAX}").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "integer", "minimum": MIN, "maximum": MAX },
            { "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]+)?[kMB]?$" },
        ]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_bounds_belong_to_it_and_nothing_beyond() {
        type Attempts = Whole<1, 64>;
        assert_eq!(Attempts::parse("1").unwrap().get(), 1);
        assert_eq!(Attempts::parse("6_4").unwrap().get(), 64);
        for bad in ["0", "65", "-1", "1.5", ".inf", "", "64k"] {
            assert!(Attempts::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
