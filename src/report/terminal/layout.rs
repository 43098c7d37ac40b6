//! Paragraphs and tables that fit a number of columns.

use super::table::{Column, cell_width, shown};
use comfy_table::{Cell, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};

/// The room to write in.
pub struct Layout {
    pub columns: usize,
    pub plain: bool,
}

impl Layout {
    /// A table with one rule under its header. Where it is too wide, columns are left out and then
    /// the cells of the first column wrapped; numbers never are.
    pub fn table(&self, columns: &[Column], rows: &[Vec<String>]) -> String {
        let kept = shown(columns, rows, self.columns);
        let mut table = Table::new();
        table
            .load_style(self.style())
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.columns).unwrap_or(u16::MAX))
            .set_header(kept.iter().map(|&index| Cell::new(columns[index].heading)))
            .add_rows(rows.iter().map(|row| kept.iter().map(|&index| row[index].as_str())));
        for (place, &index) in kept.iter().enumerate() {
            let Some(column) = table.column_mut(place) else { continue };
            column.set_cell_alignment(columns[index].side);
            if place > 0 {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        // Each cell is padded: without this the whole table would be indented.
        table.lines().map(|line| unindented(&line).trim_end().to_owned() + "\n").collect()
    }

    /// Words wrapped at the width, every line indented.
    pub fn paragraph(&self, words: &str, indent: usize) -> String {
        self.hanging("", words, indent)
    }

    /// As [`Layout::paragraph`], with a label before the first line, in its indentation.
    pub fn hanging(&self, label: &str, words: &str, indent: usize) -> String {
        let room = self.columns.saturating_sub(indent);
        let mut lines = vec![String::new()];
        for word in words.split_whitespace() {
            let line = lines.last_mut().expect("there is always a line");
            match line.is_empty() {
                true => line.push_str(word),
                false if cell_width(line) + 1 + cell_width(word) > room => lines.push(word.to_owned()),
                false => *line += &format!(" {word}"),
            }
        }
        let margins = std::iter::once(label).chain(std::iter::repeat(""));
        lines.iter().zip(margins).map(|(line, margin)| format!("{margin:indent$}{line}\n")).collect()
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
