//! What a source states that the book does not have, as price files to review.

use super::{Import, Stated, StatedModel, diff};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Model, PriceBook, RateRow, Regions};
use crate::units::{Tokens, UsdPerToken};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A price file, and what is in it.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The file; nothing when the book has everything.
    pub yaml: Option<String>,
    /// Rows of prices in it.
    pub rows: usize,
    /// Models that the book does not have.
    pub new_models: Vec<String>,
    /// Models whose prices are comments in it: the source does not say enough of them.
    pub unfinished: Vec<String>,
    /// Prices that the book has already.
    pub known: usize,
    /// Prices that the book has otherwise or leaves out, and says why.
    pub explained: usize,
    /// Prices that do not say where, how or in which tier, or stand without one of input: no row can hold them.
    pub unplaced: usize,
    /// Prices that the source states a second time, and differently; the first is written.
    pub contradicted: usize,
}

/// What a row is of: its rates are written together. Regions with the same rates share a row.
type Place = (Via, Tier, Option<Tokens>, Date);
type Rates = BTreeMap<UsageClass, UsdPerToken>;

/// Writes what is new on a day, and what the book does not say why it has otherwise. A class that the source does not state keeps the book's price.
#[must_use]
pub fn yaml(import: &Import, book: &PriceBook, day: Date) -> Written {
    let mut written = Written::default();
    let compared = diff::against(import, book, import.published.unwrap_or(day));
    let open: BTreeSet<_> =
        compared.unexplained().filter_map(|new| Some((&new.subject, new.place.as_ref()?))).collect();
    written.known = compared.agreed;
    written.explained = compared.differences.iter().filter(|difference| difference.explained.is_some()).count();
    let mut by_model: BTreeMap<&str, Vec<&Stated>> = BTreeMap::new();
    for stated in import.stated.iter().filter(|stated| open.contains(&(&stated.model, &stated.place))) {
        by_model.entry(&stated.model).or_default().push(stated);
    }
    let mut models = String::new();
    for (key, stated) in by_model {
        let rows = rows(book.model(key), &stated, import.published.unwrap_or(day), day, &mut written);
        if !rows.is_empty() {
            models.push_str(&model(key, &stated, &rows, import, book, day, &mut written));
        }
    }
    if written.rows > 0 || !written.unfinished.is_empty() {
        written.yaml = Some(head(import, book) + &body(models, written.rows));
    }
    written
}

fn head(import: &Import, book: &PriceBook) -> String {
    let mut head =
        "# Written by `tokencast prices import`: the word of one source. Compare each row with it, then set\n\
                    # `checked` to that day and raise the confidence.\n"
            .to_owned();
    if book.source_title(&import.source).is_none() {
        let _ = writeln!(head, "sources:\n  {}:\n    title: {}", import.source, quoted(&import.title));
        if let Some(url) = &import.url {
            let _ = writeln!(head, "    url: {}", quoted(url));
        }
        head.push_str("    confidence: medium\n");
    }
    head
}

fn body(models: String, rows: usize) -> String {
    if rows > 0 { format!("models:\n{models}") } else { models }
}

/// Regions by place and rates: the rows to write.
type Rows = BTreeMap<(Place, Vec<(UsageClass, UsdPerToken)>), BTreeSet<String>>;

/// The rows of what the book does not have.
fn rows(model: Option<&Model>, stated: &[&Stated], published: Date, day: Date, written: &mut Written) -> Rows {
    let mut by_region: BTreeMap<(Place, String), Rates> = BTreeMap::new();
    for one in stated {
        let (Some(via), Some(tier), Some(regions)) = (one.via, one.tier, &one.regions) else {
            written.unplaced += 1;
            continue;
        };
        let place = (via, tier, one.input_above, one.from.unwrap_or(published));
        let names = match regions {
            Regions::Any => vec!["any".to_owned()],
            Regions::Named(names) => names.iter().cloned().collect(),
        };
        let mut contradicted = false;
        for region in names {
            let first = by_region.entry((place, region)).or_default().entry(one.class).or_insert(one.rate);
            contradicted |= *first != one.rate;
        }
        written.contradicted += usize::from(contradicted);
    }
    let mut rows: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for ((place, region), mut rates) in by_region {
        let row = book_row(model, place, &region, day);
        let has = |class: &UsageClass| row.and_then(|row| row.rate(*class));
        if rates.iter().all(|(class, rate)| has(class) == Some(*rate)) {
            continue;
        }
        for class in UsageClass::ALL {
            if let Some(rate) = has(&class) {
                rates.entry(class).or_insert(rate);
            }
        }
        rows.entry((place, rates.into_iter().collect())).or_default().insert(region);
    }
    rows
}

fn book_row<'a>(model: Option<&'a Model>, place: Place, region: &str, day: Date) -> Option<&'a RateRow> {
    let (via, tier, above, from) = place;
    match above {
        None => model?.rates(via, region, tier, day.max(from)).ok(),
        above => model?.long_rates(via, region, tier, day.max(from)).filter(|row| row.input_above == above),
    }
}

fn model(
    key: &str,
    stated: &[&Stated],
    rows: &Rows,
    import: &Import,
    book: &PriceBook,
    day: Date,
    written: &mut Written,
) -> String {
    let cited = format!("source: {}, checked: {day}", import.source);
    let mut text = format!("  {key}:\n");
    let mut whole = true;
    if book.model(key).is_none() {
        let facts = import.models.iter().find(|facts| facts.model == key);
        let identity = identity(stated, facts, day, &cited);
        whole = identity.is_some() && rows.keys().all(|(_, rates)| has_input(rates));
        text.push_str(&identity.unwrap_or_else(|| "    # id, context and burndown are not in the source\n".to_owned()));
    }
    text.push_str("    prices:\n");
    for ((place, rates), regions) in rows {
        let Some(row) = row(place, rates, regions, &cited) else {
            written.unplaced += rates.len();
            continue;
        };
        text.push_str(&row);
        written.rows += usize::from(whole);
    }
    match (whole, book.model(key)) {
        (true, Some(_)) => text,
        (true, None) => {
            written.new_models.push(key.to_owned());
            text
        }
        (false, _) => {
            written.unfinished.push(key.to_owned());
            text.lines().map(|line| format!("# {line}\n")).collect()
        }
    }
}

fn has_input(rates: &[(UsageClass, UsdPerToken)]) -> bool {
    rates.iter().any(|(class, _)| *class == UsageClass::UncachedInput)
}

/// What a new model needs beside prices; nothing when the source does not say it.
fn identity(stated: &[&Stated], facts: Option<&StatedModel>, day: Date, cited: &str) -> Option<String> {
    let facts = facts?;
    let name = stated.iter().find_map(|stated| stated.name.as_ref()).unwrap_or(&facts.model_id);
    let prefixes: BTreeSet<&str> = stated.iter().filter_map(|stated| stated.prefix.as_deref()).collect();
    let geo: Vec<&str> = prefixes.into_iter().filter(|prefix| *prefix != "global").collect();
    let mut text = format!("    name: {}\n    id: {}\n", quoted(name), quoted(&facts.model_id));
    let _ = writeln!(text, "    geo_prefixes: [{}]", geo.join(", "));
    let _ = writeln!(text, "    context: {{tokens: {}, {cited}}}", facts.context?.0);
    if let Some(most) = facts.max_output {
        let _ = writeln!(text, "    max_output: {{tokens: {}, {cited}}}", most.0);
    }
    let note = "Not in the source: look it up.";
    let _ = writeln!(
        text,
        "    burndown:\n      - {{from: {day}, times: 1, {cited}, confidence: low, note: {}}}",
        quoted(note)
    );
    if let Some(end) = facts.end_of_life {
        let _ = writeln!(text, "    lifecycle: {{end_of_life: {end}, {cited}}}");
    }
    Some(text)
}

/// A row of prices; nothing without a price of input, which no row can be without.
fn row(place: &Place, rates: &[(UsageClass, UsdPerToken)], regions: &BTreeSet<String>, cited: &str) -> Option<String> {
    let (via, tier, above, from) = place;
    if !has_input(rates) {
        return None;
    }
    let price = |(class, rate): &(UsageClass, UsdPerToken)| {
        let name = if *class == UsageClass::UncachedInput { "input" } else { class.name() };
        let usd = rate.per_million().to_string();
        format!("{name}: {}", if rate.femtos() == 0 { "free" } else { &usd })
    };
    let prices: Vec<String> = rates.iter().map(price).collect();
    let names: Vec<&str> = regions.iter().map(String::as_str).collect();
    let regions = if names == ["any"] { "any".to_owned() } else { format!("[{}]", names.join(", ")) };
    let tier = if *tier == Tier::Standard { String::new() } else { format!("tier: {tier}, ") };
    let above = above.map_or_else(String::new, |tokens| format!("input_above: {}, ", tokens.0));
    let prices = prices.join(", ");
    Some(format!(
        "      - {{via: {via}, regions: {regions}, {tier}from: {from}, {above}per_million: {{{prices}}}, {cited}}}\n"
    ))
}

/// A text in double quotes, which YAML reads as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
