//! YAML text to a tree, inside a budget.

use super::{Entry, Located, Node, Place, Problem, Source, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, NonFiniteFloatPolicy, Spanned};
use std::fmt;
use std::sync::Arc;

/// The largest document that is read: one mebibyte. Scenarios and price books are far smaller.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads one YAML document.
///
/// # Errors
/// The first place where the text is not YAML, or where it is larger, deeper or more aliased than the
/// budget allows.
pub fn parse(source: &Arc<Source>) -> Result<Node, Problem> {
    if source.text.len() > MAX_BYTES {
        let place = Place::new(source, 0..0);
        return Err(Problem::new(place, "the file is larger than 1 MiB").help("large data belongs in a trace file"));
    }
    // Duplicate keys come through: `Fields` reports each one beside every other problem.
    let options = serde_yaml::options! {
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! { max_nodes: 50_000, max_depth: 32, max_aliases: 1_000, },
    };
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(&source.text, options).map_err(|error| syntax_problem(source, &error))?;
    Ok(located(raw, source))
}

/// The tree as the library hands it over; typed scalars are read back from the text.
enum Raw {
    Null,
    Text(String),
    Typed,
    Sequence(Vec<Spanned<Self>>),
    Mapping(Vec<(Spanned<String>, Spanned<Self>)>),
}

fn located(raw: Spanned<Raw>, source: &Arc<Source>) -> Node {
    let place = place_of(&raw.referenced, source);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(text) => Value::Scalar(text),
        Raw::Typed => Value::Scalar(place_of(&raw.defined, source).text().to_owned()),
        Raw::Sequence(items) => Value::Sequence(items.into_iter().map(|item| located(item, source)).collect()),
        Raw::Mapping(entries) => Value::Mapping(entries.into_iter().map(|entry| pair(entry, source)).collect()),
    };
    Node { value, place }
}

fn pair((key, value): (Spanned<String>, Spanned<Raw>), source: &Arc<Source>) -> Entry {
    let key = Located { place: place_of(&key.referenced, source), value: key.value };
    Entry { key, node: located(value, source) }
}

fn place_of(location: &Location, source: &Arc<Source>) -> Place {
    let span = location.span();
    let bytes = span.byte_offset().zip(span.byte_len());
    match bytes.and_then(|(at, length)| Some((usize::try_from(at).ok()?, usize::try_from(length).ok()?))) {
        Some((at, length)) => Place::new(source, at..at + length),
        None => Place::of_line_column(source, location.line(), location.column()),
    }
}

fn syntax_problem(source: &Arc<Source>, error: &serde_yaml::Error) -> Problem {
    let place = error.location().map_or_else(|| Place::new(source, 0..0), |at| place_of(&at, source));
    let text = error.without_snippet().to_string();
    if text.contains("budget breached") {
        let help = "write out less: at most 50,000 values after every alias is followed, 32 levels and 1,000 aliases";
        return Problem::new(place, "this file unfolds into more than is read").help(help);
    }
    if text.contains("multiple YAML documents") {
        return Problem::new(place, "a second document begins before here").help("keep one document in a file");
    }
    let message = text.split_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    Problem::new(place, format!("not readable as YAML: {message}"))
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut sequence = Vec::new();
        while let Some(item) = items.next_element()? {
            sequence.push(item);
        }
        Ok(Raw::Sequence(sequence))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Raw::Mapping(mapping))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Result<Node, Problem> {
        parse(&Source::new("t.yaml", text))
    }

    fn entries(node: Node) -> Vec<Entry> {
        let Value::Mapping(entries) = node.value else { panic!("not a mapping: {node:?}") };
        entries
    }

    #[test]
    fn scalars_keep_every_digit_and_duplicates_come_through() {
        let read = entries(tree("# é\na: 0.100\na: 1_800\nb: .nan\nc: \"x y\"\nd: &k 007\ne: *k\n").unwrap());
        let texts: Vec<_> = read.iter().map(|e| format!("{}={:?}", e.key.value, e.node.value)).collect();
        let expected = ["a=0.100", "a=1_800", "b=.nan", "c=x y", "d=007", "e=007"]
            .map(|pair| pair.split_once('=').map(|(k, v)| format!("{k}=Scalar({v:?})")).unwrap());
        assert_eq!(texts, expected);
        assert_eq!(read[5].node.place.display(), "t.yaml:7:4");
    }

    #[test]
    fn what_is_not_yaml_is_refused_with_its_place() {
        for (bad, place) in [("a: [1", "t.yaml:1:4"), ("a: b: c", "t.yaml:1:5"), ("x: 1\ny: *no", "t.yaml:2:4")] {
            assert_eq!(tree(bad).unwrap_err().place.display(), place, "{bad:?}");
        }
        assert!(tree("a: 1\n---\nb: 2").is_err());
        assert!(tree("\u{0}\u{1}").is_err());
    }

    #[test]
    fn an_alias_bomb_breaks_the_budget() {
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, of) in [('b', 'a'), ('c', 'b'), ('d', 'c'), ('e', 'd'), ('f', 'e'), ('g', 'f')] {
            let uses = vec![format!("*{of}"); 10].join(", ");
            bomb.push_str(&format!("{name}: &{name} [{uses}]\n"));
        }
        assert!(tree(&bomb).is_err());
    }
}
