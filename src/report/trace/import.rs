//! What an import read, what it did not take, and why.

use super::model::Monitored;
use super::monitored;
use super::section::{Table, joined};
use crate::intake::{Skipped, Tally};
use crate::report::format::{count, counted, printable};
use crate::report::json;
use crate::report::model::{SCHEMA_VERSION, Tool};
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an import read, and its JSON contract (`schema_version` 1).
#[derive(Clone, Debug, Serialize)]
pub struct Import {
    /// Version of this contract; it grows only when a field changes its meaning.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// Files of each format.
    pub files: Vec<Files>,
    /// Bytes, before they were unpacked.
    pub bytes: u64,
    /// Rows that were made.
    pub rows: u64,
    /// What was not taken, the most first.
    pub skipped: Vec<NotTaken>,
    /// What was read in a way that somebody could wonder about, the most first.
    pub notes: Vec<Note>,
    /// What a monitor counted besides calls.
    pub observed: Vec<Monitored>,
}

/// Files of one format.
#[derive(Clone, Debug, Serialize)]
pub struct Files {
    /// The name of the format on the command line.
    pub format: &'static str,
    /// What it is.
    pub about: &'static str,
    /// How many.
    pub count: u64,
}

/// Records that were not taken for one reason.
#[derive(Clone, Debug, Serialize)]
pub struct NotTaken {
    /// The reason.
    pub reason: &'static str,
    /// How many.
    pub count: u64,
    /// The file of the first one.
    pub file: String,
    /// Its line, where there are lines.
    pub line: Option<u64>,
}

/// Records that were read in a way that somebody could wonder about.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// In which way.
    pub what: &'static str,
    /// How many.
    pub count: u64,
}

impl Import {
    /// What was counted.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        let files = tally.files.iter();
        let skipped = tally.skipped.iter().map(|(reason, skipped)| not_taken(reason, skipped));
        let notes = tally.notes.iter().map(|(what, count)| Note { what, count: *count });
        let mut import = Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            files: files
                .map(|(format, count)| Files { format: format.name(), about: format.about(), count: *count })
                .collect(),
            bytes: tally.bytes,
            rows: tally.rows,
            skipped: skipped.collect(),
            notes: notes.collect(),
            observed: monitored::compose(&tally.observed, &BTreeMap::new()),
        };
        import.skipped.sort_by_key(|one| std::cmp::Reverse(one.count));
        import.notes.sort_by_key(|one| std::cmp::Reverse(one.count));
        import
    }

    /// Text in at most `columns` columns where words allow; `plain` draws with ASCII only.
    #[must_use]
    pub fn text(&self, columns: usize, plain: bool) -> String {
        let layout = Layout { columns, plain };
        let sections = [self.read(&layout), self.not_taken(&layout), self.noted(&layout), self.monitored(&layout)];
        printable(&joined(sections))
    }

    /// JSON with a final newline.
    #[must_use]
    pub fn json(&self) -> String {
        json::pretty(self)
    }

    fn read(&self, layout: &Layout) -> String {
        let files = self
            .files
            .iter()
            .map(|files| format!("{} of {} ({})", counted(files.count, "file"), files.about, files.format));
        let files: Vec<String> = files.collect();
        let files = if files.is_empty() { "no file".to_owned() } else { files.join(", ") };
        let rows = counted(self.rows, "call");
        layout.paragraph(&format!("Read {files}, {}: {rows}.", counted(self.bytes, "byte")), 0)
    }

    fn not_taken(&self, layout: &Layout) -> String {
        let rows = self.skipped.iter().map(|one| {
            let line = one.line.map_or_else(String::new, |line| format!(":{line}"));
            vec![one.reason.to_owned(), count(one.count), format!("{}{line}", one.file)]
        });
        let columns = [left("not taken"), right("records"), left("the first one").rank(1)];
        Table::new(&columns, rows).text(layout)
    }

    fn noted(&self, layout: &Layout) -> String {
        let rows = self.notes.iter().map(|one| vec![one.what.to_owned(), count(one.count)]);
        Table::new(&[left("read so"), right("records")], rows).text(layout)
    }

    fn monitored(&self, layout: &Layout) -> String {
        let rows = self.observed.iter().map(|one| vec![one.model.clone(), one.metric.clone(), count(one.sum)]);
        Table::new(&[left("kept to compare with"), left("metric"), right("sum")], rows).text(layout)
    }
}

fn not_taken(reason: &'static str, skipped: &Skipped) -> NotTaken {
    NotTaken { reason, count: skipped.count, file: skipped.file.clone(), line: skipped.line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Format;

    fn tally() -> Tally {
        let mut tally = Tally { rows: 1_200, bytes: 34_567, ..Tally::default() };
        tally.files.insert(Format::InvocationLog, 12);
        tally.skip("no token counts", "logs/a.json.gz", Some(7));
        tally.skip("not JSON", "logs/a.json.gz", Some(1));
        tally.skip("not JSON", "logs/b.json.gz", Some(1));
        (0..40).for_each(|_| tally.note("time spread in its second"));
        tally
    }

    #[test]
    fn what_was_not_taken_is_told_with_its_first_place_the_most_first() {
        let text = Import::of(&tally()).text(80, true);
        let expected = "\
Read 12 files of Bedrock model invocation logs (invocation-log), 34,567 bytes:
1,200 calls.

not taken         records   the first one
---------------------------------------------
not JSON                2   logs/a.json.gz:1
no token counts         1   logs/a.json.gz:7

read so                     records
------------------------------------
time spread in its second        40
";
        assert_eq!(text, expected);
    }

    #[test]
    fn json_holds_the_same() {
        let json: serde_json::Value = serde_json::from_str(&Import::of(&tally()).json()).expect("JSON");
        assert_eq!((&json["rows"], &json["skipped"][1]["line"]), (&1_200.into(), &7.into()));
        assert_eq!(json["files"][0]["format"], "invocation-log");
    }
}
