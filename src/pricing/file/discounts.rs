//! What a file says of discounts that were agreed.

use super::cited::cited_section;
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::document::{Decode, Located, Node, Problems, Value, section};
use crate::pricing::Regions;
use crate::pricing::charge::UsdPerUnits;
use crate::units::{Percent, UsdPerToken};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

cited_section! {
    /// A discount on list prices. Exactly one of `percent`, `off_per_million` and `off` says how much; no price has two
    /// discounts on one day.
    pub struct DiscountEntry {
        /// A share of the list price: `12.5%`. Of models: of their tokens, and without `via` and `tier` of their model
        /// units and reserved tier too.
        pub percent: Option<Located<Percent>>,
        /// US dollars off a million tokens of each class; of models.
        pub off_per_million: Option<OffPerMillionEntry>,
        /// US dollars off the price of a service, for as many units as that is quoted for.
        pub off: Option<Located<UsdPerUnits>>,
        /// Models by the short names of the book, or `any`.
        pub models: Option<Located<Chosen>>,
        /// Services by the short names of the book, or `any`.
        pub services: Option<Located<Chosen>>,
        /// One way to the models only.
        pub via: Option<Located<Via>>,
        /// One service tier only.
        pub tier: Option<Located<Tier>>,
        /// The source Regions.
        pub regions: Regions = "any",
        /// The first day of effect; left out, from ever.
        pub from: Option<Located<Date>>,
        /// The first day on which it holds no longer; left out, for ever.
        pub until: Option<Located<Date>>,
    }
}

section! {
    /// US dollars off a million tokens of each class.
    pub struct OffPerMillionEntry {
        /// Input that no cache took part in.
        pub input: Option<UsdPerToken>,
        /// What the model writes.
        pub output: Option<UsdPerToken>,
        /// Input read from the prompt cache.
        pub cache_read: Option<UsdPerToken>,
        /// Input written to the prompt cache for five minutes.
        pub cache_write_5m: Option<UsdPerToken>,
        /// Input written to the prompt cache for one hour.
        pub cache_write_1h: Option<UsdPerToken>,
    }
}

/// All of them, or some by name.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// All that the book has.
    Any,
    /// These; never empty.
    Named(Vec<Located<String>>),
}

impl Decode for Chosen {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Scalar(text) if text == "any" => Some(Self::Any),
            Value::Sequence(items) if !items.is_empty() => Decode::decode(node, problems).map(Self::Named),
            _ => {
                problems.with_help(
                    &node.place,
                    "expected names",
                    "write `any`, or a list such as `[claude-haiku-4-5]`",
                );
                None
            }
        }
    }
}

impl JsonSchema for Chosen {
    fn schema_name() -> Cow<'static, str> {
        "Chosen".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "`any`, or names of the price book.",
            "anyOf": [{ "const": "any" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }]
        })
    }
}
