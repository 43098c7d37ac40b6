//! What AWS billed, as its exports say it: a Cost and Usage Report, FOCUS, or a table of the Cost Explorer.

mod explorer;
mod layout;
mod number;
mod rows;

use crate::document::{Place, Problems, Source};
use crate::units::Usd;
use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;
use layout::Layout;
use std::sync::Arc;

/// A bill that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actuals {
    /// What the file is: `CUR`, `FOCUS` or `Cost Explorer`.
    pub format: &'static str,
    /// Its rows that are of Amazon Bedrock.
    pub charges: Vec<Charge>,
    /// How many rows are of something else.
    pub others: u64,
}

/// One row of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The usage type as it stands there.
    pub usage_type: String,
    /// What the row says of its product; the marketplace names the model nowhere else.
    pub products: Vec<String>,
    /// The UTC day, where the file says it.
    pub day: Option<Date>,
    /// How many units, in 1e-15; nothing where the file does not count.
    pub amount: Option<i128>,
    /// The unit; nothing where the file does not say it.
    pub unit: Option<String>,
    /// What was billed.
    pub cost: Usd,
    /// What a row is that is not usage, as `Tax` or `Credit`.
    pub not_usage: Option<String>,
}

/// More problems than anybody reads.
const MOST_PROBLEMS: usize = 20;

/// Reads an export; which one it is, its header says.
///
/// # Errors
/// Every problem of the first rows that have one, with its line.
pub fn read(source: &Arc<Source>) -> Result<Actuals, Problems> {
    let text = source.text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table = Vec::new();
    for row in reader.records() {
        table.push(row.map_err(|error| broken(source, &error))?);
    }
    let mut rows = table.iter();
    let Some(header) = rows.next() else {
        return Err(unknown(source, "the file is empty"));
    };
    if explorer::is_header(header) {
        return explorer::read(source, header, rows);
    }
    match Layout::of(header) {
        Some(layout) => rows::read(source, &layout, rows),
        None => Err(unknown(source, "this is none of the exports of AWS that can be read")),
    }
}

fn unknown(source: &Arc<Source>, message: &str) -> Problems {
    let mut problems = Problems::default();
    let help = "give a CSV of CUR 2.0 (`line_item_usage_type`, `line_item_unblended_cost`), of FOCUS (`x_UsageType`, \
                `BilledCost`) or of the Cost Explorer (`Usage type`), with its header";
    problems.with_help(&Place::of_line_column(source, 1, 1), message, help);
    problems
}

fn broken(source: &Arc<Source>, error: &csv::Error) -> Problems {
    let line = error.position().map_or(1, csv::Position::line);
    let mut problems = Problems::default();
    problems.at(&Place::of_line_column(source, line, 1), format!("this is no row of a CSV: {error}"));
    problems
}

/// The place of a row.
fn place_of(source: &Arc<Source>, row: &StringRecord) -> Place {
    Place::of_line_column(source, row.position().map_or(1, csv::Position::line), 1)
}
