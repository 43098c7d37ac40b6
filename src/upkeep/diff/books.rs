//! One book against another, figure by figure.

use super::capacity::described;
use super::rates::{PER, above};
use super::{Change, Difference, Report};
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Model, PriceBook};
use crate::units::Usd;
use crate::upkeep::Capacity;
use std::collections::BTreeMap;

/// Subject, which price, per what.
type Name = (String, String, String);

/// How the second book differs from the first: rows are compared by way, Regions, tier and first day.
#[must_use]
pub fn books(one: &PriceBook, other: &PriceBook) -> Report {
    let (before, after) = (figures(one), figures(other));
    let mut report = Report::default();
    for (name, from) in &before {
        match after.get(name) {
            Some(to) if to == from => report.agreed += 1,
            Some(to) => report.differences.push(difference(name, Change::Changed(*from, *to))),
            None => report.differences.push(difference(name, Change::Removed(*from))),
        }
    }
    let new = after.iter().filter(|(name, _)| !before.contains_key(*name));
    report.differences.extend(new.map(|(name, to)| difference(name, Change::New(*to))));
    report.differences.sort_by(|one, other| (&one.subject, &one.what).cmp(&(&other.subject, &other.what)));
    report
}

fn difference((subject, what, per): &Name, change: Change) -> Difference {
    let (subject, what, per) = (subject.clone(), what.clone(), per.clone());
    Difference { subject, what, per, change, place: None, explained: None }
}

fn figures(book: &PriceBook) -> BTreeMap<Name, Usd> {
    let services = book.charges().flat_map(|charge| {
        charge.prices.iter().map(|row| {
            let what = format!("{} from {}", row.regions, row.from);
            ((charge.key.clone(), what, charge.per.name().to_owned()), row.usd)
        })
    });
    book.models().flat_map(|model| tokens(model).chain(capacity(model))).chain(services).collect()
}

fn tokens(model: &Model) -> impl Iterator<Item = (Name, Usd)> {
    model.prices.iter().flat_map(|row| {
        UsageClass::ALL.into_iter().filter_map(|class| {
            let long = above(row.input_above.map(|tokens| tokens.0));
            let what = format!("{} {} {} {class}{long} from {}", row.via, row.regions, row.tier, row.from);
            Some(((model.key.clone(), what, PER.to_owned()), row.rate(class)?.per_million()))
        })
    })
}

fn capacity(model: &Model) -> impl Iterator<Item = (Name, Usd)> {
    let hour = |what: String| (model.key.clone(), what, "hour".to_owned());
    let units = model.provisioned.iter().flat_map(move |row| {
        row.per_hour.iter().map(move |(term, usd)| {
            (hour(format!("{} {} from {}", described(Capacity::Unit(*term)), row.regions, row.from)), *usd)
        })
    });
    let reserved = model.reserved.iter().flat_map(move |row| {
        let place = format!("{} {} from {}", row.via, row.regions, row.from);
        let bought = [(Capacity::ReservedInput(row.term), row.input), (Capacity::ReservedOutput(row.term), row.output)];
        bought.map(|(what, usd)| (hour(format!("{} {place}", described(what))), usd))
    });
    units.chain(reserved)
}
