//! Where the calls of a cross-region profile run.

use crate::document::{Decode, Located, Named, Node, Problems, Whole};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Weights of the Regions in which calls run.
#[derive(Debug, Clone)]
pub struct Routing(pub Vec<(Located<String>, u32)>);

type Weight = Whole<1, 1_000_000>;

impl Decode for Routing {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let weights = Named::<Weight>::decode(node, problems)?.0;
        if weights.is_empty() {
            problems.with_help(&node.place, "no Region is listed", "write weights, as `{us-east-1: 3, us-west-2: 1}`");
            return None;
        }
        Some(Self(weights.into_iter().map(|(region, weight)| (region, weight.get() as u32)).collect()))
    }
}

impl JsonSchema for Routing {
    fn schema_name() -> Cow<'static, str> {
        "Routing".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let weight = generator.subschema_for::<Weight>();
        json_schema!({
            "description": "Regions in which the calls of the profile run, each with its weight.",
            "type": "object", "minProperties": 1, "additionalProperties": weight
        })
    }
}
