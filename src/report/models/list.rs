//! The list of all models.

use crate::bedrock::profile::Via;
use crate::pricing::{Model, PriceBook};
use jiff::civil::Date;
use serde::Serialize;

/// All models of the book on one day.
#[derive(Debug, Serialize)]
pub struct List {
    /// The day that burndown and states are told for.
    pub on: String,
    /// The SHA-256 of the price book.
    pub price_book_sha256: String,
    /// In the order of their short names.
    pub models: Vec<Entry>,
}

/// One model of the list.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its short name.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// The bare model id.
    pub id: String,
    /// How it can be called: `bare` when the bare id has a price, and the prefixes of its profiles.
    pub ways: Vec<String>,
    /// Tokens of input and output together.
    pub context: u64,
    /// Tokens of output; an embedding model has none.
    pub max_output: Option<u64>,
    /// How often output counts against a quota; null before the model was there.
    pub burndown: Option<u32>,
    /// The tiers that are priced somewhere.
    pub tiers: Vec<String>,
    /// The state of its life.
    pub state: String,
}

/// Lists the models of a book.
#[must_use]
pub fn list(book: &PriceBook, on: Date) -> List {
    List {
        on: on.to_string(),
        price_book_sha256: book.sha256(),
        models: book.models().map(|model| entry(model, on)).collect(),
    }
}

fn entry(model: &Model, on: Date) -> Entry {
    let bare = model.prices.iter().any(|row| row.via == Via::OnDemand).then_some("bare");
    let mut tiers: Vec<_> = model.prices.iter().filter(|row| row.from <= on).map(|row| row.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    Entry {
        key: model.key.clone(),
        name: model.name.clone(),
        id: model.id.clone(),
        ways: bare.into_iter().chain(model.prefixes()).map(str::to_owned).collect(),
        context: model.context.tokens.0,
        max_output: model.max_output.as_ref().map(|limit| limit.tokens.0),
        burndown: model.burndown_on(on).map(|row| row.times),
        tiers: tiers.into_iter().map(|tier| tier.to_string()).collect(),
        state: state(model, on),
    }
}

/// `active`, `active until 2027-04-08`, `legacy until ...`, `ended 2026-06-19`.
pub(super) fn state(model: &Model, on: Date) -> String {
    if model.prices.iter().all(|row| row.from > on) {
        return "not priced yet".to_owned();
    }
    let Some(life) = &model.lifecycle else { return "active".to_owned() };
    let reached = |day: Option<Date>| day.is_some_and(|day| day <= on);
    let now = match (reached(life.legacy), reached(life.extended_access)) {
        (_, true) => "extended access",
        (true, false) => "legacy",
        (false, false) => "active",
    };
    match life.end_of_life {
        Some(end) if end <= on => format!("ended {end}"),
        Some(end) => format!("{now} until {end}"),
        None => now.to_owned(),
    }
}
