//! Usage type by usage type: what was predicted and what was billed.

use super::actuals::{Actuals, Charge};
use super::split::{Quantities, Split};
use super::thing::{self, Thing};
use crate::bedrock::usage_type::Meter;
use crate::pricing::PriceBook;
use crate::statement::{Billed, Period};
use crate::units::Usd;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

/// A unit in 1e-15 of it.
const ONE: i128 = 1_000_000_000_000_000;

/// What a run counts capacity in, so that what was idle of it is whole.
const MILLIONTH: &str = "millionth of ";

/// A run held against a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// What both have, or one of them, by model, Region, way, class and tier.
    pub rows: Vec<Row>,
    /// What the run predicted and no bill of tokens can show: services around the models, model units.
    pub not_compared: Vec<Unmatched>,
    /// Rows of the bill that are of Bedrock and cannot be understood or compared.
    pub unreconciled: Vec<Unmatched>,
    /// How many rows of the bill are of something else.
    pub others: u64,
    /// How many rows of Bedrock are of days outside the run, and what they cost.
    pub outside: (u64, Usd),
    /// The days of the run.
    pub days: u64,
    /// The days of the run for which the bill has a row; nothing where it says no days.
    pub billed_days: Option<u64>,
}

/// One usage type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As the bill calls it, or else as the run does.
    pub usage_type: String,
    /// What is counted is reserved capacity, not tokens.
    pub reserved: bool,
    /// By the run.
    pub predicted: Side,
    /// By the bill.
    pub billed: Side,
    /// What the difference is made of; nothing where the bill has no quantity.
    pub split: Option<Split>,
}

/// One side of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// Tokens, or hours of 1,000 reserved tokens per minute, in 1e-15; nothing where they are not said.
    pub quantity: Option<i128>,
    /// What they cost.
    pub cost: Usd,
}

/// What stands on one side only for want of knowledge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmatched {
    /// What it is called.
    pub what: String,
    /// Why it is not compared.
    pub why: String,
    /// What it cost.
    pub cost: Usd,
}

impl Row {
    /// What was billed above what was predicted; below it, negative.
    #[must_use]
    pub fn residual(&self) -> Usd {
        self.billed.cost - self.predicted.cost
    }
}

/// Both sides of a thing while rows are read.
#[derive(Default)]
struct Sides {
    usage_type: String,
    predicted: Side,
    billed: Side,
    /// The bill has a row without quantity.
    uncounted: bool,
}

/// Holds one variant of a run against a bill. Names of models are those of the book.
#[must_use]
pub fn reconcile(variant: &Billed, period: Period, actuals: &Actuals, book: &PriceBook) -> Reconciliation {
    let mut things: BTreeMap<Thing, Sides> = BTreeMap::new();
    let not_compared = predicted(variant, book, &mut things);
    let (first, last) = days(period);
    let inside = |charge: &&Charge| charge.day.is_none_or(|day| (first..=last).contains(&day));
    let unreconciled = billed(actuals.charges.iter().filter(inside), book, &mut things);
    let outside: Vec<&Charge> = actuals.charges.iter().filter(|charge| !inside(charge)).collect();
    let dated: BTreeSet<Date> = actuals.charges.iter().filter(inside).filter_map(|charge| charge.day).collect();
    let says_days = actuals.charges.iter().any(|charge| charge.day.is_some());
    Reconciliation {
        rows: rows(things),
        not_compared,
        unreconciled,
        others: actuals.others,
        outside: (outside.len() as u64, outside.iter().map(|charge| charge.cost).sum()),
        days: u64::try_from((last - first).get_days()).unwrap_or(0) + 1,
        billed_days: says_days.then_some(dated.len() as u64),
    }
}

/// The first and the last UTC day that a run touches.
fn days(period: Period) -> (Date, Date) {
    let first = period.start.to_zoned(TimeZone::UTC).date();
    let end = period.end.to_zoned(TimeZone::UTC);
    let midnight = end.time() == jiff::civil::Time::midnight();
    let last = if midnight { end.date().yesterday().unwrap_or(end.date()) } else { end.date() };
    (first, last.max(first))
}

fn predicted(variant: &Billed, book: &PriceBook, things: &mut BTreeMap<Thing, Sides>) -> Vec<Unmatched> {
    let mut left = Vec::new();
    for line in &variant.lines {
        let Some(thing) = thing::of_line(line, book) else {
            let why = "no usage type of tokens stands for it".to_owned();
            left.push(Unmatched { what: line.sku.clone(), why, cost: line.amount });
            continue;
        };
        let sides = things.entry(thing).or_default();
        let name = line.usage_type.as_deref().unwrap_or(&line.sku);
        if sides.usage_type.is_empty() {
            name.clone_into(&mut sides.usage_type);
        }
        let one = if line.unit.starts_with(MILLIONTH) { ONE / 1_000_000 } else { ONE };
        let quantity = sides.predicted.quantity.unwrap_or(0) + i128::from(line.quantity) * one;
        sides.predicted = Side { quantity: Some(quantity), cost: sides.predicted.cost + line.amount };
    }
    together(left)
}

fn billed<'a>(
    charges: impl Iterator<Item = &'a Charge>,
    book: &PriceBook,
    things: &mut BTreeMap<Thing, Sides>,
) -> Vec<Unmatched> {
    let mut left = Vec::new();
    for charge in charges {
        match thing::of_charge(charge, book) {
            Ok((thing, quantity)) => {
                let sides = things.entry(thing).or_default();
                if sides.billed == Side::default() {
                    sides.usage_type.clone_from(&charge.usage_type);
                }
                sides.uncounted |= quantity.is_none();
                let quantity = sides.billed.quantity.unwrap_or(0) + quantity.unwrap_or(0);
                sides.billed = Side { quantity: Some(quantity), cost: sides.billed.cost + charge.cost };
            }
            Err(why) => left.push(Unmatched { what: name_of(charge), why, cost: charge.cost }),
        }
    }
    together(left)
}

fn name_of(charge: &Charge) -> String {
    let product = charge.products.first().map(String::as_str);
    let name = Some(charge.usage_type.as_str()).filter(|text| !text.is_empty()).or(product);
    name.unwrap_or("a row without usage type").to_owned()
}

/// One entry for each name and reason, in order.
fn together(left: Vec<Unmatched>) -> Vec<Unmatched> {
    let mut sums: BTreeMap<(String, String), Usd> = BTreeMap::new();
    for Unmatched { what, why, cost } in left {
        *sums.entry((what, why)).or_default() += cost;
    }
    sums.into_iter().map(|((what, why), cost)| Unmatched { what, why, cost }).collect()
}

fn rows(things: BTreeMap<Thing, Sides>) -> Vec<Row> {
    let reserved = |thing: &Thing| matches!(thing.meter, Meter::Reserved { .. });
    let counted = |sides: &Sides| !sides.uncounted;
    let sum = |kind: bool| {
        let of_kind = things.iter().filter(|(thing, sides)| reserved(thing) == kind && counted(sides));
        of_kind.map(|(_, sides)| quantities(sides)).fold(Quantities::default(), |sum, one| Quantities {
            predicted: sum.predicted + one.predicted,
            billed: sum.billed + one.billed,
        })
    };
    let (tokens, capacity) = (sum(false), sum(true));
    let row = |(thing, mut sides): (Thing, Sides)| {
        let reserved = matches!(thing.meter, Meter::Reserved { .. });
        let all = if reserved { capacity } else { tokens };
        let split =
            counted(&sides).then(|| Split::of(sides.predicted.cost, sides.billed.cost, quantities(&sides), all));
        if sides.uncounted {
            sides.billed.quantity = None;
        }
        let usage_type = mem::take(&mut sides.usage_type);
        Row { usage_type, reserved, predicted: sides.predicted, billed: sides.billed, split }
    };
    things.into_iter().map(row).collect()
}

fn quantities(sides: &Sides) -> Quantities {
    Quantities { predicted: sides.predicted.quantity.unwrap_or(0), billed: sides.billed.quantity.unwrap_or(0) }
}
