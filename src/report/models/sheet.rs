//! The sheet of one model, which is its JSON too.

use crate::report::money::Money;
use serde::Serialize;

/// Everything that the book knows of one model.
#[derive(Debug, Serialize)]
pub struct Sheet {
    /// Its short name.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// The bare model id.
    pub id: String,
    /// The profile that was asked for: its rows only.
    pub profile: Option<String>,
    /// The day that states are told for.
    pub on: String,
    /// The SHA-256 of the price book.
    pub price_book_sha256: String,
    /// The state of its life on that day.
    pub state: String,
    /// The largest input and output together.
    pub context: Figure,
    /// The largest output; an embedding model has none.
    pub max_output: Option<Figure>,
    /// The burndown by date, the oldest first.
    pub burndown: Vec<Burndown>,
    /// The prompt cache; null when the model has none.
    pub cache: Option<Cache>,
    /// The end of its life, as far as it is announced.
    pub lifecycle: Option<Life>,
    /// Regions in which the bare id has a price; null when any, empty when it needs a profile.
    pub regions_on_demand: Option<Vec<String>>,
    /// Its inference profiles.
    pub profiles: Vec<Profile>,
    /// Prices by way, Regions, day and tier.
    pub prices: Vec<Price>,
    /// Default quotas; every application of an account shares them.
    pub quotas: Vec<Quota>,
    /// What all models of an account share on that day.
    pub account_quota: Option<AccountQuota>,
    /// Prices of model units.
    pub provisioned: Vec<Provisioned>,
    /// Prices of the reserved tier.
    pub reserved: Vec<Reserved>,
    /// Measured service times.
    pub service: Vec<Service>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The title of the source.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which somebody compared the figure with it.
    pub checked: String,
    /// How sure the figure is: `high`, `medium`, `low`.
    pub confidence: String,
    /// What the figure leaves out, or how it came about.
    pub note: Option<String>,
    /// Sources that say something else: `litellm-1.109.1: still 3.00`.
    pub conflicts: Vec<String>,
    /// From the user's own files.
    pub own: bool,
}

/// A limit in tokens.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// Tokens.
    pub tokens: u64,
    /// Where it comes from.
    pub source: Cited,
}

/// From a day on, how output counts.
#[derive(Debug, Serialize)]
pub struct Burndown {
    /// The first day of effect.
    pub from: String,
    /// How often an output token counts against a quota at settlement.
    pub times: u32,
    /// Where it comes from.
    pub source: Cited,
}

/// The prompt cache.
#[derive(Debug, Serialize)]
pub struct Cache {
    /// Tokens up to a checkpoint at least.
    pub minimum_tokens: u64,
    /// How long an entry can live.
    pub ttls: Vec<String>,
    /// Checkpoints in a call at most.
    pub checkpoints: u32,
    /// Content blocks that are searched for an earlier entry.
    pub look_back_blocks: u32,
    /// Where it comes from.
    pub source: Cited,
}

/// The end of a life; a day that is null is not announced.
#[derive(Debug, Serialize)]
pub struct Life {
    /// The first day as legacy.
    pub legacy: Option<String>,
    /// The first day in public extended access.
    pub extended_access: Option<String>,
    /// The first day on which calls fail.
    pub end_of_life: Option<String>,
    /// Where it comes from.
    pub source: Cited,
}

/// An inference profile.
#[derive(Debug, Serialize)]
pub struct Profile {
    /// The id that a call names.
    pub id: String,
    /// What stands before the model id.
    pub prefix: String,
    /// Regions in which it can be called.
    pub sources: Vec<String>,
    /// Regions in which its calls may run.
    pub destinations: Vec<String>,
    /// Nothing when no list is known.
    pub source: Option<Cited>,
}

/// US dollars per million tokens; a class that is null is not sold.
#[derive(Debug, Serialize)]
pub struct Price {
    /// The way: `on_demand`, `geo`, `global`.
    pub via: String,
    /// The source Regions: a list, or `any`.
    pub regions: String,
    /// The service tier.
    pub tier: String,
    /// The first day of effect.
    pub from: String,
    /// The price holds for every token of a call whose whole input is above so many.
    pub input_above: Option<u64>,
    /// Input that no cache took part in.
    pub input: Option<Money>,
    /// Output.
    pub output: Option<Money>,
    /// Input read from the cache.
    pub cache_read: Option<Money>,
    /// Input written to it for five minutes.
    pub cache_write_5m: Option<Money>,
    /// Input written to it for an hour.
    pub cache_write_1h: Option<Money>,
    /// Where it comes from.
    pub source: Cited,
}

/// A limit that is null is unknown.
#[derive(Debug, Serialize)]
pub struct Quota {
    /// The way: `on_demand`, `geo`, `global`.
    pub via: String,
    /// The source Regions: a list, or `any`.
    pub regions: String,
    /// The service tier.
    pub tier: String,
    /// Tokens per minute.
    pub tokens_per_minute: Option<u64>,
    /// Requests per minute.
    pub requests_per_minute: Option<u64>,
    /// Tokens per day.
    pub tokens_per_day: Option<u64>,
    /// Where it comes from.
    pub source: Cited,
}

/// A quota across models, per account and source Region.
#[derive(Debug, Serialize)]
pub struct AccountQuota {
    /// Its name.
    pub name: String,
    /// The first day of effect.
    pub from: String,
    /// Tokens per day.
    pub tokens_per_day: u64,
    /// Where it comes from.
    pub source: Cited,
}

/// US dollars per model unit and hour.
#[derive(Debug, Serialize)]
pub struct Provisioned {
    /// The source Regions: a list, or `any`.
    pub regions: String,
    /// The first day of effect.
    pub from: String,
    /// The commitment.
    pub term: String,
    /// The price.
    pub per_hour: Money,
    /// Where it comes from.
    pub source: Cited,
}

/// US dollars per hour for 1,000 tokens per minute.
#[derive(Debug, Serialize)]
pub struct Reserved {
    /// The way: `on_demand`, `geo`, `global`.
    pub via: String,
    /// The source Regions: a list, or `any`.
    pub regions: String,
    /// The first day of effect.
    pub from: String,
    /// The commitment.
    pub term: String,
    /// For input tokens.
    pub input: Money,
    /// For output tokens.
    pub output: Money,
    /// Where it comes from.
    pub source: Cited,
}

/// Measured, not promised.
#[derive(Debug, Serialize)]
pub struct Service {
    /// The service tier.
    pub tier: String,
    /// Median microseconds to the first token.
    pub ttft_p50_us: u64,
    /// Nine of ten come within it.
    pub ttft_p90_us: u64,
    /// Output tokens per second, in thousandths.
    pub output_rate_p50_thousandths: u64,
    /// The faster one.
    pub output_rate_p90_thousandths: u64,
    /// Where it comes from.
    pub source: Cited,
}
