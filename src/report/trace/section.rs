//! A part of what is said: tables and sentences, the same on a terminal and on a page.

use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::Column;
use comfy_table::CellAlignment;

/// A part of what is said.
pub(super) struct Section {
    pub id: &'static str,
    pub heading: &'static str,
    pub tables: Vec<Table>,
    pub sentences: Vec<String>,
}

/// A table whose columns all say something.
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

impl Section {
    /// Tables without rows and sentences that do not apply are left out.
    pub fn new<const T: usize, const S: usize>(
        id: &'static str,
        heading: &'static str,
        tables: [Table; T],
        sentences: [Option<String>; S],
    ) -> Self {
        let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
        Self { id, heading, tables, sentences: sentences.into_iter().flatten().collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.sentences.is_empty()
    }

    /// The tables, then the sentences, without the heading.
    pub fn text(&self, layout: &Layout) -> String {
        let tables = self.tables.iter().map(|table| table.text(layout));
        let sentences = self.sentences.iter().map(|sentence| layout.paragraph(sentence, 0));
        tables.chain(sentences).collect::<Vec<_>>().join("\n")
    }
}

impl Table {
    /// Columns that say nothing in any row are left out.
    pub fn new(columns: &[Column], rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        let rows: Vec<Vec<String>> = rows.into_iter().collect();
        let says = |index: &usize| rows.iter().any(|row| !["", "-"].contains(&row[*index].as_str()));
        let kept: Vec<usize> = (0..columns.len()).filter(says).collect();
        Self {
            columns: kept.iter().map(|index| columns[*index]).collect(),
            rows: rows.iter().map(|row| kept.iter().map(|index| row[*index].clone()).collect()).collect(),
        }
    }

    pub fn text(&self, layout: &Layout) -> String {
        if self.rows.is_empty() { String::new() } else { layout.table(&self.columns, &self.rows) }
    }

    /// Whether a column lines up to the right.
    pub fn is_number(&self, index: &usize) -> bool {
        self.columns[*index].side == CellAlignment::Right
    }
}

/// Sections with something to say, one after the other.
pub(super) fn joined(sections: impl IntoIterator<Item = String>) -> String {
    let said: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    said.join("\n")
}
