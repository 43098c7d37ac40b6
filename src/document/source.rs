//! A text with a name, and places in it.

use std::ops::Range;
use std::sync::Arc;

/// A file's text under the path that the user gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as the user wrote it.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A text under a name.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }
}

/// A range of bytes in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    source: Arc<Source>,
    range: Range<usize>,
}

impl Place {
    /// The bytes `range` of `source`, kept inside the text and on character boundaries.
    #[must_use]
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        let boundary = |at: usize| (0..=at.min(source.text.len())).rev().find(|at| source.text.is_char_boundary(*at));
        let start = boundary(range.start).unwrap_or(0);
        let end = boundary(range.end).unwrap_or(0).max(start);
        Self { source: Arc::clone(source), range: start..end }
    }

    /// The place of line and column, both counted from one, in characters.
    #[must_use]
    pub fn of_line_column(source: &Arc<Source>, line: u64, column: u64) -> Self {
        let line_at = usize::try_from(line.max(1) - 1).unwrap_or(usize::MAX);
        let column_at = usize::try_from(column.max(1) - 1).unwrap_or(usize::MAX);
        let start: usize = source.text.split_inclusive('\n').take(line_at).map(str::len).sum();
        let rest = source.text[start..].lines().next().unwrap_or("");
        let offset = rest.char_indices().nth(column_at).map_or(rest.len(), |(at, _)| at);
        let length = rest[offset..].chars().next().map_or(0, char::len_utf8);
        Self::new(source, start + offset..start + offset + length)
    }

    /// Where `part`, a range of the scalar `whole` that was read here, was written. The whole place when
    /// the scalar is not written out as it is: folded, escaped or an alias.
    #[must_use]
    pub fn of_part(&self, whole: &str, part: Range<usize>) -> Self {
        match self.text().find(whole) {
            Some(at) => {
                let start = self.range.start + at;
                Self::new(&self.source, start + part.start..start + part.end)
            }
            None => self.clone(),
        }
    }

    /// The source that this is a place in.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The text at this place.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text[self.range.clone()]
    }

    /// Line and column of the first character, counted from one.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.source.text[..self.range.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// `path:line:column`.
    #[must_use]
    pub fn display(&self) -> String {
        let (line, column) = self.line_column();
        format!("{}:{line}:{column}", self.source.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = Source::new("x.yaml", "a: 1\n# é\nké: 2\n");
        let place = Place::new(&source, source.text.find('2').unwrap()..source.text.len());
        assert_eq!(place.display(), "x.yaml:3:5");
        assert_eq!(Place::of_line_column(&source, 3, 5).range().start, place.range().start);
        assert_eq!(Place::of_line_column(&source, 99, 99).range(), source.text.len()..source.text.len());
    }
}
