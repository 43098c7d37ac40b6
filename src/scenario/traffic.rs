//! The calls of an app: made by rule, or recorded.

use super::recorded::check_trace;
use super::{Burstiness, InputLength, Kept, Length, Shape, Trace, Users};
use crate::document::{Decode, Fields, Node, Problems, Value, section};
use crate::units::{Growth, Rate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The calls of an app.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "one an app: its size does not matter")]
pub enum Traffic {
    /// Made by rule from the seed.
    Synthetic(Synthetic),
    /// Sent by users who wait for the answer.
    Users(Users),
    /// Recorded in a file.
    Trace(Trace),
}

section! {
    /// Calls that are made by rule from the seed.
    pub struct Synthetic {
        /// The mean number of calls per time over a week: 12/s, 720/min, 400/h, 90_000/d.
        pub rate: Rate,
        /// How the rate is spread over the hours of a week, in the scenario's time zone.
        pub shape: Shape = "flat",
        /// How much calls come in bursts.
        pub burstiness: Burstiness = 1,
        /// Compound growth of the rate from the start on: 8%/month.
        pub growth: Option<Growth>,
        /// Tokens of the input.
        pub input: InputLength,
        /// Tokens that the model would write if `max_tokens` did not cut it short.
        pub output: Length,
    }
}

impl Decode for Traffic {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_)) {
            let help = "write `rate` or `users`, `input` and `output`; or a `trace`";
            problems.with_help(&node.place, format!("expected traffic, found {}", node.kind()), help);
            return None;
        }
        if !is_trace(node) {
            return if has_users(node) {
                Users::decode(&without(node, &OF_RATES), problems).map(Self::Users)
            } else {
                Synthetic::decode(node, problems).map(Self::Synthetic)
            };
        }
        let fields = Fields::of(node, &["trace"], problems)?;
        let trace = fields.take("trace", problems)?;
        let first = node.get("trace").and_then(|trace| trace.entries().first());
        check_trace(&trace, first.map_or(fields.place(), |entry| &entry.key.place), problems);
        Some(Self::Trace(trace))
    }
}

/// Keys that go with a rate only; beside `users` they are reported where parts of an app are compared.
const OF_RATES: [&str; 4] = ["rate", "shape", "burstiness", "growth"];

fn has_users(traffic: &Node) -> bool {
    traffic.get("users").is_some()
}

/// The same node without some of its keys.
fn without(node: &Node, keys: &[&str]) -> Node {
    let kept = node.entries().iter().filter(|entry| !keys.contains(&entry.key.value.as_str()));
    Node { value: Value::Mapping(kept.cloned().collect()), ..node.clone() }
}

/// Whether this traffic is a recorded one.
pub(super) fn is_trace(traffic: &Node) -> bool {
    traffic.get("trace").is_some()
}

/// Whether a trace tells what its prompts have in common.
pub(super) fn has_blocks(trace: &Node) -> bool {
    trace.get("blocks").is_some() || lists(trace, Kept::Blocks)
}

/// Whether a trace tells what of its prompts was cached, and that is taken as it was.
pub(super) fn has_splits(trace: &Node) -> bool {
    lists(trace, Kept::Cache)
}

/// Whether something is taken as it was recorded, by the list of such things.
fn lists(trace: &Node, part: Kept) -> bool {
    let Some(Value::Sequence(items)) = trace.get("recorded").map(|list| &list.value) else { return false };
    items.iter().any(|item| matches!(&item.value, Value::Scalar(text) if text == part.name()))
}

impl JsonSchema for Traffic {
    fn schema_name() -> Cow<'static, str> {
        "Traffic".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let synthetic = generator.subschema_for::<Synthetic>();
        let users = generator.subschema_for::<Users>();
        let trace = generator.subschema_for::<Trace>();
        json_schema!({ "description": "The calls: made by rule, sent by users, or recorded in a trace.", "anyOf": [
            synthetic,
            users,
            {
                "type": "object", "required": ["trace"], "additionalProperties": false,
                "properties": { "trace": trace },
            },
        ]})
    }
}
