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
        /// Which quantile is given beside it.
        tail: Tail,
        /// Its value; not below the median.
        value: T,
    },
}

/// The quantile that says how far a log-normal spreads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// One in ten is above it.
    P90,
    /// One in twenty is above it.
    P95,
    /// One in a hundred is above it.
    P99,
}

impl Tail {
    const ALL: [(&'static str, Self); 3] = [("p90", Self::P90), ("p95", Self::P95), ("p99", Self::P99)];

    /// The quantile of the standard normal distribution.
    #[must_use]
    pub fn standard_normal(self) -> f64 {
        match self {
            Self::P90 => 1.281_551_565_544_600_4,
            Self::P95 => 1.644_853_626_951_472_2,
            Self::P99 => 2.326_347_874_040_840_8,
        }
    }
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
        let fields = Fields::of(node, &["median", "p90", "p95", "p99"], problems)?;
        let median = fields.take::<Plausible<T>>("median", problems);
        let tails =
            Tail::ALL.map(|(key, tail)| Some((key, tail, fields.take::<Option<Plausible<T>>>(key, problems)??)));
        let given: Vec<_> = tails.into_iter().flatten().collect();
        let [(key, tail, Plausible(value))] = given.as_slice() else {
            let help = "give `median` and one of `p90`, `p95` and `p99`";
            problems.with_help(fields.place(), format!("{} quantiles beside the `median`", given.len()), help);
            return None;
        };
        let (Plausible(median), value) = (median?, *value);
        in_order(median, key, value, fields.place(), problems).then_some(Self::LogNormal { median, tail: *tail, value })
    }
}

fn in_order<T: Spreadable>(median: T, key: &str, value: T, place: &Place, problems: &mut Problems) -> bool {
    if median.is_zero() {
        problems.at(place, "a `median` of zero; write the value alone when it never varies");
    } else if value < median {
        problems.at(place, format!("the `{key}` is below the `median`"));
    }
    !median.is_zero() && value >= median
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
        let with = |tail: &str| {
            json_schema!({
                "type": "object", "required": ["median", tail], "additionalProperties": false,
                "properties": { "median": one, tail: one },
            })
        };
        json_schema!({
            "description": "The same for every call, or log-normal: {median: ..., p95: ...}, or with p90 or p99.",
            "anyOf": [one, with("p95"), with("p90"), with("p99")]
        })
    }
}
