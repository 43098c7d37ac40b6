//! The tables of the Amazon Bedrock pricing page, as a list of JSON objects: one for each row, its headings as keys.
//!
//! Copies of the page lose what stands above a table: its Region, whether its profiles are geographic or global, and of
//! some the tier. Such a price is stated without them, and agrees with the book when some row of the model has it.

mod column;
mod label;

use super::{Import, Skipped, Stated, StatedCapacity, StatedService, names, number};
use crate::bedrock::tier::Tier;
use crate::document::{Place, Problem, Problems, Source};
use crate::pricing::{PriceBook, Regions};
use crate::units::Usd;
use column::Column;
use jiff::civil::{Date, date};
use label::Label;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The key of the source, of the copy that the bundled book was checked against.
pub const SOURCE: &str = "bedrock-pricing-2026-07-24";
/// The page.
pub const URL: &str = "https://aws.amazon.com/bedrock/pricing/";
/// The day of that copy; the rows themselves say none.
const PUBLISHED: Date = date(2026, 7, 24);

/// Reads the rows of the page.
///
/// # Errors
/// When the text is not a list of rows, or is cut off.
pub fn read(source: &Arc<Source>, book: &PriceBook) -> Result<Import, Problems> {
    let text = source.text.trim_start_matches('\u{feff}');
    let rows: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(|error| wrong(source, &error))?;
    let mut import = Import {
        source: SOURCE.to_owned(),
        title: "Amazon Bedrock pricing page".to_owned(),
        url: Some(URL.to_owned()),
        published: Some(PUBLISHED),
        ..Import::default()
    };
    for (at, row) in rows.iter().enumerate() {
        let place = format!("row {}", at + 1);
        if let Err((what, why)) = take(&mut import, row, &place, book) {
            import.skipped.push(Skipped { what, why, place });
        }
    }
    if import.stated.is_empty() {
        return Err(Problem::new(Place::new(source, 0..0), "no price of tokens is in these rows").into());
    }
    Ok(import)
}

fn wrong(source: &Arc<Source>, error: &serde_json::Error) -> Problem {
    let place = Place::of_line_column(source, error.line() as u64, error.column() as u64);
    let message = match error.is_eof() {
        true => "this list of rows is cut off".to_owned(),
        false => format!("these are not rows of the pricing page: {error}"),
    };
    Problem::new(place, message).help("expected a list of objects, one for each row of a table, its headings as keys")
}

type Row = Map<String, Value>;

fn text<'a>(row: &'a Row, heading: &str) -> Option<&'a str> {
    row.get(heading).and_then(Value::as_str)
}

/// The column that names what the row is of: `Anthropic models`, `Model Name`.
fn name(row: &Row) -> Option<&str> {
    let names = |heading: &str| {
        let heading = heading.to_lowercase();
        ["model", "model name", "column_0", "custom model unit version"].contains(&heading.as_str())
            || heading.ends_with("models")
            || heading.ends_with(" ai model")
            || heading.ends_with("image services")
    };
    row.iter().find(|(heading, _)| names(&heading.replace('\u{a0}', " "))).and_then(|(_, value)| value.as_str())
}

/// Rows that are no prices, by a column that only they have.
const NO_PRICES: [(&str, &str); 4] = [
    ("Line Item", "a worked example"),
    ("Number of human tasks", "an example of model evaluation"),
    ("Price to train 1M tokens", "the customisation of models is not simulated"),
    ("Price per training hours", "the customisation of models is not simulated"),
];

fn take(import: &mut Import, row: &Row, place: &str, book: &PriceBook) -> Result<(), (String, String)> {
    let what = name(row).or_else(|| text(row, "Line Item")).or_else(|| text(row, "Item")).unwrap_or("a row").to_owned();
    let because = |why: &str| (what.clone(), why.to_owned());
    if let Some((_, why)) = NO_PRICES.iter().find(|(column, _)| row.contains_key(*column)) {
        return Err(because(why));
    }
    if let Some(service) = service(row, &what) {
        let (service, usd) = service.map_err(|why| because(&why))?;
        import.services.push(StatedService { service, usd, place: place.to_owned() });
        return Ok(());
    }
    let Some(name) = name(row) else { return Err(because("no model is named")) };
    let label = Label::of(name);
    let regions = text(row, "Regions").map(label::regions).transpose().map_err(|why| because(&why))?;
    let known = book.in_prose(&label.name);
    let placed = Placed {
        model: known.map_or_else(|| names::key_of_name(&label.name), |model| model.key.clone()),
        tier: label
            .tier
            .or_else(|| text(row, "Hierarchy_Path").and_then(label::tier_of_path))
            .or_else(|| by_batch(row)),
        regions,
        label,
        place,
    };
    let prices = row.iter().filter_map(|(heading, value)| Some((Column::of(heading)?, value.as_str()?)));
    let prices: Vec<(Column, String)> =
        prices.filter_map(|(column, price)| Some((column, number::dollars(price)?))).collect();
    if prices.is_empty() {
        let sold = row.keys().any(|heading| Column::of(heading).is_some());
        let why = if sold { "no price is shown: N/A, or not generally available" } else { "not sold by the token" };
        return Err(because(why));
    }
    for (column, price) in prices {
        placed.state(import, column, &price).map_err(|why| because(&why))?;
    }
    Ok(())
}

/// In a table with columns for batch, the other columns are of the standard tier.
fn by_batch(row: &Row) -> Option<Tier> {
    row.keys().any(|heading| heading.contains("(batch)")).then_some(Tier::Standard)
}

struct Placed<'a> {
    model: String,
    label: Label,
    tier: Option<Tier>,
    regions: Option<Regions>,
    place: &'a str,
}

impl Placed<'_> {
    fn state(&self, import: &mut Import, column: Column, price: &str) -> Result<(), String> {
        match column {
            Column::Tokens { class, batch, places } => import.stated.push(Stated {
                model: self.model.clone(),
                model_id: None,
                name: Some(self.label.name.clone()),
                via: None,
                prefix: None,
                regions: self.regions.clone(),
                tier: if batch { Some(Tier::Batch) } else { self.tier },
                input_above: None,
                from: self.label.from,
                class,
                rate: number::rate(price, places)?,
                place: self.place.to_owned(),
            }),
            Column::Hour(what) => import.capacity.push(StatedCapacity {
                model: self.model.clone(),
                what,
                via: None,
                regions: self.regions.clone(),
                per_hour: usd(price)?,
                place: self.place.to_owned(),
            }),
            Column::Queries => {}
        }
        Ok(())
    }
}

fn usd(price: &str) -> Result<Usd, String> {
    Usd::parse(&format!("{price} USD"))
}

/// What a row of a service says, in the unit of the book; nothing when it is of a model.
fn service(row: &Row, what: &str) -> Option<Result<(String, Usd), String>> {
    let rerank = |key: &str, price: &str| Some(priced(key, price, 1));
    if let Some(price) = text(row, "Price per 1,000 queries**") {
        return rerank("rerank-cohere-3-5", price);
    }
    if let Some(price) = text(row, "Price") {
        return match price.split_once(" per ") {
            Some((price, "1000 queries**")) => rerank("rerank-amazon", price),
            _ => Some(Err("web grounding is not simulated".to_owned())),
        };
    }
    let version = ["v1.0", "v2.0"].into_iter().find_map(|version| Some((version, text(row, version)?)));
    version.map(|(version, price)| match what.contains("storage") {
        true => priced("custom-model-storage", price, 1),
        false => priced(&format!("custom-model-unit-{}", &version[..2]), price, 60),
    })
}

fn priced(key: &str, price: &str, times: u64) -> Result<(String, Usd), String> {
    let price = number::dollars(price).ok_or_else(|| format!("`{price}` is not a price"))?;
    Ok((key.to_owned(), usd(&price)?.times(times)))
}
