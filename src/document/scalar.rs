//! Single values: how each quantity is read from a scalar, and what the schema says of it.

use super::{Decode, Node, Problems, Value};
use crate::units::{Growth, Micros, Percent, Rate, Tokens, Usd, UsdPerToken};

/// Reads a scalar with `parse`; anything else is a problem that names what was `expected`.
pub(crate) fn scalar<T>(
    node: &Node,
    problems: &mut Problems,
    expected: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let Value::Scalar(text) = &node.value else {
        problems.at(&node.place, format!("expected {expected}, found {}", node.kind()));
        return None;
    };
    parse(text).map_err(|message| problems.at(&node.place, message)).ok()
}

/// Reads a scalar that must be one of a few names; another name is a problem that suggests the nearest.
pub fn choice<T: Copy>(node: &Node, problems: &mut Problems, what: &str, among: &[(&str, T)]) -> Option<T> {
    let text: String = Decode::decode(node, problems)?;
    let found = among.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = among.iter().map(|(name, _)| *name).collect();
        problems.unknown(&node.place, what, &text, &names);
    }
    found
}

/// Gives a quantity its reader and its schema.
macro_rules! quantity {
    ($type:ty, $parse:path, $name:literal, $expected:literal, $schema:tt) => {
        impl $crate::document::Decode for $type {
            fn decode(node: &$crate::document::Node, problems: &mut $crate::document::Problems) -> Option<Self> {
                $crate::document::scalar(node, problems, $expected, $parse)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}

pub(crate) use quantity;

quantity!(Tokens, Tokens::parse, "Count", "a count such as `1_800` or `5M`", {
    "description": "A whole number: 42, 1_800, 64k, 5M, 1.5B.",
    "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]+)?[kMB]?$" }]
});
quantity!(Micros, Micros::parse, "Duration", "a length of time such as `250ms` or `7d`", {
    "description": "A length of time: 250ms, 60s, 90m, 12h, 7d.",
    "type": "string", "pattern": "^[0-9]"
});
quantity!(Rate, Rate::parse, "Rate", "a rate such as `12/s`", {
    "description": "Events per time: 12/s, 720/min, 400/h, 90_000/d.",
    "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]+)? */ *(s|min|h|d)$"
});
quantity!(Growth, Growth::parse, "Growth", "a growth such as `8%/month`", {
    "description": "Compound growth per 730-hour month: 8%/month.",
    "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)? *% */ *month$"
});
quantity!(Percent, Percent::parse, "Percent", "a percentage such as `0.1%`", {
    "description": "A share: 0.1%.",
    "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *%$"
});
quantity!(Usd, Usd::parse, "Usd", "an amount such as `12_000 USD`", {
    "description": "US dollars: 12_000 USD.",
    "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]+)? *USD$"
});
quantity!(UsdPerToken, UsdPerToken::parse_per_million, "UsdPerMillionTokens", "a price such as `1.375`", {
    "description": "US dollars per million tokens, above zero, at most nine decimals; or free.",
    "anyOf": [{ "type": "number", "exclusiveMinimum": 0 }, { "const": "free" }]
});

impl Decode for String {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "text", |text| Ok(text.to_owned()))
    }
}

impl Decode for bool {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "`true` or `false`", |text| {
            text.parse().map_err(|_| format!("`{text}` is neither `true` nor `false`"))
        })
    }
}

impl Decode for u64 {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "a whole number", |text| {
            text.replace('_', "").parse().map_err(|_| format!("`{text}` is not a whole number of at least zero"))
        })
    }
}

impl Decode for u32 {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "a whole number", |text| {
            text.replace('_', "").parse().map_err(|_| format!("`{text}` is not a whole number from 0 to {}", Self::MAX))
        })
    }
}

impl Decode for jiff::Timestamp {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "an instant such as `2026-12-01T00:00:00Z`", |text| {
            text.parse().map_err(|_| format!("`{text}` is not an instant; write it in UTC as `2026-12-01T00:00:00Z`"))
        })
    }
}

impl Decode for jiff::civil::Date {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        scalar(node, problems, "a date such as `2026-12-01`", |text| {
            text.parse().map_err(|_| format!("`{text}` is not a date; write it as `2026-12-01`"))
        })
    }
}
