//! A quantity that is the same for every call, or log-normal.

use crate::document::{Decode, Fields, Node, Place, Problems, Value};
use crate::units::{Micros, Rate, Ratio};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The same for every call, or log-normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread<T> {
    /// The same for every call.
    Constant(T),
    /// Log-normal.
    LogNormal {
        /// Half of all calls are below it.
        median: T,
        /// One in twenty calls is above it; not below the median.
        p95: T,
    },
}

/// What may be spread.
pub trait Spreadable: Decode + Copy + PartialOrd {
    /// Why this value is a typing error, if it is one.
    fn absurdity(self) -> Option<&'static str>;

    /// Nothing at all: no median of a log-normal.
    fn is_zero(self) -> bool;
}

impl Spreadable for Micros {
    fn absurdity(self) -> Option<&'static str> {
        (self > Self::HOUR).then_some("more than an hour for one call")
    }

    fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Spreadable for Rate {
    fn absurdity(self) -> Option<&'static str> {
        (Some(self.per_microsecond()) < Ratio::new(1, 1_000_000)).then_some("less than one token a second")
    }

    fn is_zero(self) -> bool {
        false
    }
}

impl<T: Spreadable> Decode for Spread<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_)) {
            return plausible(node, problems).map(Self::Constant);
        }
        let fields = Fields::of(node, &["median", "p95"], problems)?;
        let median = fields.take::<Plausible<T>>("median", problems);
        let p95 = fields.take::<Plausible<T>>("p95", problems);
        let (Plausible(median), Plausible(p95)) = (median?, p95?);
        in_order(median, p95, fields.place(), problems).then_some(Self::LogNormal { median, p95 })
    }
}

fn in_order<T: Spreadable>(median: T, p95: T, place: &Place, problems: &mut Problems) -> bool {
    if median.is_zero() {
        problems.at(place, "a `median` of zero; write the value alone when it never varies");
    } else if p95 < median {
        problems.at(place, "the `p95` is below the `median`");
    }
    !median.is_zero() && p95 >= median
}

struct Plausible<T>(T);

impl<T: Spreadable> Decode for Plausible<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        plausible(node, problems).map(Self)
    }
}

fn plausible<T: Spreadable>(node: &Node, problems: &mut Problems) -> Option<T> {
    let value = T::decode(node, problems)?;
    match value.absurdity() {
        Some(why) => {
            problems.at(&node.place, why);
            None
        }
        None => Some(value),
    }
}

impl<T: JsonSchema> JsonSchema for Spread<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Spread{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "description": "The same for every call, or log-normal: {median: ..., p95: ...}.", "anyOf": [
            one,
            {
                "type": "object", "required": ["median", "p95"], "additionalProperties": false,
                "properties": { "median": one, "p95": one },
            },
        ]})
    }
}
