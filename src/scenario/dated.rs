//! A quota that changes: an increase that AWS granted, or will grant, on a day.

use super::Limit;
use crate::document::{Decode, Located, Node, Problems, Value, section};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A limit, or limits by day.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The limit before any other; nothing: the default of the price book.
    pub first: Option<Limit>,
    /// Limits from a UTC day on, ascending.
    pub later: Vec<(Date, Limit)>,
}

section! {
    /// From that UTC day on, another limit holds.
    pub struct Step {
        /// The first day of effect.
        pub from: Located<Date>,
        /// The limit from then on.
        pub limit: Limit,
    }
}

impl Dated {
    /// The limit on a day; nothing when the scenario does not say.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<u64> {
        let step = self.later.iter().rev().find(|(from, _)| *from <= day);
        step.map(|(_, limit)| *limit).or(self.first).map(Limit::get)
    }

    /// The limits after a day.
    pub fn after(&self, day: Date) -> impl Iterator<Item = (Date, u64)> {
        self.later.iter().filter(move |(from, _)| *from > day).map(|(from, limit)| (*from, limit.get()))
    }
}

impl Decode for Dated {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Sequence(_)) {
            return Limit::decode(node, problems).map(|limit| Self { first: Some(limit), later: Vec::new() });
        }
        let steps: Vec<Step> = Decode::decode(node, problems)?;
        let back = steps.windows(2).find(|pair| pair[1].from.value <= pair[0].from.value);
        match back {
            Some([earlier, later, ..]) => {
                let message = format!("{} does not come after {}", later.from.value, earlier.from.value);
                problems.with_help(&later.from.place, message, "put the oldest limit first, each day once");
                None
            }
            _ if steps.is_empty() => {
                problems.with_help(&node.place, "no limit is listed", "write one as `{from: 2026-12-10, limit: 2M}`");
                None
            }
            _ => Some(Self { first: None, later: steps.iter().map(|step| (step.from.value, step.limit)).collect() }),
        }
    }
}

impl JsonSchema for Dated {
    fn schema_name() -> Cow<'static, str> {
        "Dated".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (limit, step) = (generator.subschema_for::<Limit>(), generator.subschema_for::<Step>());
        json_schema!({
            "description": "A limit, or limits from days on, the oldest first; before the first of them the default holds.",
            "anyOf": [limit, { "type": "array", "minItems": 1, "items": step }]
        })
    }
}
