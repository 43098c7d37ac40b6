//! How fast a model answers.

use super::Spread;
use crate::document::{Decode, Node, Problems, section};
use crate::units::{Decimal, Micros, Percent, Rate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

section! {
    /// How fast the model answers.
    pub struct Service {
        /// The time from the call to the first token.
        pub ttft: Option<Spread<Micros>>,
        /// The speed of generation after the first token, in tokens per time: `80/s`.
        pub output_rate: Option<Spread<Rate>>,
        /// How many times longer both take at each hour of the day in the scenario's time zone: 24 factors from midnight.
        pub hours: Option<HourFactors>,
        /// How much of the time to the first token is saved when the whole prompt is read from the cache.
        pub cached_saves: Percent = "85%",
    }
}

/// Factors of the 24 hours of a day, in thousandths: from 0.1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourFactors(pub [u32; 24]);

/// One factor in thousandths.
struct Factor(u32);

impl Decode for Factor {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let text = String::decode(node, problems)?;
        let thousandths = Decimal::parse(&text).ok().and_then(|factor| factor.shifted(3));
        let factor = thousandths.and_then(|factor| u32::try_from(factor).ok()).filter(|f| (100..=100_000).contains(f));
        if factor.is_none() {
            let help = "write how many times longer a call takes in that hour, as `1.5`";
            problems.with_help(
                &node.place,
                format!("`{text}` is not a factor from 0.1 to 100 with three decimals"),
                help,
            );
        }
        factor.map(Self)
    }
}

impl Decode for HourFactors {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let factors: Vec<Factor> = Decode::decode(node, problems)?;
        let count = factors.len();
        let factors: Vec<u32> = factors.into_iter().map(|factor| factor.0).collect();
        let all = <[u32; 24]>::try_from(factors).ok();
        if all.is_none() {
            problems.at(&node.place, format!("{count} factors; a day has 24 hours"));
        }
        all.map(Self)
    }
}

impl JsonSchema for HourFactors {
    fn schema_name() -> Cow<'static, str> {
        "HourFactors".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "24 factors from midnight.",
            "type": "array", "minItems": 24, "maxItems": 24,
            "items": { "type": "number", "minimum": 0.1, "maximum": 100 }
        })
    }
}
