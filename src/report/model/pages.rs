//! What the pages and tables of a report need beside the JSON.

use super::{Line, Report};
use jiff::{Timestamp, civil::Date};

/// Everything that the files of one report are rendered from.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The report itself.
    pub report: Report,
    /// Traffic over time, in order of variant, minute, app and pool; only rows with traffic.
    pub timeline: Vec<TimelineRow>,
    /// The bill by day, in order of variant, day, app and SKU.
    pub days: Vec<DayLine>,
    /// The charts, in reading order.
    pub charts: Vec<Chart>,
}

/// One app on one pool for a minute; for an hour or a day where minutes would be too many to read.
#[derive(Clone, Debug)]
pub struct TimelineRow {
    /// Name of the variant.
    pub variant: String,
    /// First minute of the row.
    pub minute: Timestamp,
    /// Name of the app.
    pub app: String,
    /// Id of the pool that the app draws from first.
    pub pool: String,
    /// Requests made.
    pub arrivals: u64,
    /// Attempts made.
    pub attempts: u64,
    /// Attempts refused.
    pub throttled_attempts: u64,
    /// Requests given up.
    pub gave_up: u64,
    /// Requests answered.
    pub served: u64,
    /// Answers cut short by `max_tokens`.
    pub truncated: u64,
    /// Tokens that all attempts asked the pool to reserve.
    pub offered_tokens: u64,
    /// Tokens that admitted attempts reserved.
    pub reserved_tokens: u64,
    /// Tokens charged to the pool at settlement.
    pub charged_tokens: u64,
    /// Billed input tokens, cached or not.
    pub input_tokens: u64,
    /// Billed output tokens.
    pub output_tokens: u64,
    /// How many minutes the row spans.
    pub minutes: u64,
    /// Attempts that the shared fleet refused with 503.
    pub unavailable_attempts: u64,
    /// Times that an attempt found its first choice full and went on.
    pub spilled: u64,
    /// Input tokens read from the prompt cache.
    pub cache_read_tokens: u64,
    /// Input tokens written to it.
    pub cache_write_tokens: u64,
    /// Second and later attempts.
    pub retries: u64,
    /// Retries that their client's retry quota did not allow.
    pub retries_cut: u64,
    /// Attempts that their client no longer waited for.
    pub abandoned: u64,
    /// The most tasks that waited in line at once.
    pub line: u64,
}

/// One line of the bill of one day (UTC).
#[derive(Clone, Debug)]
pub struct DayLine {
    /// Name of the variant.
    pub variant: String,
    /// The day.
    pub day: Date,
    /// What was billed for it.
    pub line: Line,
}

/// A chart that is drawn already.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Name of its file, as `demand.svg`.
    pub file_name: String,
    /// What it shows, as a heading.
    pub title: String,
    /// The complete SVG element; its ids are unique among the charts of a page.
    pub svg: String,
    /// What it shows in words, and how to read it.
    pub note: String,
    /// Whether there is nothing to see, so that the note says it all.
    pub empty: bool,
}
