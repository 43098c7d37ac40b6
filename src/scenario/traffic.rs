//! The calls of an app: made by rule, or recorded.

use super::{Burstiness, InputLength, Length, Shape, Users};
use crate::document::{Decode, Fields, Located, Node, Problems, Value, Whole, names, section};
use crate::units::{Growth, Rate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The calls of an app.
#[derive(Debug, Clone)]
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

section! {
    /// Calls that were recorded in a CSV file with a header. The first row happens at the scenario's
    /// start.
    pub struct Trace {
        /// The CSV file, relative to the scenario's file.
        pub file: Located<String>,
        /// When a call was made.
        pub time: TimeColumn,
        /// The column with the tokens of the input.
        pub input: Located<String>,
        /// The column with the tokens that the model wrote.
        pub output: Located<String>,
        /// The column with the `max_tokens` of each call; left out: the app's.
        pub max_tokens: Option<Located<String>>,
        /// The column with the name of the app; only rows of this app are taken. Left out: all rows.
        pub app: Option<Located<String>>,
        /// The column with the session of each call: a call is not sent before the one before it in its session has
        /// ended. Left out: calls know nothing of each other.
        pub session: Option<Located<String>>,
        /// The column with the blocks that each prompt is made of, from its start on.
        pub blocks: Option<Blocks>,
        /// Sorts the rows by time first, in memory; otherwise a row that goes back in time is refused.
        pub sort: bool = false,
    }
}

section! {
    /// The column with the blocks of each prompt: whole numbers with spaces between them, the same number for
    /// the same content behind the same beginning.
    pub struct Blocks {
        /// The name of the column.
        pub column: Located<String>,
        /// The tokens of a block; the last block of a prompt may be shorter.
        pub tokens: Whole<1, 10_000_000>,
    }
}

section! {
    /// The column with the time of each call.
    pub struct TimeColumn {
        /// The name of the column.
        pub column: Located<String>,
        /// How the time is written.
        pub format: TimeFormat,
    }
}

names! {
    /// How the time of a row is written.
    pub enum TimeFormat: "time format" {
        /// Date and time with up to nine digits of a fraction: 2024-05-10 00:00:00.009930.
        WallClock = "wall_clock",
        /// Seconds since any zero, with a fraction if need be.
        Seconds = "seconds",
        /// Milliseconds since any zero, with a fraction if need be.
        Milliseconds = "milliseconds",
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
        let trace = Fields::of(node, &["trace"], problems)?.take("trace", problems)?;
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
    trace.get("blocks").is_some()
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
