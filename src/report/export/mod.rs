//! A forecast bill for other tools: FOCUS, rows like those of a Cost and Usage Report, or plain lines.
//!
//! One file holds one run of one variant. It is a forecast on every row, and never stands beside what was billed.

pub mod cur;
mod decimal;
pub mod focus;
mod percentile;
mod row;

pub use percentile::Percentile;
pub use row::Row;

use super::csv;
use super::model::{DayLine, PriceBook, Scenario, Tool, Variant};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// One run of one variant, to be written line by line.
#[derive(Debug, Clone)]
pub struct Export {
    /// The program that ran it.
    pub tool: Tool,
    /// The scenario.
    pub scenario: Scenario,
    /// The prices.
    pub price_book: PriceBook,
    /// The seed that was run.
    pub seed: u64,
    /// Where its cost stands among the replications; nothing for the run under the scenario's own seed.
    pub percentile: Option<Percentile>,
    /// The variant, its apps and its pools.
    pub variant: Variant,
    /// Its bill by day.
    pub days: Vec<DayLine>,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// FOCUS in one of its versions, and its metadata.
    Focus(focus::Version),
    /// Rows like those of a Cost and Usage Report.
    Cur,
    /// The lines of the bill.
    Csv,
}

impl Export {
    /// Names the run: the same scenario, prices, seed, variant and percentile have the same id.
    #[must_use]
    pub fn run_id(&self) -> String {
        let seed = self.seed.to_string();
        let percentile = self.percentile.map_or_else(String::new, |percentile| percentile.to_string());
        let parts = [&self.scenario.sha256, &self.price_book.sha256, &seed, &self.variant.name, &percentile];
        digest(parts.into_iter().map(String::as_str))
    }

    /// One row a UTC day, app and SKU.
    #[must_use]
    pub fn rows(&self) -> Vec<Row<'_>> {
        row::rows(self)
    }

    /// Name and content of every file.
    #[must_use]
    pub fn files(&self, target: Target) -> Vec<(String, String)> {
        match target {
            Target::Focus(version) => vec![
                (self.file("focus.csv"), focus::table(self, version)),
                (self.file("focus.metadata.json"), focus::metadata(self, version)),
            ],
            Target::Cur => vec![(self.file("cur.csv"), cur::table(self))],
            Target::Csv => vec![(self.file("lines.csv"), csv::lines(&self.days, &self.price_book))],
        }
    }

    /// `forecast.p90.focus.csv`; a variant is named before its percentile.
    fn file(&self, ending: &str) -> String {
        let mut name = "forecast.".to_owned();
        if self.variant.name != BASE {
            name += &format!("{}.", self.variant.name);
        }
        if let Some(percentile) = self.percentile {
            name += &format!("{percentile}.");
        }
        name + ending
    }
}

/// The name of the scenario as written.
const BASE: &str = "base";

/// The first 128 bits of SHA-256 over parts, each after its length, in hexadecimal.
fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let bytes = hash.finalize();
    bytes.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
