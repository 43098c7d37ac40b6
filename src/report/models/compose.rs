//! The sheet of a model, or of one way to it.

use super::asked::Asked;
use super::list::state;
use super::rows::{self, cited};
use super::sheet::{Burndown, Cache, Figure, Life, Sheet};
use crate::pricing::{Model, PriceBook, Resolved, TokenLimit, UnknownModel};
use jiff::civil::Date;

/// What the book knows under a short name, a bare id or a profile id; of a profile, its own rows only.
///
/// # Errors
/// When the book has no such name.
pub fn show(book: &PriceBook, id: &str, on: Date) -> Result<Sheet, UnknownModel> {
    if let Some(model) = book.model(id) {
        return Ok(sheet(book, model, None, on));
    }
    let known = || book.models().map(|model| model.key.clone()).chain(book.ids()).collect();
    let resolved = book.resolve(id).map_err(|unknown| UnknownModel { id: unknown.id, known: known() })?;
    Ok(sheet(book, resolved.model, Some(resolved), on))
}

fn sheet(book: &PriceBook, model: &Model, resolved: Option<Resolved>, on: Date) -> Sheet {
    // A bare id is a name of the whole model; a profile has rows of its own.
    let profile = resolved.and_then(|resolved| Some((resolved.prefix?, resolved.via)));
    let prefix = profile.map(|(prefix, _)| prefix);
    let asked =
        Asked { via: profile.map(|(_, via)| via), profile: prefix.and_then(|prefix| book.profile(model, prefix)) };
    let prefixes = model.prefixes().filter(|known| prefix.is_none_or(|prefix| prefix == *known));
    let mut prices = asked.rows(&model.prices);
    prices.sort_by_key(|row| (row.via, &row.regions, row.from, row.tier));
    let mut quotas = asked.rows(&model.quotas);
    quotas.sort_by_key(|row| (row.via, row.tier, &row.regions));
    let mut reserved = asked.rows(&model.reserved);
    reserved.sort_by_key(|row| (row.via, &row.regions, row.from, row.term));
    Sheet {
        profile: prefix.map(|prefix| format!("{prefix}.{}", model.id)),
        profiles: prefixes.map(|prefix| rows::profile(book, model, prefix)).collect(),
        prices: prices.into_iter().map(rows::price).collect(),
        quotas: quotas.into_iter().map(rows::quota).collect(),
        reserved: reserved.into_iter().map(rows::reserved).collect(),
        ..facts(book, model, on)
    }
}

/// What holds by every way.
fn facts(book: &PriceBook, model: &Model, on: Date) -> Sheet {
    let mut service: Vec<_> = model.service.iter().collect();
    service.sort_by_key(|row| row.tier);
    Sheet {
        key: model.key.clone(),
        name: model.name.clone(),
        id: model.id.clone(),
        profile: None,
        on: on.to_string(),
        price_book_sha256: book.sha256(),
        state: state(model, on),
        context: figure(&model.context),
        max_output: model.max_output.as_ref().map(figure),
        burndown: burndown(model),
        cache: cache(model),
        lifecycle: lifecycle(model),
        regions_on_demand: model.regions_on_demand(on).map(|regions| regions.into_iter().collect()),
        profiles: Vec::new(),
        prices: Vec::new(),
        quotas: Vec::new(),
        account_quota: book.account_tokens_per_day(on).map(rows::account_quota),
        provisioned: model.provisioned.iter().flat_map(rows::provisioned).collect(),
        reserved: Vec::new(),
        service: service.into_iter().map(rows::service).collect(),
    }
}

fn figure(limit: &TokenLimit) -> Figure {
    Figure { tokens: limit.tokens.0, source: cited(&limit.provenance) }
}

fn burndown(model: &Model) -> Vec<Burndown> {
    let rows = model.burndown.iter();
    rows.map(|row| Burndown { from: row.from.to_string(), times: row.times, source: cited(&row.provenance) }).collect()
}

fn cache(model: &Model) -> Option<Cache> {
    model.cache.as_ref().map(|cache| Cache {
        minimum_tokens: cache.minimum.0,
        ttls: cache.ttls.iter().map(|ttl| ttl.name().to_owned()).collect(),
        checkpoints: cache.checkpoints,
        look_back_blocks: cache.look_back,
        source: cited(&cache.provenance),
    })
}

fn lifecycle(model: &Model) -> Option<Life> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    model.lifecycle.as_ref().map(|life| Life {
        legacy: day(life.legacy),
        extended_access: day(life.extended_access),
        end_of_life: day(life.end_of_life),
        source: cited(&life.provenance),
    })
}
