//! Capacity by the hour and services: what a source states, and what the book has of it.

use super::{Change, Difference, Report, explained};
use crate::bedrock::term::Term;
use crate::pricing::{Model, PriceBook, Regions};
use crate::units::Usd;
use crate::upkeep::{Capacity, Import, StatedCapacity};
use jiff::civil::Date;

pub(super) fn compare(import: &Import, book: &PriceBook, day: Date, report: &mut Report) {
    for stated in &import.capacity {
        let known = book.model(&stated.model).map(|model| prices(model, stated, day)).unwrap_or_default();
        let what = described(stated.what);
        one(import, book, &stated.model, &what, "hour", &known, stated.per_hour, &stated.place, report);
    }
    for stated in &import.services {
        let charge = book.charge(&stated.service);
        let rows = charge.into_iter().flat_map(|charge| &charge.prices).filter(|row| row.from <= day);
        let known: Vec<Usd> = rows.map(|row| row.usd).collect();
        let per = charge.map_or("unit", |charge| charge.per.name());
        one(import, book, &stated.service, "price", per, &known, stated.usd, &stated.place, report);
    }
}

/// The names of what is bought by the hour.
pub(super) fn described(what: Capacity) -> String {
    let (name, term): (&str, Term) = match what {
        Capacity::Unit(term) => ("model unit", term),
        Capacity::ReservedInput(term) => ("reserved 1,000 input tokens per minute", term),
        Capacity::ReservedOutput(term) => ("reserved 1,000 output tokens per minute", term),
    };
    format!("{name} {term}")
}

fn prices(model: &Model, stated: &StatedCapacity, day: Date) -> Vec<Usd> {
    let holds = |regions: &Regions, from: Date| {
        from <= day
            && match (&stated.regions, regions) {
                (None | Some(Regions::Any), _) | (_, Regions::Any) => true,
                (Some(Regions::Named(one)), Regions::Named(other)) => one.is_subset(other),
            }
    };
    let reserved = |term: Term| {
        let rows = model.reserved.iter().filter(move |row| row.term == term);
        rows.filter(|row| holds(&row.regions, row.from) && stated.via.is_none_or(|via| via == row.via))
    };
    match stated.what {
        Capacity::Unit(term) => {
            let rows = model.provisioned.iter().filter(|row| holds(&row.regions, row.from));
            rows.filter_map(|row| row.per_hour.get(&term).copied()).collect()
        }
        Capacity::ReservedInput(term) => reserved(term).map(|row| row.input).collect(),
        Capacity::ReservedOutput(term) => reserved(term).map(|row| row.output).collect(),
    }
}

#[expect(clippy::too_many_arguments, reason = "a difference has as many parts")]
fn one(
    import: &Import,
    book: &PriceBook,
    subject: &str,
    what: &str,
    per: &str,
    known: &[Usd],
    to: Usd,
    place: &str,
    report: &mut Report,
) {
    if known.contains(&to) {
        report.agreed += 1;
        return;
    }
    let names = [place.to_owned(), subject.to_owned()];
    report.differences.push(Difference {
        subject: subject.to_owned(),
        what: what.to_owned(),
        per: per.to_owned(),
        change: known.first().map_or(Change::New(to), |known| Change::Changed(*known, to)),
        place: Some(place.to_owned()),
        explained: explained::left_out(book, &import.source, names.iter()),
    });
}
