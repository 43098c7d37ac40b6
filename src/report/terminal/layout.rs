//! Paragraphs and tables that fit a number of columns.

use comfy_table::{Cell, CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

/// The room to write in.
pub struct Layout {
    pub columns: usize,
    pub plain: bool,
}

/// The heading of a column, and the side on which the column lines up.
pub struct Heading(&'static str, CellAlignment);

/// A column of words.
pub fn left(heading: &'static str) -> Heading {
    Heading(heading, CellAlignment::Left)
}

/// A column of numbers.
pub fn right(heading: &'static str) -> Heading {
    Heading(heading, CellAlignment::Right)
}

impl Layout {
    /// A table with one rule under its header.
    pub fn table(&self, header: Vec<Heading>, rows: Vec<Vec<String>>) -> String {
        let mut table = Table::new();
        table
            .load_style(self.style())
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.columns).unwrap_or(u16::MAX))
            .set_header(header.iter().map(|Heading(text, _)| Cell::new(text)));
        for (column, Heading(_, side)) in table.column_iter_mut().zip(&header) {
            column.set_cell_alignment(*side);
        }
        table.add_rows(rows);
        // Each cell is padded: without this the whole table would be indented.
        table.lines().map(|line| unindented(&line).trim_end().to_owned() + "\n").collect()
    }

    /// Words wrapped at the width, every line indented.
    pub fn paragraph(&self, words: &str, indent: usize) -> String {
        let room = self.columns.saturating_sub(indent);
        let mut lines = vec![String::new()];
        let mut used = 0;
        for word in words.split_whitespace() {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines.push(String::new());
                used = 0;
            }
            let line = lines.last_mut().expect("there is always a line");
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
        let margin = " ".repeat(indent);
        lines.iter().map(|line| format!("{margin}{line}\n")).collect()
    }

    fn style(&self) -> TableStyle {
        let rule = if self.plain { '-' } else { '─' };
        TableStyle::new()
            .header_lines(ContentLineStyle::none())
            .content_lines(ContentLineStyle::none())
            .header_separator(LineStyle::none().fill(rule).junction(rule))
    }
}

fn unindented(line: &str) -> &str {
    let mut rest = line.chars();
    rest.next();
    rest.as_str()
}
