//! The map as LiteLLM publishes it: one JSON object, a key for each id.

use super::entry::Entry;
use crate::document::{Place, Problem, Problems, Source};
use crate::upkeep::Skipped;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// US dollars per token times a million.
const PER_TOKEN: i32 = 6;

type Map<'a> = BTreeMap<String, &'a RawValue>;

/// The rows of Bedrock, by id; of the others, how many there are.
pub(super) fn read(source: &Arc<Source>) -> Result<(Vec<Entry>, Vec<Skipped>), Problems> {
    let text = source.text.trim_start_matches('\u{feff}');
    let map: Map = serde_json::from_str(text).map_err(|error| wrong(source, &error))?;
    let (mut entries, mut skipped, mut others) = (Vec::new(), Vec::new(), 0_u32);
    for (id, row) in map {
        let fields: Result<Map, _> = serde_json::from_str(row.get());
        let Ok(fields) = fields else {
            skipped.push(Skipped { what: id.clone(), why: "its row is not an object".to_owned(), place: id });
            continue;
        };
        let provider = fields.get("litellm_provider").map(|raw| plain(raw)).unwrap_or_default();
        if !provider.starts_with("bedrock") {
            others += 1;
            continue;
        }
        entries.push(entry(id, &fields, &mut skipped));
    }
    if others > 0 {
        let what = format!("{others} rows of other providers");
        skipped.push(Skipped { what, why: "not of Amazon Bedrock".to_owned(), place: "the whole map".to_owned() });
    }
    Ok((entries, skipped))
}

fn entry(id: String, fields: &Map, skipped: &mut Vec<Skipped>) -> Entry {
    let mut entry = Entry { id: id.clone(), places: PER_TOKEN, ..Entry::default() };
    for (name, raw) in fields.iter().filter(|(_, raw)| raw.get() != "null") {
        let text = plain(raw);
        let zero = ["0", "0.0"].contains(&text.as_str());
        if !entry.set(&short(name), &text) && name.contains("cost") && !zero {
            let why = "a price of something that is not simulated".to_owned();
            skipped.push(Skipped { what: format!("{id} {name}"), why, place: id.clone() });
        }
    }
    entry
}

/// `input_cost_per_token_batches` is `input_batches`, `cache_read_input_token_cost` is `cache_read_input`.
fn short(name: &str) -> String {
    match name {
        "input_cost_per_query" => "query".to_owned(),
        "input_cost_per_second" => "second".to_owned(),
        _ => name.replace("_cost_per_token", "").replace("_token_cost", ""),
    }
}

/// A number as it is written, a text without its quotes.
fn plain(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

fn wrong(source: &Arc<Source>, error: &serde_json::Error) -> Problem {
    let place = Place::of_line_column(source, error.line() as u64, error.column() as u64);
    let message = match error.is_eof() {
        true => "this price map is cut off".to_owned(),
        false => format!("this is not a price map of LiteLLM: {error}"),
    };
    Problem::new(place, message).help("fetch the file again; it is one JSON object with a key for each model")
}
