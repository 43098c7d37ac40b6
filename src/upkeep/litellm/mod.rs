//! LiteLLM's price map (MIT, <https://github.com/BerriAI/litellm>): the JSON file itself, in US dollars per token, and
//! the same as a table (CSV) in US dollars per million tokens.
//!
//! The map has no days of effect and names few sources. Its bare ids have the prices of the US Regions.

mod entry;
mod json;
mod place;
mod table;

use super::{Capacity, Import, Skipped, Stated, StatedCapacity, StatedModel, StatedService, names, number};
use crate::bedrock::usage::UsageClass;
use crate::document::{Problem, Problems, Source};
use crate::pricing::PriceBook;
use crate::units::{Tokens, Usd};
use entry::{Entry, Figure};
use place::Placed;
use std::sync::Arc;

/// The key of the source, of the version that the bundled book was checked against.
pub const SOURCE: &str = "litellm-1.109.1";
/// What is read, to be fetched by hand.
pub const URL: &str = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";

/// Reads the map, in either form.
///
/// # Errors
/// When the text is neither form, or is cut off.
pub fn read(source: &Arc<Source>, book: &PriceBook) -> Result<Import, Problems> {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    let (entries, skipped) = if text.starts_with('{') { json::read(source)? } else { table::read(source)? };
    if entries.is_empty() {
        let place = crate::document::Place::new(source, 0..0);
        return Err(Problem::new(place, "no row of Amazon Bedrock is in this price map").into());
    }
    let mut import = Import {
        source: SOURCE.to_owned(),
        title: "LiteLLM model price map".to_owned(),
        url: Some(URL.to_owned()),
        skipped,
        ..Import::default()
    };
    for entry in &entries {
        match place::of(entry, book) {
            Ok(placed) => take(&mut import, entry, &placed, book),
            Err(why) => skip(&mut import, entry, why),
        }
    }
    Ok(import)
}

fn skip(import: &mut Import, entry: &Entry, why: impl Into<String>) {
    import.skipped.push(Skipped { what: entry.id.clone(), why: why.into(), place: entry.id.clone() });
}

fn take(import: &mut Import, entry: &Entry, placed: &Placed, book: &PriceBook) {
    let known = book.models().find(|model| model.id == placed.model_id);
    let model = known.map_or_else(|| names::key_of_id(placed.model_id), |model| model.key.clone());
    let before = import.stated.len() + import.capacity.len() + import.services.len();
    for (figure, text) in &entry.figures {
        if let Err(why) = state(import, entry, placed, &model, *figure, text) {
            import.skipped.push(Skipped { what: format!("{} {figure}", entry.id), why, place: entry.id.clone() });
        }
    }
    if import.stated.len() + import.capacity.len() + import.services.len() == before {
        skip(import, entry, "no price of tokens stands in its row");
        return;
    }
    if placed.term.is_none() && !entry.writes_nothing() || entry.mode == "embedding" {
        import.models.push(StatedModel {
            model,
            model_id: placed.model_id.to_owned(),
            prefix: placed.prefix.map(str::to_owned),
            context: entry.context.map(Tokens),
            max_output: entry.max_output.filter(|_| !entry.writes_nothing()).map(Tokens),
            cache_minimum: entry.cache_minimum.map(Tokens),
            end_of_life: entry.end_of_life,
            place: entry.id.clone(),
        });
    }
}

fn state(
    import: &mut Import,
    entry: &Entry,
    placed: &Placed,
    model: &str,
    figure: Figure,
    text: &str,
) -> Result<(), String> {
    let place = entry.id.clone();
    match figure {
        Figure::Tokens { class, tier, input_above } => {
            let rate = number::rate(text, entry.places)?;
            if rate.femtos() == 0 && entry.writes_nothing() {
                return Ok(());
            }
            if rate.femtos() == 0 {
                return Err("zero, which the map writes both for free and for unknown".to_owned());
            }
            let class = if entry.writes_nothing() && class == UsageClass::Output { return Ok(()) } else { class };
            import.stated.push(Stated {
                model: model.to_owned(),
                model_id: Some(placed.model_id.to_owned()),
                name: None,
                via: Some(placed.via),
                prefix: placed.prefix.map(str::to_owned),
                regions: Some(placed.regions.clone()),
                tier: Some(tier),
                input_above: input_above.map(Tokens),
                from: None,
                class,
                rate,
                place,
            });
        }
        Figure::Query => {
            let service = place::service(placed.model_id).ok_or("a price per query of what is not a reranker")?;
            let usd = dollars(number::shifted(text, 3), text)?;
            import.services.push(StatedService { service: service.to_owned(), usd, place });
        }
        Figure::Second => {
            let term = placed.term.ok_or("a price per second of what is not provisioned")?;
            let per_hour = dollars(Some(text.to_owned()), text)?.times(3_600);
            let what = Capacity::Unit(term);
            let regions = Some(placed.regions.clone());
            import.capacity.push(StatedCapacity { model: model.to_owned(), what, via: None, regions, per_hour, place });
        }
    }
    Ok(())
}

fn dollars(number: Option<String>, text: &str) -> Result<Usd, String> {
    let number = number.and_then(|number| number::shifted(&number, 0));
    Usd::parse(&format!("{} USD", number.ok_or_else(|| format!("`{text}` is not a number"))?))
}
