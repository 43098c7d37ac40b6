//! What a source states, whatever its format was.

use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::Regions;
use crate::units::{Tokens, UsdPerToken};
use jiff::civil::Date;

/// Everything that was read from one source.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its key in a price book.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was published, where it says so.
    pub published: Option<Date>,
    /// Every price that it states.
    pub stated: Vec<Stated>,
    /// Every row that was not taken, and why.
    pub skipped: Vec<Skipped>,
}

/// One price of one class of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Key of the model in the price book; of a model that the book does not have, the one that it would get.
    pub model: String,
    /// The bare model id, where the source has it.
    pub model_id: Option<String>,
    /// The model's name in prose, where the source has it.
    pub name: Option<String>,
    /// The way to the model.
    pub via: Via,
    /// The prefix of a geographic profile, where the source has one price for each.
    pub prefix: Option<String>,
    /// The source Regions.
    pub regions: Regions,
    /// The service tier.
    pub tier: Tier,
    /// The price holds for calls whose whole input is above so many tokens.
    pub input_above: Option<Tokens>,
    /// The first day of effect, where the source says so.
    pub from: Option<Date>,
    /// The class of tokens.
    pub class: UsageClass,
    /// The price; zero where the source says that it is free.
    pub rate: UsdPerToken,
    /// The row of the source, as `row 12` or a SKU.
    pub place: String,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What it is of.
    pub what: String,
    /// Why it was not taken.
    pub why: String,
    /// The row of the source.
    pub place: String,
}
