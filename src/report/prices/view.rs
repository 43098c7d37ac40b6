//! What each command tells.

use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::{Model, PriceBook, RateRow};
use crate::report::money::Money;
use crate::units::Usd;
use crate::upkeep::bounds::{Oddity, Old};
use crate::upkeep::diff::{self, Change};
use jiff::civil::Date;
use serde::Serialize;

/// Which prices are asked for; what is left open is any.
#[derive(Debug, Default)]
pub struct Filter {
    /// The short name of a model.
    pub model: Option<String>,
    /// A Region.
    pub region: Option<String>,
    /// A way to models.
    pub via: Option<Via>,
    /// A tier.
    pub tier: Option<Tier>,
}

/// The prices of a day.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// The day.
    pub on: String,
    /// The SHA-256 of the price book.
    pub price_book_sha256: String,
    /// By model, way, Regions and tier.
    pub prices: Vec<Row>,
}

/// The prices of a model from day to day.
#[derive(Debug, Serialize)]
pub struct History {
    /// Its short name.
    pub model: String,
    /// Its name in prose.
    pub name: String,
    /// The bare model id.
    pub id: String,
    /// The day for which rows say whether they hold.
    pub on: String,
    /// By way, Regions, tier and day, the oldest first.
    pub prices: Vec<Row>,
}

/// One row of prices: US dollars per million tokens; null is not sold.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The short name of the model.
    pub model: String,
    /// `on_demand`, `geo` or `global`.
    pub via: String,
    /// `any`, or Regions by name.
    pub regions: String,
    /// The tier.
    pub tier: String,
    /// The first day of effect.
    pub from: String,
    /// It is what a call pays on the day.
    pub holds: bool,
    /// The price holds for calls whose whole input is above so many tokens.
    pub input_above: Option<u64>,
    /// Input that no cache took part in.
    pub input: Money,
    /// What the model writes.
    pub output: Option<Money>,
    /// Input read from the cache.
    pub cache_read: Option<Money>,
    /// Input written for five minutes.
    pub cache_write_5m: Option<Money>,
    /// Input written for an hour.
    pub cache_write_1h: Option<Money>,
    /// The key of the source.
    pub source: String,
    /// The day on which somebody compared it with the source.
    pub checked: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Comes from the user's own files.
    pub own: bool,
    /// What the row says beside its figures, and why it is unusual.
    pub notes: Vec<String>,
    /// Sources that say something else: key and what they say.
    pub conflicts: Vec<Conflict>,
}

/// A source that says something else.
#[derive(Debug, Serialize)]
pub struct Conflict {
    /// Its key.
    pub source: String,
    /// What it says.
    pub says: String,
}

/// The prices that hold on a day.
#[must_use]
pub fn list(book: &PriceBook, on: Date, filter: &Filter) -> Listed {
    let models = book.models().filter(|model| filter.model.as_ref().is_none_or(|key| *key == model.key));
    let prices = models.flat_map(|model| sorted(model).into_iter().map(|one| row(model, one, on)).zip(sorted(model)));
    let asked = |one: &RateRow| {
        filter.via.is_none_or(|via| via == one.via)
            && filter.tier.is_none_or(|tier| tier == one.tier)
            && filter.region.as_ref().is_none_or(|region| one.regions.include(region))
    };
    let prices = prices.filter(|(told, one)| told.holds && asked(one)).map(|(told, _)| told).collect();
    Listed { on: on.to_string(), price_book_sha256: book.sha256(), prices }
}

/// Every price of a model.
#[must_use]
pub fn history(model: &Model, on: Date) -> History {
    History {
        model: model.key.clone(),
        name: model.name.clone(),
        id: model.id.clone(),
        on: on.to_string(),
        prices: sorted(model).into_iter().map(|one| row(model, one, on)).collect(),
    }
}

fn sorted(model: &Model) -> Vec<&RateRow> {
    let mut rows: Vec<_> = model.prices.iter().collect();
    rows.sort_by_key(|row| (row.via, &row.regions, row.tier, row.input_above, row.from));
    rows
}

fn money(usd: Usd) -> Money {
    Money::from(usd.femtos())
}

fn row(model: &Model, row: &RateRow, on: Date) -> Row {
    let per_million = |class| row.rate(class).map(|rate| money(rate.per_million()));
    let cited = &row.provenance;
    let conflicts = cited.conflicts.iter();
    Row {
        model: model.key.clone(),
        via: row.via.to_string(),
        regions: row.regions.to_string(),
        tier: row.tier.to_string(),
        from: row.from.to_string(),
        holds: row.from <= on && model.in_force(row, on),
        input_above: row.input_above.map(|tokens| tokens.0),
        input: money(row.per_million.input.per_million()),
        output: per_million(UsageClass::Output),
        cache_read: per_million(UsageClass::CacheRead),
        cache_write_5m: per_million(UsageClass::CacheWrite5m),
        cache_write_1h: per_million(UsageClass::CacheWrite1h),
        source: cited.source.clone(),
        checked: cited.checked.to_string(),
        confidence: cited.confidence.name().to_owned(),
        own: cited.overlay,
        notes: cited.note.iter().chain(&row.unusual).cloned().collect(),
        conflicts: conflicts
            .map(|conflict| Conflict { source: conflict.source.clone(), says: conflict.says.clone() })
            .collect(),
    }
}

/// How two sides differ.
#[derive(Debug, Serialize)]
pub struct Differences {
    /// The first side.
    pub before: String,
    /// The second side.
    pub after: String,
    /// Prices that are the same.
    pub agreed: usize,
    /// Differences that the book explains.
    pub explained: usize,
    /// Differences that nothing explains.
    pub unexplained: usize,
    /// Those that were asked for.
    pub differences: Vec<Difference>,
}

/// One price that is not the same.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The model or the service.
    pub subject: String,
    /// Which of its prices.
    pub what: String,
    /// What a price is for.
    pub per: String,
    /// US dollars on the first side; null when it is new.
    pub before: Option<Money>,
    /// US dollars on the second side; null when it is gone.
    pub after: Option<Money>,
    /// By how many thousandths it rose.
    pub per_mille: Option<i64>,
    /// The row of the source.
    pub place: Option<String>,
    /// Why it is so, when the book says why.
    pub explained: Option<String>,
}

/// What a comparison found; explained differences are told when `all` are asked for.
#[must_use]
pub fn differences(report: &diff::Report, before: &str, after: &str, all: bool) -> Differences {
    let unexplained = report.unexplained().count();
    let told = report.differences.iter().filter(|difference| all || difference.explained.is_none());
    Differences {
        before: before.to_owned(),
        after: after.to_owned(),
        agreed: report.agreed,
        explained: report.differences.len() - unexplained,
        unexplained,
        differences: told.map(difference).collect(),
    }
}

fn difference(difference: &diff::Difference) -> Difference {
    let (before, after) = match difference.change {
        Change::New(to) => (None, Some(to)),
        Change::Changed(from, to) => (Some(from), Some(to)),
        Change::Removed(from) => (Some(from), None),
    };
    Difference {
        subject: difference.subject.clone(),
        what: difference.what.clone(),
        per: difference.per.clone(),
        before: before.map(money),
        after: after.map(money),
        per_mille: difference.change.per_mille().and_then(|share| i64::try_from(share).ok()),
        place: difference.place.clone(),
        explained: difference.explained.clone(),
    }
}

/// What a lint found.
#[derive(Debug, Serialize)]
pub struct Linted {
    /// The day for which ages are told.
    pub on: String,
    /// The day was asked for; otherwise it is that on which the book was last checked.
    pub asked: bool,
    /// Nothing is to be done.
    pub clean: bool,
    /// Figures outside their bounds.
    pub odd: Vec<Odd>,
    /// Figures that were checked too long ago, by source.
    pub old: Vec<Aged>,
}

/// A figure outside its bounds.
#[derive(Debug, Serialize)]
pub struct Odd {
    /// The model.
    pub model: String,
    /// The row.
    pub row: String,
    /// What is odd.
    pub message: String,
    /// Why it is so, when the row says so: no finding then.
    pub unusual: Option<String>,
}

/// Figures of a source that are old.
#[derive(Debug, Serialize)]
pub struct Aged {
    /// The key of the source.
    pub source: String,
    /// How many.
    pub figures: usize,
    /// The day on which the oldest was checked.
    pub checked: String,
}

/// The findings of a lint.
#[must_use]
pub fn linted(odd: &[Oddity], old: &[Old], on: Date, asked: bool) -> Linted {
    let told = |odd: &Oddity| Odd {
        model: odd.model.clone(),
        row: odd.row.clone(),
        message: odd.message.clone(),
        unusual: odd.unusual.clone(),
    };
    let aged = |old: &Old| Aged { source: old.source.clone(), figures: old.figures, checked: old.checked.to_string() };
    Linted {
        on: on.to_string(),
        asked,
        clean: old.is_empty() && odd.iter().all(|odd| odd.unusual.is_some()),
        odd: odd.iter().map(told).collect(),
        old: old.iter().map(aged).collect(),
    }
}
