//! From the entries of discounts to the book, and to the prices that they are for.

use super::discount::{Days, Discount, Off};
use super::file::{Chosen, DiscountEntry, OffPerMillionEntry};
use super::rows::Citing;
use super::{Charge, Model, PriceBook, RateRow, Regions};
use crate::document::{Located, Place, Problems};
use crate::units::{Ratio, Usd, UsdPerToken};
use jiff::civil::Date;
use std::sync::Arc;

/// Adds a discount to the book; one of an overlay takes the place of that of its name.
pub(super) fn add(
    book: &mut PriceBook,
    key: &Located<String>,
    entry: DiscountEntry,
    overlay: bool,
    problems: &mut Problems,
) {
    let citing = Citing { sources: &book.sources, overlay };
    let provenance = citing.cite(entry.cited(), problems);
    let Some(off) = off(&key.place, &entry, problems) else { return };
    if let (Some(from), Some(until)) = (&entry.from, &entry.until)
        && until.value <= from.value
    {
        let help = "`until` is the first day on which the discount holds no longer";
        problems.with_help(&until.place, format!("the discount ends before it begins on {}", from.value), help);
    }
    let discount = Discount {
        key: key.value.clone(),
        off,
        via: entry.via.map(|via| via.value),
        tier: entry.tier.map(|tier| tier.value),
        regions: entry.regions,
        from: entry.from.map(|day| day.value),
        until: entry.until.map(|day| day.value),
        provenance,
        models: entry.models.map(|chosen| chosen.value),
        services: entry.services.map(|chosen| chosen.value),
        place: key.place.clone(),
    };
    book.discounts.insert(key.value.clone(), Arc::new(discount));
}

/// How much is off: said once, and of what it can be off.
fn off(place: &Place, entry: &DiscountEntry, problems: &mut Problems) -> Option<Off> {
    let (models, services) = (entry.models.is_some(), entry.services.is_some());
    let mut wrong = |place: &Place, message: &str, help: &str| {
        problems.with_help(place, message, help);
        None
    };
    let off = match (&entry.percent, &entry.off_per_million, &entry.off) {
        (Some(percent), None, None) if percent.value.share() == Ratio::ZERO => {
            return wrong(&percent.place, "a discount of nothing", "write a percentage above zero");
        }
        (Some(percent), None, None) => Off::Share(percent.value.share()),
        (None, Some(_), None) if services || !models => {
            return wrong(place, "`off_per_million` is off the prices of models", "write `models`, and no `services`");
        }
        (None, Some(off), None) => Off::PerToken(per_token(off)),
        (None, None, Some(off)) if models || !services => {
            return wrong(&off.place, "`off` is off the prices of services", "write `services`, and no `models`");
        }
        (None, None, Some(off)) if off.value.0 == Usd::ZERO => {
            return wrong(&off.place, "a discount of nothing", "write an amount above zero");
        }
        (None, None, Some(off)) => Off::Price(off.value.0),
        _ => {
            let help = "write exactly one of `percent: 12.5%`, `off_per_million: {input: 0.5}` and `off: 0.02`";
            return wrong(place, "this discount does not say once how much is off", help);
        }
    };
    if !models && !services {
        let help = "write `models: [claude-haiku-4-5]`, `services: [rerank]` or `any` for one of them";
        return wrong(place, "this discount is for nothing", help);
    }
    Some(off)
}

fn per_token(entry: &OffPerMillionEntry) -> [Option<UsdPerToken>; 5] {
    [entry.input, entry.cache_read, entry.cache_write_5m, entry.cache_write_1h, entry.output]
}

/// Gives each model and service the discounts that are for it, once the whole book is read.
pub(super) fn attach(book: &mut PriceBook, problems: &mut Problems) {
    let discounts: Vec<Arc<Discount>> = book.discounts.values().cloned().collect();
    let models: Vec<&str> = book.models.keys().map(String::as_str).collect();
    let services: Vec<&str> = book.charges.keys().map(String::as_str).collect();
    for discount in &discounts {
        known(discount.models.as_ref(), "model", &models, problems);
        known(discount.services.as_ref(), "service", &services, problems);
    }
    for model in book.models.values_mut() {
        model.discounts = discounts.iter().filter(|one| names(one.models.as_ref(), &model.key)).cloned().collect();
    }
    for charge in book.charges.values_mut() {
        charge.discounts = discounts.iter().filter(|one| names(one.services.as_ref(), &charge.key)).cloned().collect();
    }
    let mut used: Vec<&str> = Vec::new();
    book.models.values().for_each(|model| check_model(model, &mut used, problems));
    book.charges.values().for_each(|charge| check_charge(charge, &mut used, problems));
    if !problems.is_empty() {
        return;
    }
    for idle in discounts.iter().filter(|one| !used.contains(&one.key.as_str())) {
        let help = "compare its way, tier, Regions, days and classes with the prices of the book";
        problems.with_help(&idle.place, "this discount changes no price of the book", help);
    }
}

fn known(chosen: Option<&Chosen>, what: &str, known: &[&str], problems: &mut Problems) {
    let Some(Chosen::Named(names)) = chosen else { return };
    for name in names.iter().filter(|name| !known.contains(&name.value.as_str())) {
        problems.unknown(&name.place, what, &name.value, known);
    }
}

fn names(chosen: Option<&Chosen>, key: &str) -> bool {
    match chosen {
        None => false,
        Some(Chosen::Any) => true,
        Some(Chosen::Named(names)) => names.iter().any(|name| name.value == key),
    }
}

fn check_model<'a>(model: &'a Model, used: &mut Vec<&'a str>, problems: &mut Problems) {
    for row in &model.prices {
        let days = Days { from: Some(row.from), until: replaced(row, &model.prices) };
        let here = |one: &&Arc<Discount>| one.is_for(row.via, row.tier);
        let found: Vec<_> = model.discounts.iter().filter(here).collect();
        let found = together(&found, &row.regions, days, &format!("{} {} {}", model.key, row.via, row.tier), problems);
        for one in found {
            if let Some(class) = one.exceeds(row) {
                let message = format!("more is off than {} {} {class} costs from {}", model.key, row.via, row.from);
                problems.with_help(&one.place, message, "take less off, or name the models and ways that it is for");
            }
            used.extend(one.changes(row).then_some(one.key.as_str()));
        }
    }
    for row in &model.provisioned {
        let found: Vec<_> = model.discounts.iter().filter(|one| one.is_for_units()).collect();
        let days = Days { from: Some(row.from), until: None };
        let what = format!("a model unit of {}", model.key);
        used.extend(together(&found, &row.regions, days, &what, problems).map(|one| one.key.as_str()));
    }
    for row in &model.reserved {
        let found: Vec<_> = model.discounts.iter().filter(|one| one.is_for_reserved(row.via)).collect();
        let days = Days { from: Some(row.from), until: None };
        let what = format!("the reserved tier of {}", model.key);
        used.extend(together(&found, &row.regions, days, &what, problems).map(|one| one.key.as_str()));
    }
}

fn check_charge<'a>(charge: &'a Charge, used: &mut Vec<&'a str>, problems: &mut Problems) {
    for row in &charge.prices {
        let found: Vec<_> = charge.discounts.iter().collect();
        let days = Days { from: Some(row.from), until: None };
        for one in together(&found, &row.regions, days, &charge.key, problems) {
            if matches!(one.off, Off::Price(off) if off > row.usd) {
                let message = format!("more is off than {} costs from {}", charge.key, row.from);
                problems.with_help(&one.place, message, "take less off, or name the services that it is for");
            }
            used.push(&one.key);
        }
    }
}

/// The day from which a later row takes a price's place.
fn replaced(row: &RateRow, rows: &[RateRow]) -> Option<Date> {
    let place = |row: &RateRow| (row.via, row.tier, row.input_above.is_some());
    let later = rows.iter().filter(|other| place(other) == place(row) && other.regions == row.regions);
    later.map(|other| other.from).filter(|from| *from > row.from).min()
}

/// Those of some discounts that hold for a price on some day. No two of them may on the same.
fn together<'a>(
    found: &[&'a Arc<Discount>],
    regions: &Regions,
    days: Days,
    what: &str,
    problems: &mut Problems,
) -> impl Iterator<Item = &'a Arc<Discount>> + use<'a> {
    let meet = |one: &Discount| Regions::meet(&[regions, &one.regions]) && Days::meet(&[days, one.days()]);
    let found: Vec<_> = found.iter().copied().filter(|one| meet(one)).collect();
    for (at, one) in found.iter().enumerate() {
        let both = |other: &&&Arc<Discount>| {
            Regions::meet(&[regions, &one.regions, &other.regions]) && Days::meet(&[days, one.days(), other.days()])
        };
        if let Some(other) = found[..at].iter().find(both) {
            let message = format!("a second discount for {what}: `{}` and `{}` hold together", other.key, one.key);
            let help = format!("discounts do not add up; the other is at {}: write one of both", other.place.display());
            problems.with_help(&one.place, message, help);
        }
    }
    found.into_iter()
}
