//! The map as a table: a column for each price, in US dollars per million tokens.

use super::entry::Entry;
use crate::document::{Place, Problem, Problems, Source};
use crate::upkeep::Skipped;
use std::sync::Arc;

/// The ending of a column of prices.
const UNIT: &str = "_usd_per_1M";

/// The rows of the table.
pub(super) fn read(source: &Arc<Source>) -> Result<(Vec<Entry>, Vec<Skipped>), Problems> {
    let mut reader = csv::Reader::from_reader(source.text.as_bytes());
    let header = reader.headers().map_err(|error| wrong(source, &error))?.clone();
    let Some(model) = header.iter().position(|name| name == "model") else { return Err(other(source).into()) };
    if !header.iter().any(|name| name == "input_usd_per_1M") {
        return Err(other(source).into());
    }
    let mut entries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(source, &error))?;
        let mut entry = Entry { id: row.get(model).unwrap_or_default().to_owned(), ..Entry::default() };
        for (name, text) in header.iter().zip(&row).filter(|(_, text)| !text.is_empty()) {
            match name {
                "usd_per_query" => entry.set("query", text),
                _ => entry.set(name.strip_suffix(UNIT).unwrap_or(name), text),
            };
        }
        entries.push(entry);
    }
    Ok((entries, Vec::new()))
}

fn other(source: &Arc<Source>) -> Problem {
    let help = "expected model_prices_and_context_window.json, or a table with the columns model and input_usd_per_1M";
    Problem::new(Place::new(source, 0..0), "this is not a price map of LiteLLM").help(help)
}

fn wrong(source: &Arc<Source>, error: &csv::Error) -> Problem {
    let line = error.position().map_or(1, csv::Position::line);
    Problem::new(Place::of_line_column(source, line, 1), format!("this table cannot be read: {error}"))
}
