//! Prices by date, and the error that names a price nobody has.

use super::{Provenance, Regions};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::document::section;
use crate::units::{Tokens, UsdPerToken};
use jiff::civil::Date;
use std::error::Error;
use std::fmt;

section! {
    /// US dollars per million tokens of each class, or `free`. A class that is left out is not sold.
    pub struct PerMillion {
        /// Input that no cache took part in.
        pub input: UsdPerToken,
        /// What the model writes; an embedding model writes nothing.
        pub output: Option<UsdPerToken>,
        /// Input read from the prompt cache.
        pub cache_read: Option<UsdPerToken>,
        /// Input written to the prompt cache for five minutes.
        pub cache_write_5m: Option<UsdPerToken>,
        /// Input written to the prompt cache for one hour.
        pub cache_write_1h: Option<UsdPerToken>,
    }
}

impl PerMillion {
    /// The price of a class; nothing when it is not sold.
    #[must_use]
    pub fn of(&self, class: UsageClass) -> Option<UsdPerToken> {
        match class {
            UsageClass::UncachedInput => Some(self.input),
            UsageClass::CacheRead => self.cache_read,
            UsageClass::CacheWrite5m => self.cache_write_5m,
            UsageClass::CacheWrite1h => self.cache_write_1h,
            UsageClass::Output => self.output,
        }
    }

    /// The same classes at other prices.
    pub(super) fn each(&self, price: impl Fn(UsageClass, UsdPerToken) -> UsdPerToken) -> Self {
        let other = |class| self.of(class).map(|list| price(class, list));
        Self {
            input: price(UsageClass::UncachedInput, self.input),
            output: other(UsageClass::Output),
            cache_read: other(UsageClass::CacheRead),
            cache_write_5m: other(UsageClass::CacheWrite5m),
            cache_write_1h: other(UsageClass::CacheWrite1h),
        }
    }
}

/// What tokens cost from a day on, by one way and in some Regions.
#[derive(Debug, Clone)]
pub struct RateRow {
    /// The way to the model.
    pub via: Via,
    /// The source Regions.
    pub regions: Regions,
    /// The service tier.
    pub tier: Tier,
    /// The first day of effect.
    pub from: Date,
    /// The prices hold for every token of a call whose whole input is above so many tokens; nothing when they hold
    /// for calls of any length.
    pub input_above: Option<Tokens>,
    /// The prices.
    pub per_million: PerMillion,
    /// Why figures that look like a typing error are right.
    pub unusual: Option<String>,
    /// Where the prices come from.
    pub provenance: Provenance,
}

impl RateRow {
    /// The price of a class; nothing when it is not sold, which is an error to whoever uses it, not zero.
    #[must_use]
    pub fn rate(&self, class: UsageClass) -> Option<UsdPerToken> {
        self.per_million.of(class)
    }

    /// Of rows that hold in a Region, the greatest counts: one that names it, then the latest, then the user's own.
    pub(super) fn precedence(&self, region: &str) -> (bool, Date, bool) {
        (self.regions.name(region), self.from, self.provenance.overlay)
    }

    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        let place = |row: &Self| (row.via, row.tier, row.from, row.input_above);
        place(self) == place(other) && self.regions == other.regions
    }
}

/// No price is known for a model by that way, in that Region and tier, on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRate {
    /// The key of the model in the price book.
    pub model: String,
    /// The way that was asked for.
    pub via: Via,
    /// The Region that was asked for.
    pub region: String,
    /// The tier that was asked for.
    pub tier: Tier,
    /// The day that was asked for.
    pub day: Date,
    /// What the book has for the model: way, Regions, tier and first day, in words.
    pub priced: Vec<String>,
}

impl fmt::Display for MissingRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { model, via, region, tier, day, priced } = self;
        let known = if priced.is_empty() { "nothing".to_owned() } else { priced.join("; ") };
        write!(f, "no price for {model} {via} {region} {tier} on {day}; the price book has {known}")
    }
}

impl Error for MissingRate {}
