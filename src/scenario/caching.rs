//! Up to where a prompt is cached, and how long.

use super::SectionName;
use super::prompt::section_entries;
use crate::bedrock::cache::Ttl;
use crate::document::{Decode, Fields, Located, Node, Place, Problems, Value, section};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The most checkpoints that any model takes in one call (User Guide, "Prompt caching", 2026-11-20).
const MOST_CHECKPOINTS: usize = 4;

/// Up to where a prompt is cached, and how long.
#[derive(Debug, Clone)]
pub enum Cache {
    /// Behind the last section, or the last block of a trace.
    All(Located<Ttl>),
    /// Behind sections of choice, in the order of the prompt.
    Checkpoints(Vec<Checkpoint>),
}

section! {
    /// A place up to which the prompt is cached.
    pub struct Checkpoint {
        /// The section behind which it stands.
        pub after: Located<SectionName>,
        /// How long the entry lives after it was last used.
        pub ttl: Located<Ttl> = "5m",
    }
}

impl Decode for Cache {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_)) {
            return Decode::decode(node, problems).map(Self::All);
        }
        if node.get("checkpoints").is_none() {
            return Fields::of(node, &["ttl", "checkpoints"], problems)?.take("ttl", problems).map(Self::All);
        }
        let fields = Fields::of(node, &["checkpoints"], problems)?;
        let mut checkpoints: Vec<Checkpoint> = fields.take("checkpoints", problems)?;
        let good = are_possible(&checkpoints, fields.place(), problems);
        checkpoints.sort_by_key(|checkpoint| checkpoint.after.value);
        good.then_some(Self::Checkpoints(checkpoints))
    }
}

/// Says of every checkpoint what is wrong with it; the order in the file does not matter.
fn are_possible(checkpoints: &[Checkpoint], place: &Place, problems: &mut Problems) -> bool {
    let mut good = true;
    let mut refuse = |place: &Place, message: String, help: &str| {
        problems.with_help(place, message, help);
        good = false;
    };
    if checkpoints.is_empty() {
        refuse(place, "no checkpoints".to_owned(), "leave `cache` out to cache nothing, or write `cache: 5m`");
    }
    if let Some(fifth) = checkpoints.get(MOST_CHECKPOINTS) {
        let help = "behind the last section that calls have in common, one is enough";
        refuse(&fifth.after.place, "more than four checkpoints; no model takes more".to_owned(), help);
    }
    for (at, checkpoint) in checkpoints.iter().enumerate() {
        let (after, ttl) = (checkpoint.after.value, checkpoint.ttl.value);
        if checkpoints[..at].iter().any(|other| other.after.value == after) {
            let message = format!("two checkpoints after `{}`", after.name());
            refuse(&checkpoint.after.place, message, "keep one of the two");
        }
        let short = checkpoints.iter().find(|other| other.after.value < after && other.ttl.value < ttl);
        if let Some(short) = short {
            let message =
                format!("a checkpoint of one hour behind one of five minutes (after `{}`)", short.after.value.name());
            refuse(&checkpoint.after.place, message, "checkpoints of one hour come first in a prompt");
        }
    }
    good
}

/// Checkpoints stand behind sections that are there.
pub(super) fn check_checkpoints(prompt: &Node, recorded: bool, problems: &mut Problems) {
    let Some(checkpoints) = prompt.get("cache").and_then(|cache| cache.get("checkpoints")) else { return };
    if recorded {
        let help = "write `cache: 5m` or `cache: 1h`";
        let message = "a recorded prompt has one checkpoint, behind its last block";
        problems.with_help(&checkpoints.place, message, help);
        return;
    }
    let declared: Vec<&str> = section_entries(prompt).map(|entry| entry.key.value.as_str()).collect();
    let Value::Sequence(items) = &checkpoints.value else { return };
    for after in items.iter().filter_map(|item| item.get("after")) {
        let Some(name) = SectionName::decode(after, &mut Problems::default()) else { continue };
        if !declared.contains(&name.name()) {
            let message = format!("this prompt has no section `{}` for a checkpoint to stand behind", name.name());
            problems.with_help(&after.place, message, format!("its sections: {}", list(&declared)));
        }
    }
}

fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

impl JsonSchema for Cache {
    fn schema_name() -> Cow<'static, str> {
        "Cache".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ttl = generator.subschema_for::<Ttl>();
        let checkpoint = generator.subschema_for::<Checkpoint>();
        json_schema!({
            "description": "How long the prompt is cached behind its last section: 5m or 1h; or checkpoints behind \
                sections of choice, four at most, those of one hour first.",
            "anyOf": [
                ttl,
                {
                    "type": "object", "additionalProperties": false, "required": ["ttl"],
                    "properties": { "ttl": ttl },
                },
                {
                    "type": "object", "additionalProperties": false, "required": ["checkpoints"],
                    "properties": {
                        "checkpoints": { "type": "array", "items": checkpoint, "minItems": 1, "maxItems": 4 },
                    },
                },
            ],
        })
    }
}
