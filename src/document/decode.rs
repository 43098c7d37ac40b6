//! From tree to types: every problem is collected, none stops the reading.

use super::{Entry, Located, Node, Place, Problems, Source, Value, parse};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A type that reads itself from a node.
pub trait Decode: Sized {
    /// Reads the node; on failure at least one problem has been added.
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self>;

    /// What it means that the key is not there. By default: a problem.
    fn absent(section: &Place, key: &str, problems: &mut Problems) -> Option<Self> {
        problems.at(section, format!("`{key}` is missing here"));
        None
    }
}

/// The keys of one mapping, taken one after the other.
pub struct Fields<'a> {
    entries: Vec<&'a Entry>,
    place: Place,
}

impl<'a> Fields<'a> {
    /// The entries of a mapping. Unknown keys and keys that stand twice are reported here.
    pub fn of(node: &'a Node, known: &[&str], problems: &mut Problems) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            let keys = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            problems.with_help(
                &node.place,
                format!("expected a section with keys, found {}", node.kind()),
                format!("its keys are {keys}"),
            );
            return None;
        };
        let mut distinct: Vec<&Entry> = Vec::new();
        for entry in entries {
            if !known.contains(&entry.key.value.as_str()) {
                problems.unknown(&entry.key.place, "key", &entry.key.value, known);
            } else if !push_distinct(&mut distinct, entry) {
                report_duplicate(&distinct, entry, problems);
            }
        }
        // The first key stands for the whole section: a span of many lines helps nobody.
        let place = entries.first().map_or_else(|| node.place.clone(), |entry| entry.key.place.clone());
        Some(Self { entries: distinct, place })
    }

    /// Reads one key; `null` counts as absent.
    pub fn take<T: Decode>(&self, key: &str, problems: &mut Problems) -> Option<T> {
        match self.entries.iter().find(|entry| entry.key.value == key) {
            Some(entry) if !entry.node.is_nothing() => T::decode(&entry.node, problems),
            Some(entry) => T::absent(&entry.key.place, key, problems),
            None => T::absent(&self.place, key, problems),
        }
    }

    /// Reads one key; when it is absent, reads `default` (YAML) as if it had been written there.
    pub fn take_or<T: Decode>(&self, key: &str, default: &str, problems: &mut Problems) -> Option<T> {
        let written = self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.node);
        if let Some(node) = written.filter(|node| !node.is_nothing()) {
            return T::decode(node, problems);
        }
        let assumed = parse(&Source::new("default", default)).map_err(|problem| problems.add(problem)).ok()?;
        T::decode(&Node { place: self.place.clone(), ..assumed }, problems)
    }

    /// Where the section begins.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }
}

fn push_distinct<'a>(distinct: &mut Vec<&'a Entry>, entry: &'a Entry) -> bool {
    let new = distinct.iter().all(|other| other.key.value != entry.key.value);
    if new {
        distinct.push(entry);
    }
    new
}

fn report_duplicate(distinct: &[&Entry], entry: &Entry, problems: &mut Problems) {
    let first = distinct.iter().find(|other| other.key.value == entry.key.value);
    let line = first.map_or(0, |first| first.key.place.line_column().0);
    problems.with_help(
        &entry.key.place,
        format!("the key `{}` stands here a second time", entry.key.value),
        format!("it was first written in line {line}; keep one of the two"),
    );
}

/// Named entries in the order of the file; a name may stand once.
#[derive(Debug, Clone)]
pub struct Named<T>(pub Vec<(Located<String>, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Named<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            problems.at(&node.place, format!("expected names, each with its value; found {}", node.kind()));
            return None;
        };
        let mut distinct: Vec<&Entry> = Vec::new();
        for entry in entries.iter().filter(|entry| !matches!(entry.node.value, Value::Removed)) {
            if !push_distinct(&mut distinct, entry) {
                report_duplicate(&distinct, entry, problems);
            }
        }
        let read: Vec<_> = distinct.iter().map(|entry| (entry.key.clone(), T::decode(&entry.node, problems))).collect();
        read.into_iter().map(|(key, value)| Some((key, value?))).collect::<Option<Vec<_>>>().map(Self)
    }
}

impl Decode for Node {
    fn decode(node: &Node, _: &mut Problems) -> Option<Self> {
        Some(node.clone())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        T::decode(node, problems).map(Some)
    }

    fn absent(_: &Place, _: &str, _: &mut Problems) -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        let Value::Sequence(items) = &node.value else {
            problems.with_help(
                &node.place,
                format!("expected a list, found {}", node.kind()),
                "write `[a, b]`, or one `- item` a line",
            );
            return None;
        };
        let read: Vec<_> = items.iter().map(|item| T::decode(item, problems)).collect();
        read.into_iter().collect()
    }
}

/// A part that may be lost without its neighbours: when it cannot be read, its problems are reported and
/// the reading goes on, so that what can be checked around it is checked too.
#[derive(Debug, Clone)]
pub struct Salvaged<T>(pub Option<T>);

impl<T: Decode> Decode for Salvaged<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        Some(Self(T::decode(node, problems)))
    }
}

impl<T: Decode> Decode for Located<T> {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        T::decode(node, problems).map(|value| Self { value, place: node.place.clone() })
    }

    fn absent(section: &Place, key: &str, problems: &mut Problems) -> Option<Self> {
        T::absent(section, key, problems).map(|value| Self { value, place: section.clone() })
    }
}

/// Wrappers that leave no trace in the file have the schema of what they wrap.
macro_rules! transparent {
    ($($wrapper:ident),*) => {$(
        impl<T: JsonSchema> JsonSchema for $wrapper<T> {
            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    )*};
}

transparent!(Located, Salvaged);

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}
