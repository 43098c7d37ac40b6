//! Whose an app is, and how the cost of what apps share is told apart.

use super::slug::is_entry_name;
use crate::document::{Decode, Located, Named, Node, Problems, names, quantity, section};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// More letters than the name of a team needs.
const LONGEST: usize = 64;

/// The tags of an app: keys of lowercase letters, digits, `-` and `_`, and values of any text.
#[derive(Debug, Clone, Default)]
pub struct Tags(pub Vec<(Located<String>, TagValue)>);

/// The value of a tag: text on one line, at most 64 letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagValue(String);

quantity!(TagValue, TagValue::parse, "TagValue", "a text such as `search`", {
    "description": "A text on one line, at most 64 letters.",
    "type": "string", "minLength": 1, "maxLength": LONGEST
});

impl TagValue {
    fn parse(text: &str) -> Result<Self, String> {
        match text.chars().count() {
            0 => Err("a tag without a value; leave it out".to_owned()),
            LONGEST.. if text.chars().count() > LONGEST => Err(format!("a tag of more than {LONGEST} letters")),
            _ if text.chars().any(char::is_control) => Err("a tag is text on one line".to_owned()),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Decode for Tags {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Named(tags) = Named::<TagValue>::decode(node, problems)?;
        for (key, _) in tags.iter().filter(|(key, _)| !is_entry_name(&key.value)) {
            let message = format!("`{}` is not a name of lowercase letters, digits, `-` and `_`", key.value);
            problems.at(&key.place, message);
        }
        Some(Self(tags))
    }
}

impl JsonSchema for Tags {
    fn schema_name() -> Cow<'static, str> {
        "Tags".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<TagValue>();
        json_schema!({
            "description": "Tags by name: {team: search, environment: prod}.",
            "type": "object", "propertyNames": { "pattern": "^[a-z0-9_-]+$" }, "additionalProperties": value
        })
    }
}

names! {
    /// What tells apart the cost of capacity that apps share.
    pub enum ShareBy: "way of sharing" {
        /// The tokens of their answered calls there; what nobody used is nobody's.
        Usage = "usage",
        /// The tokens that their calls reserved there; all of the cost is somebody's.
        Reservation = "reservation",
        /// Their busiest minutes there; all of the cost is somebody's.
        Peak = "peak",
    }
}

section! {
    /// Whose cost is whose.
    pub struct Chargeback {
        /// The tags by which the bill is told apart; left out, every one that an app has.
        pub by: Option<Vec<Located<String>>>,
        /// What tells apart the cost of capacity that apps share.
        pub share: ShareBy = "usage",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_any_text_on_one_line() {
        for good in ["search", "=1+1", "Équipe 7 (Paris)", &"a".repeat(64)] {
            assert_eq!(TagValue::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "a\nb", "\u{1b}[31m", &"é".repeat(65)] {
            assert!(TagValue::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
