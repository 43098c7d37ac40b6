//! What the beginning of a file shows without understanding it: its first line, and the keys of its first object.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The beginning of a file.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Its text, as far as it was looked at, without a byte order mark.
    pub text: String,
    /// Its first line.
    pub first_line: String,
    /// It is a list.
    pub is_list: bool,
    /// The keys of the first object that begins a line, or of the first one in a list.
    pub keys: Vec<String>,
}

impl Sketch {
    /// Looks at the first bytes.
    pub(super) fn of(head: &[u8]) -> Self {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let first_line = text.lines().next().unwrap_or_default().trim_end().to_owned();
        let mut sketch = Self { first_line, is_list: text.starts_with('['), ..Self::default() };
        let object = if text.starts_with(['{', '[']) { Some(text) } else { text.find("\n{").map(|at| &text[at..]) };
        if let Some(object) = object {
            // The beginning of a file may end inside of the object: the keys before that are enough.
            let mut json = serde_json::Deserializer::from_str(object);
            let _ = Keys(&mut sketch.keys).deserialize(&mut json);
        }
        sketch.text = text.to_owned();
        sketch
    }

    /// The first object has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// The first object has all of some keys.
    pub(super) fn has_all(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has(key))
    }
}

/// Collects the keys of an object, or of the first one in a list.
struct Keys<'a>(&'a mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.0.push(key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        list.next_element_seed(Keys(self.0)).map(drop)
    }
}
