//! Where data may be processed.

use crate::bedrock::region::is_region;
use crate::bedrock::residency::{AREAS, area};
use crate::document::{Decode, Located, Node, Problems, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The Regions in which calls may run: those of an area, or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Residency {
    /// As it is written: `eu`, or the Regions.
    pub text: String,
    regions: Vec<String>,
}

impl Residency {
    /// Calls may run there.
    #[must_use]
    pub fn allows(&self, region: &str) -> bool {
        self.regions.iter().any(|allowed| allowed == region)
    }
}

impl Decode for Residency {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if let Value::Sequence(_) = node.value {
            let names: Vec<Located<String>> = Decode::decode(node, problems)?;
            for name in names.iter().filter(|name| !is_region(&name.value)) {
                let message = format!("`{}` is not an AWS Region", name.value);
                problems.with_help(&name.place, message, "write it as `eu-central-1`");
            }
            let regions: Vec<String> = names.into_iter().map(|name| name.value).collect();
            let good = !regions.is_empty() && regions.iter().all(|region| is_region(region));
            if regions.is_empty() {
                problems.with_help(&node.place, "no Region is listed", "list Regions, or name an area such as `eu`");
            }
            return good.then(|| Self { text: regions.join(", "), regions });
        }
        let name = String::decode(node, problems)?;
        let Some(regions) = area(&name) else {
            problems.unknown(&node.place, "area", &name, &AREAS.map(|(name, _)| name));
            return None;
        };
        Some(Self { text: name, regions: regions.iter().map(|region| (*region).to_owned()).collect() })
    }
}

impl JsonSchema for Residency {
    fn schema_name() -> Cow<'static, str> {
        "Residency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Where calls may run: an area, or a list of Regions.",
            "anyOf": [
                { "enum": AREAS.map(|(name, _)| name) },
                { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^[a-z]{2}(-[a-z]+)+-[0-9]$" } }
            ]
        })
    }
}
