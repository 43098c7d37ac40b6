//! The Regions that a row holds in.

use crate::bedrock::region::is_region;
use crate::document::{Decode, Located, Node, Problems, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// Source Regions: all of them, or some by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regions {
    /// Every Region that no other row names.
    Any,
    /// These; never empty.
    Named(BTreeSet<String>),
}

/// Regions by name; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionNames(pub BTreeSet<String>);

impl Decode for RegionNames {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match Regions::decode(node, problems)? {
            Regions::Named(names) => Some(Self(names)),
            Regions::Any => {
                problems.with_help(&node.place, "`any` is not a list of Regions", "list the Regions one by one");
                None
            }
        }
    }
}

impl Regions {
    /// The row holds there, by name or because it holds everywhere.
    #[must_use]
    pub fn include(&self, region: &str) -> bool {
        matches!(self, Self::Any) || self.name(region)
    }

    /// The Region is listed; a row that lists it goes before one for `any`.
    #[must_use]
    pub fn name(&self, region: &str) -> bool {
        matches!(self, Self::Named(names) if names.contains(region))
    }

    /// Some Region is in all of them.
    pub(super) fn meet(all: &[&Self]) -> bool {
        let mut named = all.iter().filter_map(|regions| match regions {
            Self::Any => None,
            Self::Named(names) => Some(names),
        });
        let Some(first) = named.next() else { return true };
        let others: Vec<_> = named.collect();
        first.iter().any(|region| others.iter().all(|names| names.contains(region)))
    }

    /// What both hold with the same precedence: `any`, or the first Region that both list.
    pub(super) fn shared<'a>(&'a self, other: &'a Self) -> Option<&'a str> {
        match (self, other) {
            (Self::Any, Self::Any) => Some("any"),
            (Self::Named(ours), Self::Named(theirs)) => ours.intersection(theirs).next().map(String::as_str),
            _ => None,
        }
    }
}

/// `any`, or `eu-west-1, us-east-1`.
impl fmt::Display for Regions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Named(names) => f.write_str(&names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        }
    }
}

impl Decode for Regions {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Scalar(text) if text == "any" => Some(Self::Any),
            Value::Sequence(items) if items.is_empty() => {
                problems.with_help(&node.place, "no Region is listed", "write `any` for every Region");
                None
            }
            Value::Sequence(_) => {
                let names: Vec<Located<String>> = Decode::decode(node, problems)?;
                let spelled = names.iter().filter(|name| well_spelled(name, problems)).count();
                let all_spelled = spelled == names.len();
                all_spelled.then(|| Self::Named(names.into_iter().map(|name| name.value).collect()))
            }
            _ => {
                let help = "write `any`, or a list such as `[us-east-1, us-west-2]`";
                problems.with_help(&node.place, "expected Regions", help);
                None
            }
        }
    }
}

fn well_spelled(name: &Located<String>, problems: &mut Problems) -> bool {
    let spelled = is_region(&name.value);
    if !spelled {
        let message = format!("`{}` is not spelled like a Region", name.value);
        problems.with_help(&name.place, message, "a Region is written as `us-east-1`");
    }
    spelled
}

impl JsonSchema for RegionNames {
    fn schema_name() -> Cow<'static, str> {
        "RegionNames".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Regions by name.",
            "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^[a-z]{2}(-[a-z]+)+-[0-9]$" }
        })
    }
}

impl JsonSchema for Regions {
    fn schema_name() -> Cow<'static, str> {
        "Regions".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Source Regions: any, or a list.",
            "anyOf": [
                { "const": "any" },
                { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^[a-z]{2}(-[a-z]+)+-[0-9]$" } }
            ]
        })
    }
}
