//! What the price book promises, as sentences.

mod bundle;
mod discounts;
mod lints;
mod overlays;
mod services;

use super::{PriceBook, read};
use crate::document::Source;
use jiff::civil::Date;

/// A book of one model, `m`, whose body is given, and one source, `s`.
fn file_of(model: &str) -> String {
    let facts = "name: M\n    id: vendor.m\n    context: {tokens: 9, source: s, checked: 2026-01-01}";
    format!("sources: {{s: {{title: S}}}}\nmodels:\n  m:\n    {facts}\n{model}")
}

fn book_of(text: &str) -> Result<PriceBook, String> {
    read(&[Source::new("p.yaml", text)]).map_err(|problems| problems.render())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
