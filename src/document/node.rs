//! The tree of a YAML document with the place of every key and value.

use super::{Place, Source};
use std::sync::Arc;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

/// One node of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Where it stands; for an alias, where it is used.
    pub place: Place,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing, or `null`.
    Null,
    /// What a patch took away.
    Removed,
    /// A scalar as it was written, without quotes: numbers keep every digit.
    Scalar(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order of the file; a key may stand twice.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Located<String>,
    /// The value.
    pub node: Node,
}

impl Node {
    /// What a reader would call this: for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null | Value::Removed => "nothing",
            Value::Scalar(_) => "a single value",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a section with keys",
        }
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key that is there and holds something.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries().iter().find(|entry| entry.key.value == key)?;
        (!entry.node.is_nothing()).then_some(&entry.node)
    }

    /// Nothing stands here.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self.value, Value::Null | Value::Removed)
    }

    /// A node that was never written, at the start of `source`.
    #[must_use]
    pub fn absent(source: &Arc<Source>) -> Self {
        Self { value: Value::Null, place: Place::new(source, 0..0) }
    }
}

impl<T> Located<T> {
    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), place: self.place }
    }
}
