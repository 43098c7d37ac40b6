//! What a source states, whatever its format was.

use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::pricing::Regions;
use crate::units::{Tokens, Usd, UsdPerToken};
use jiff::civil::Date;

/// Everything that was read from one source.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// Its key in a price book.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was published, where it says so.
    pub published: Option<Date>,
    /// Every price of tokens that it states.
    pub stated: Vec<Stated>,
    /// Every price by the hour of capacity that it states.
    pub capacity: Vec<StatedCapacity>,
    /// Every price of a service around the models that it states.
    pub services: Vec<StatedService>,
    /// What it says of models beside prices.
    pub models: Vec<StatedModel>,
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
    /// The way to the model; nothing where the source does not say.
    pub via: Option<Via>,
    /// The prefix of a geographic profile, where the source has one price for each.
    pub prefix: Option<String>,
    /// The source Regions; nothing where the source does not say.
    pub regions: Option<Regions>,
    /// The service tier; nothing where the source does not say.
    pub tier: Option<Tier>,
    /// The price holds for calls whose whole input is above so many tokens.
    pub input_above: Option<Tokens>,
    /// The first day of effect, where the source says so.
    pub from: Option<Date>,
    /// The class of tokens.
    pub class: UsageClass,
    /// The price; zero where the source says that it is free.
    pub rate: UsdPerToken,
    /// The row of the source: what it calls the row, `row 12` or a SKU.
    pub place: String,
}

/// One price by the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedCapacity {
    /// Key of the model in the price book.
    pub model: String,
    /// What is bought.
    pub what: Capacity,
    /// The way to the model; nothing where the source does not say, or where it does not matter.
    pub via: Option<Via>,
    /// The Regions; nothing where the source does not say.
    pub regions: Option<Regions>,
    /// US dollars per hour.
    pub per_hour: Usd,
    /// The row of the source.
    pub place: String,
}

/// Capacity that is sold by the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capacity {
    /// A model unit of provisioned throughput under a term.
    Unit(Term),
    /// 1,000 input tokens per minute of the reserved tier under a term.
    ReservedInput(Term),
    /// 1,000 output tokens per minute of the reserved tier under a term.
    ReservedOutput(Term),
}

/// One price of a service around the models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedService {
    /// Key of the service in the price book.
    pub service: String,
    /// US dollars for as many units as the book counts it in.
    pub usd: Usd,
    /// The row of the source.
    pub place: String,
}

/// What a source says of a model beside prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedModel {
    /// Key of the model in the price book, or the one that it would get.
    pub model: String,
    /// The bare model id.
    pub model_id: String,
    /// The prefix of the profile that the row is of.
    pub prefix: Option<String>,
    /// The largest input.
    pub context: Option<Tokens>,
    /// The largest output; an embedding model has none.
    pub max_output: Option<Tokens>,
    /// The smallest prefix that is cached.
    pub cache_minimum: Option<Tokens>,
    /// The day on which its life ends.
    pub end_of_life: Option<Date>,
    /// The row of the source.
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
