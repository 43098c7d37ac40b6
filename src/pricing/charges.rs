//! From the entries of services to the book.

use super::charge::{Charge, ChargeRow};
use super::file::ChargeEntry;
use super::rows::Citing;
use super::{PriceBook, lint, rows};
use crate::document::{Located, Problems};

/// Adds a service to the book, or changes what an overlay says of it.
pub(super) fn add(
    book: &mut PriceBook,
    key: &Located<String>,
    entry: ChargeEntry,
    overlay: bool,
    problems: &mut Problems,
) {
    lint::charge(&entry, problems);
    let citing = Citing { sources: &book.sources, overlay };
    let new: Vec<_> =
        entry.prices.into_iter().flatten().map(|row| rows::charge(row, &citing, problems)).collect::<Vec<_>>();
    let known = book.charges.remove(&key.value);
    let charge = match (known, entry.name, entry.unit, entry.per) {
        (Some(known), name, unit, per) => Charge {
            key: known.key,
            name: name.unwrap_or(known.name),
            unit: unit.unwrap_or(known.unit),
            per: per.unwrap_or(known.per),
            least: entry.least.map(|least| least.get()).or(known.least),
            prices: super::merge::laid_over(known.prices, new, ChargeRow::replaces),
            discounts: known.discounts,
        },
        (None, Some(name), Some(unit), Some(per)) if !new.is_empty() => {
            let least = entry.least.map(|least| least.get());
            Charge { key: key.value.clone(), name, unit, per, least, prices: new, discounts: Vec::new() }
        }
        _ => {
            let message = format!("the service `{}` is new and lacks `name`, `unit`, `per` or `prices`", key.value);
            let help = "a service that the book has may leave them out: compare the names";
            problems.with_help(&key.place, message, help);
            return;
        }
    };
    book.charges.insert(key.value.clone(), charge);
}
