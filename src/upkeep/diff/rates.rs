//! Prices of tokens: what a source states, and what the book has of it.

use super::{Change, Difference, Report, explained};
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Model, PriceBook, RateRow, Regions};
use crate::upkeep::{Import, Stated};
use jiff::civil::Date;

/// Holds every row of the source against the book. What one row states together must stand together in the book.
pub(super) fn compare(import: &Import, book: &PriceBook, day: Date, report: &mut Report) {
    let together = |one: &Stated, next: &Stated| {
        let row = |stated: &Stated| (stated.place.clone(), stated.model.clone(), stated.tier, stated.input_above);
        row(one) == row(next)
    };
    for group in import.stated.chunk_by(together) {
        let day = effective(import, &group[0], day);
        let rows = book.model(&group[0].model).map(|model| candidates(model, &group[0], day)).unwrap_or_default();
        match rows {
            Rows::Every(rows) => group.iter().for_each(|stated| in_every(import, book, stated, &rows, report)),
            Rows::Some(rows) => in_some(import, book, group, &rows, report),
        }
    }
}

/// The day on which a price is looked up: that of its first effect when it is later; what has no day of its own but
/// stands beside a price that has one held until then.
fn effective(import: &Import, stated: &Stated, day: Date) -> Date {
    if let Some(from) = stated.from {
        return from.max(day);
    }
    let dated = import.stated.iter().filter(|other| other.model == stated.model).filter_map(|other| other.from);
    dated.min().and_then(|from| from.yesterday().ok()).map_or(day, |before| before.min(day))
}

/// The rows of the book that a statement is about.
enum Rows<'a> {
    /// In each of these Regions, this row: the source says where.
    Every(Vec<(String, Option<&'a RateRow>)>),
    /// One of these: the source does not say which.
    Some(Vec<&'a RateRow>),
}

impl Default for Rows<'_> {
    fn default() -> Self {
        Self::Some(Vec::new())
    }
}

fn candidates<'a>(model: &'a Model, stated: &Stated, day: Date) -> Rows<'a> {
    if let (Some(via), Some(Regions::Named(regions)), Some(tier)) = (stated.via, &stated.regions, stated.tier) {
        let row = |region: &String| match stated.input_above {
            None => model.rates(via, region, tier, day).ok(),
            above => model.long_rates(via, region, tier, day).filter(|row| row.input_above == above),
        };
        return Rows::Every(regions.iter().map(|region| (region.clone(), row(region))).collect());
    }
    let fits = |row: &&RateRow| {
        stated.via.is_none_or(|via| via == row.via)
            && stated.tier.is_none_or(|tier| tier == row.tier)
            && row.input_above == stated.input_above
            && stated.regions.as_ref().is_none_or(|regions| meet(regions, &row.regions))
            && model.in_force(row, day)
    };
    Rows::Some(model.prices.iter().filter(fits).collect())
}

pub(super) fn meet(one: &Regions, other: &Regions) -> bool {
    match (one, other) {
        (Regions::Any, _) | (_, Regions::Any) => true,
        (Regions::Named(one), Regions::Named(other)) => !one.is_disjoint(other),
    }
}

fn in_every(
    import: &Import,
    book: &PriceBook,
    stated: &Stated,
    rows: &[(String, Option<&RateRow>)],
    report: &mut Report,
) {
    let has = |row: Option<&RateRow>| row.and_then(|row| row.rate(stated.class));
    let differ: Vec<_> = rows.iter().filter(|(_, row)| has(*row) != Some(stated.rate)).collect();
    let Some((region, row)) = differ.first() else {
        report.agreed += 1;
        return;
    };
    let regions = match differ.len() {
        1 => region.clone(),
        many => format!("{region} and {} more", many - 1),
    };
    differs(import, book, stated, *row, &regions, report);
}

fn in_some(import: &Import, book: &PriceBook, group: &[Stated], rows: &[&RateRow], report: &mut Report) {
    let agrees = |row: &RateRow, stated: &Stated| row.rate(stated.class) == Some(stated.rate);
    let agreed = |row: &RateRow| group.iter().filter(|stated| agrees(row, stated)).count();
    let nearest = rows.iter().copied().rev().max_by_key(|row| agreed(row));
    for stated in group {
        match nearest {
            Some(row) if agrees(row, stated) => report.agreed += 1,
            nearest => {
                let regions = nearest.map_or_else(|| "nowhere".to_owned(), |row| row.regions.to_string());
                differs(import, book, stated, nearest, &regions, report);
            }
        }
    }
}

fn differs(
    import: &Import,
    book: &PriceBook,
    stated: &Stated,
    row: Option<&RateRow>,
    regions: &str,
    report: &mut Report,
) {
    let to = stated.rate.per_million();
    let known = row.and_then(|row| row.rate(stated.class));
    let via = stated.via.or(row.map(|row| row.via)).map_or("any way", |via| via.name());
    let tier = stated.tier.or(row.map(|row| row.tier)).map_or("any tier", |tier| tier.name());
    report.differences.push(Difference {
        subject: stated.model.clone(),
        what: format!("{via} {regions} {tier} {}{}", stated.class, above(stated.input_above.map(|tokens| tokens.0))),
        per: PER.to_owned(),
        change: known.map_or(Change::New(to), |known| Change::Changed(known.per_million(), to)),
        place: Some(stated.place.clone()),
        explained: explained::rate(import, book, row.map(|row| &row.provenance), stated),
    });
}

pub(super) const PER: &str = "1M tokens";

pub(super) fn above(tokens: Option<u64>) -> String {
    tokens.map_or_else(String::new, |tokens| format!(" above {tokens} input tokens"))
}

/// What the book cites the source for, and the source does not state.
pub(super) fn not_stated(import: &Import, book: &PriceBook, day: Date, report: &mut Report) {
    for model in book.models() {
        let stated: Vec<&Stated> = import.stated.iter().filter(|stated| stated.model == model.key).collect();
        let cited = model.prices.iter().filter(|row| row.provenance.source == import.source);
        for row in cited.filter(|row| model.in_force(row, day)) {
            for class in UsageClass::ALL {
                let Some(rate) = row.rate(class) else { continue };
                if stated.iter().any(|stated| stated.class == class && stated.rate == rate && about(stated, row)) {
                    continue;
                }
                report.differences.push(Difference {
                    subject: model.key.clone(),
                    what: format!(
                        "{} {} {} {class}{}",
                        row.via,
                        row.regions,
                        row.tier,
                        above(row.input_above.map(|tokens| tokens.0))
                    ),
                    per: PER.to_owned(),
                    change: Change::Removed(rate.per_million()),
                    place: None,
                    explained: row.provenance.note.clone(),
                });
            }
        }
    }
}

fn about(stated: &Stated, row: &RateRow) -> bool {
    stated.via.is_none_or(|via| via == row.via)
        && stated.tier.is_none_or(|tier| tier == row.tier)
        && stated.input_above == row.input_above
        && stated.regions.as_ref().is_none_or(|regions| meet(regions, &row.regions))
}
