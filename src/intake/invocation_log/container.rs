//! What records come in.

use crate::intake::sketch::Sketch;

/// The keys of lists of records: `filter-log-events` and `get-log-events`; `get-query-results`; subscriptions.
pub(super) const LISTS: [&str; 3] = ["events", "results", "logEvents"];

/// What records come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A record a line, perhaps behind a time stamp; or one record over several lines.
    Lines,
    /// Documents with a list of records.
    Documents,
    /// CSV of Logs Insights.
    Table,
}

impl Container {
    /// What the beginning of a file shows.
    pub(super) fn of(head: &[u8]) -> Self {
        let sketch = Sketch::of(head);
        let json = sketch.first_line.starts_with(['{', '[']);
        let is_table = !json && sketch.first_line.split(',').any(|name| name.trim_matches('"') == "@message");
        if is_table {
            Self::Table
        } else if sketch.is_list || LISTS.iter().any(|list| sketch.has(list)) {
            Self::Documents
        } else {
            Self::Lines
        }
    }
}
