//! How many tokens a call holds.

use crate::document::{Decode, Fields, Node, Place, Problems, Value, Whole};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A number of tokens of one call.
pub type CallTokens = Whole<1, 2_147_483_647>;

/// How many tokens calls hold: by what the user knows of them, and the most there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// How lengths are distributed.
    pub distribution: Distribution,
    /// Longer ones are cut to it.
    pub max: Option<CallTokens>,
}

/// How lengths are distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// The same for every call.
    Constant(u32),
    /// Log-normal with this median and 95th percentile; the second is not below the first.
    MedianP95(CallTokens, CallTokens),
    /// Log-normal with this mean and 95th percentile; there always is one.
    MeanP95(CallTokens, CallTokens),
    /// Exponential with this mean.
    Mean(CallTokens),
}

/// The length of an input: at least one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputLength(pub Length);

/// With the mean of a log-normal given, its p95 is largest where sigma is the normal's own 95th
/// percentile: exp(1.644854^2 / 2) = 3.868132 times the mean.
const LARGEST_P95_PER_MILLION_OF_MEAN: u64 = 3_868_132;

const KEYS: [&str; 4] = ["median", "mean", "p95", "max"];
const FORMS: &str = "write a whole number, `{median: 420, p95: 1_900}`, `{mean: 600, p95: 1_900}` or `{mean: 600}`";

impl Decode for Length {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_)) {
            let constant = Whole::<0, 2_147_483_647>::decode(node, problems)?;
            return Some(Self { distribution: Distribution::Constant(constant.get() as u32), max: None });
        }
        let fields = Fields::of(node, &KEYS, problems)?;
        let [median, mean, p95, max] = KEYS.map(|key| fields.take::<Option<CallTokens>>(key, problems));
        let (median, mean, p95, max) = (median?, mean?, p95?, max?);
        let distribution = match (median, mean, p95) {
            (Some(median), None, Some(p95)) => Distribution::MedianP95(median, p95),
            (None, Some(mean), Some(p95)) => Distribution::MeanP95(mean, p95),
            (None, Some(mean), None) => Distribution::Mean(mean),
            _ => {
                problems.with_help(fields.place(), "these keys do not make a distribution of lengths", FORMS);
                return None;
            }
        };
        distribution.is_possible(fields.place(), problems).then_some(Self { distribution, max })
    }
}

impl Distribution {
    fn is_possible(self, place: &Place, problems: &mut Problems) -> bool {
        let (center, p95) = match self {
            Self::MedianP95(center, p95) | Self::MeanP95(center, p95) => (center.get(), p95.get()),
            Self::Constant(_) | Self::Mean(_) => return true,
        };
        if p95 < center {
            problems.at(place, "the `p95` is below the `median` or `mean`");
            return false;
        }
        let solvable =
            !matches!(self, Self::MeanP95(..)) || p95 * 1_000_000 <= center * LARGEST_P95_PER_MILLION_OF_MEAN;
        if !solvable {
            let message = format!("no log-normal has a `p95` of {p95} and a `mean` of {center}");
            problems.with_help(
                place,
                message,
                "the p95 is at most 3.868 times the mean; or give the `median` and the `p95`",
            );
        }
        solvable
    }
}

impl Decode for InputLength {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let length = Length::decode(node, problems)?;
        if length.distribution == Distribution::Constant(0) {
            problems.at(&node.place, "an input holds at least one token");
            return None;
        }
        Some(Self(length))
    }
}

fn schema(least: u64, generator: &mut SchemaGenerator) -> Schema {
    let tokens = generator.subschema_for::<CallTokens>();
    json_schema!({
        "description": "How many tokens: one number for every call; a median (or mean) and 95th percentile of a \
            log-normal; or the mean of an exponential. Longer ones than `max` are cut to it.",
        "anyOf": [
            { "type": "integer", "minimum": least, "maximum": 2_147_483_647_u32 },
            { "type": "string", "pattern": "^[0-9][0-9_]*(\\.[0-9]+)?[kMB]?$" },
            {
                "type": "object", "additionalProperties": false,
                "properties": { "median": tokens, "mean": tokens, "p95": tokens, "max": tokens },
                "anyOf": [{ "required": ["median", "p95"] }, { "required": ["mean"] }],
            },
        ],
    })
}

impl JsonSchema for Length {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schema(0, generator)
    }
}

impl JsonSchema for InputLength {
    fn schema_name() -> Cow<'static, str> {
        "InputLength".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schema(1, generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, parse};

    fn read<T: Decode>(text: &str) -> Result<T, String> {
        let mut problems = Problems::default();
        let read = T::decode(&parse(&Source::new("l.yaml", text)).unwrap(), &mut problems);
        read.filter(|_| problems.is_empty()).ok_or_else(|| problems.render())
    }

    #[test]
    fn a_length_is_a_number_or_what_is_known_of_a_distribution() {
        assert_eq!(read::<Length>("0").unwrap().distribution, Distribution::Constant(0));
        let length = read::<Length>("{median: 420, p95: 1_900, max: 8k}").unwrap();
        assert_eq!(length.max.map(CallTokens::get), Some(8_000));
        assert!(matches!(length.distribution, Distribution::MedianP95(m, p) if (m.get(), p.get()) == (420, 1_900)));
        assert!(matches!(read::<Length>("{mean: 5}").unwrap().distribution, Distribution::Mean(m) if m.get() == 5));
        for bad in [
            "{}",
            "{median: 5}",
            "{p95: 5}",
            "{median: 5, mean: 5, p95: 9}",
            "{median: 9, p95: 5}",
            "[1]",
            "2G",
            "2147483648",
            "-1",
            "1.5",
            ".nan",
            "{mean: 0}",
            "{median: 5, p95: 9, p99: 11}",
        ] {
            assert!(read::<Length>(bad).is_err(), "{bad:?} was read");
        }
        assert!(read::<InputLength>("0").unwrap_err().contains("at least one token"));
    }

    #[test]
    fn a_mean_and_p95_that_no_log_normal_has_are_refused() {
        assert!(read::<Length>("{mean: 1_000, p95: 3_868}").is_ok());
        assert!(read::<Length>("{mean: 1_000, p95: 3_869}").unwrap_err().contains("3.868 times"));
        assert!(read::<Length>("{mean: 1_000, p95: 999}").unwrap_err().contains("below"));
    }
}
