//! Users who wait for the answer before they send again.

use super::{InputLength, Length, Spread, Spreadable};
use crate::document::{Decode, Node, Problems, Whole, section};
use crate::units::Micros;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;

section! {
    /// Users of whom each sends a task, waits for the answer, thinks, and sends the next one.
    pub struct Users {
        /// How many they are.
        pub users: Whole<1, 1_000_000>,
        /// How long a user thinks before a task, the first one too.
        pub think: Spread<Thought>,
        /// The users begin evenly over this time.
        pub ramp: Micros = "0s",
        /// Tokens of the input.
        pub input: InputLength,
        /// Tokens that the model would write if `max_tokens` did not cut it short.
        pub output: Length,
    }
}

/// How long somebody thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thought(pub Micros);

impl Decode for Thought {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        Micros::decode(node, problems).map(Self)
    }
}

impl Spreadable for Thought {
    fn absurdity(self) -> Option<&'static str> {
        (self.0 > Micros::DAY).then_some("more than a day of thought")
    }

    fn is_zero(self) -> bool {
        self.0.0 == 0
    }
}

impl JsonSchema for Thought {
    fn schema_name() -> Cow<'static, str> {
        Micros::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Micros::json_schema(generator)
    }
}
