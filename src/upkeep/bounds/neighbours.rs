//! The rows of a model against each other: Regions, ways, tiers, days and lengths.

use super::ratio::{Bounds, Broken, apart};
use super::{Oddity, words};
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Model, RateRow, Regions};
use jiff::civil::Date;

/// The same model elsewhere: at most 2.2 times.
const ELSEWHERE: i128 = 2_200;
/// The same model before: at most 4 times.
const BEFORE: i128 = 4_000;
/// What a class costs over the input, from row to row: at most twice.
const SHAPE: i128 = 2_000;
/// Long inputs over short ones.
const LONG: Bounds = Bounds { least: 1_000, most: 6_000 };

pub(super) fn lint(model: &Model, odd: &mut Vec<Oddity>) {
    for (at, row) in model.prices.iter().enumerate() {
        for other in &model.prices[..at] {
            let unusual = row.unusual.as_ref().or(other.unusual.as_ref());
            let mut tell = |message: String, broken: &Broken| {
                let unusual = broken.excused(unusual);
                odd.push(Oddity { model: model.key.clone(), row: words(row), message, unusual });
            };
            let relation = related(model, row, other);
            for class in UsageClass::ALL {
                let (Some(rate), Some(known)) = (row.rate(class), other.rate(class)) else { continue };
                let figures = (rate.femtos(), known.femtos());
                if let Some(broken) = relation.as_ref().and_then(|relation| relation.broken_by(figures)) {
                    let (rate, known, times) = (rate.per_million(), known.per_million(), &broken.times);
                    tell(format!("{class} costs {rate} per million, {times} the {known} of {}", words(other)), &broken);
                }
                if let Some(broken) = shapes(row, other, class) {
                    tell(format!("{class} over input is {} that of {}", broken.times, words(other)), &broken);
                }
            }
        }
    }
}

/// How two rows should stand to each other.
enum Relation {
    /// Either way round, at most so many thousandths.
    Apart(i128),
    /// The first over the second.
    Over(Bounds),
    /// The second over the first.
    Under(Bounds),
}

impl Relation {
    fn broken_by(&self, (rate, known): (i128, i128)) -> Option<Broken> {
        match self {
            Self::Apart(most) => apart(rate, known, *most),
            Self::Over(bounds) => bounds.broken_by(rate, known),
            Self::Under(bounds) => bounds.broken_by(known, rate),
        }
    }
}

fn related(model: &Model, row: &RateRow, other: &RateRow) -> Option<Relation> {
    let day = row.from.max(other.from);
    let same_place = row.via == other.via && same(&row.regions, &other.regions);
    if row.tier == other.tier && row.input_above == other.input_above {
        if same_place {
            return Some(Relation::Apart(BEFORE));
        }
        let together = !superseded(model, row, day) && !superseded(model, other, day);
        return together.then_some(Relation::Apart(ELSEWHERE));
    }
    if !same_place || superseded(model, row, day) || superseded(model, other, day) {
        return None;
    }
    match (row.input_above, other.input_above) {
        (None, None) => match (over_standard(row.tier), over_standard(other.tier)) {
            (Some(bounds), None) => Some(Relation::Over(bounds)),
            (None, Some(bounds)) => Some(Relation::Under(bounds)),
            _ => None,
        },
        (Some(_), None) if row.tier == other.tier => Some(Relation::Over(LONG)),
        (None, Some(_)) if row.tier == other.tier => Some(Relation::Under(LONG)),
        _ => None,
    }
}

/// What a tier costs over the standard one: half, 1.75 times, and up to 1.25 times for speed.
fn over_standard(tier: Tier) -> Option<Bounds> {
    match tier {
        Tier::Standard | Tier::Reserved => None,
        Tier::Batch | Tier::Flex => Some(Bounds { least: 400, most: 650 }),
        Tier::Priority => Some(Bounds { least: 1_600, most: 1_900 }),
        Tier::LatencyOptimized => Some(Bounds { least: 1_000, most: 2_000 }),
    }
}

fn same(one: &Regions, other: &Regions) -> bool {
    match (one, other) {
        (Regions::Any, Regions::Any) => true,
        (Regions::Named(one), Regions::Named(other)) => !one.is_disjoint(other),
        _ => false,
    }
}

/// Another row has taken its place by that day.
fn superseded(model: &Model, row: &RateRow, day: Date) -> bool {
    let place = |row: &RateRow| (row.via, row.tier, row.input_above);
    let later = |other: &&RateRow| other.from > row.from && other.from <= day;
    model.prices.iter().filter(later).any(|other| place(other) == place(row) && same(&other.regions, &row.regions))
}

/// A class over the input, from one row to the other.
fn shapes(row: &RateRow, other: &RateRow, class: UsageClass) -> Option<Broken> {
    let input = |row: &RateRow| row.per_million.input.femtos();
    let rate = |row: &RateRow| row.rate(class).map(|rate| rate.femtos());
    // Femtodollars a token are below 10^13: the products stay far inside 128 bits.
    apart(rate(row)? * input(other), rate(other)? * input(row), SHAPE)
}
