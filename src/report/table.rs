//! Tables for spreadsheets and loaders: CSV whose text never becomes a formula.

use ::csv::Writer;

/// A cell of text that no spreadsheet reads as a formula.
pub fn text(cell: &str) -> String {
    let risky = cell.starts_with(|first: char| "=+-@".contains(first) || first.is_control());
    if risky { format!("'{cell}") } else { cell.to_owned() }
}

/// A header and rows as CSV; every row is as long as the header.
pub fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(header).expect("memory takes every row");
    for row in rows {
        writer.write_record(row).expect("every row is as long as the header");
    }
    let bytes = writer.into_inner().expect("memory takes every row");
    String::from_utf8(bytes).expect("text in, text out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_text_becomes_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(text(hostile), format!("'{hostile}"));
        }
        assert_eq!(text("triage"), "triage");
    }
}
