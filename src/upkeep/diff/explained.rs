//! Whether the book says why a source says something else.

use crate::pricing::{PriceBook, Provenance};
use crate::upkeep::{Import, Stated};

/// What a row says of the source, else why the source's row is left out.
pub(super) fn rate(import: &Import, book: &PriceBook, row: Option<&Provenance>, stated: &Stated) -> Option<String> {
    let conflicts = row.map_or(&[][..], |row| &row.conflicts);
    let conflict = conflicts.iter().find(|conflict| conflict.source == import.source);
    conflict.map(|conflict| conflict.says.clone()).or_else(|| {
        let id = stated.model_id.as_ref().map(|id| match &stated.prefix {
            Some(prefix) => format!("{prefix}.{id}"),
            None => id.clone(),
        });
        left_out(book, &import.source, [Some(&stated.place), id.as_ref(), stated.name.as_ref()].into_iter().flatten())
    })
}

/// Why the book leaves out what goes by one of these names.
pub(super) fn left_out<'a>(
    book: &PriceBook,
    source: &str,
    names: impl Iterator<Item = &'a String> + Clone,
) -> Option<String> {
    let fits = |ids: &[String]| ids.iter().any(|pattern| names.clone().any(|name| matches(pattern, name)));
    book.left_out(source).find(|(ids, _)| fits(ids)).map(|(_, why)| why.to_owned())
}

/// The pattern is the name, where `*` stands for anything.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((begin, rest)) => name.strip_prefix(begin).is_some_and(|name| {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|at| matches(rest, &name[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name) in [("a", "a"), ("*", ""), ("a*", "abc"), ("*c", "abc"), ("a*c*", "abcd"), ("*b*", "abc")] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("a", "ab"), ("a*", "ba"), ("*c", "abcd"), ("a*d*e", "abcd")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
