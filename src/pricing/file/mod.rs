//! A price book's file as people write it.

mod capacity;
mod charges;
mod facts;

pub use capacity::{ProvisionedEntry, ReservedEntry};
pub use charges::{ChargeEntry, ChargeRowEntry};
pub use facts::{CacheEntry, LifecycleEntry, ProfileEntry, ServiceEntry};

use super::{PerMillion, Regions};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::document::{Located, Named, Salvaged, section};
use crate::units::Tokens;
use jiff::civil::Date;

section! {
    /// A file of the price book. Every file may hold any of the keys.
    pub struct PricingFile {
        /// Where figures come from; every `source` elsewhere names a key of it.
        pub sources: Option<Named<Salvaged<SourceEntry>>>,
        /// Models by the short name that scenarios and reports use.
        pub models: Option<Named<Salvaged<ModelEntry>>>,
        /// Inference profiles by prefix, for every model that has the prefix and no list of its own.
        pub profiles: Option<Named<Salvaged<ProfileEntry>>>,
        /// What is sold around the models, by the short name that bills use.
        pub services: Option<Named<Salvaged<ChargeEntry>>>,
        /// Quotas across models.
        pub account: Option<AccountEntry>,
    }
}

section! {
    /// A document that figures were read from.
    pub struct SourceEntry {
        /// Its title, with the day it was read where it changes.
        pub title: String,
        /// Its address.
        pub url: Option<String>,
    }
}

section! {
    /// A model. In an overlay, what is left out stays as it is in the book.
    pub struct ModelEntry {
        /// Its name in prose.
        pub name: Option<String>,
        /// The bare model id.
        pub id: Option<Located<String>>,
        /// The geographic profiles that exist: `[us, eu]`, or `[]` for none.
        pub geo_prefixes: Option<Vec<Located<String>>>,
        /// The largest input and output together.
        pub context: Option<LimitEntry>,
        /// The largest output; an embedding model has none.
        pub max_output: Option<LimitEntry>,
        /// How often an output token counts against a quota, by date, the oldest first.
        pub burndown: Option<Vec<BurndownEntry>>,
        /// The prompt cache; a model without this section has none.
        pub cache: Option<CacheEntry>,
        /// The days on which its life ends.
        pub lifecycle: Option<LifecycleEntry>,
        /// Profiles whose Regions are not those of the prefix in general.
        pub profiles: Option<Named<Salvaged<ProfileEntry>>>,
        /// Default quotas.
        pub quotas: Option<Vec<QuotaEntry>>,
        /// Prices by way, Regions, tier and date.
        pub prices: Option<Vec<PriceEntry>>,
        /// Prices of model units of provisioned throughput.
        pub provisioned: Option<Vec<ProvisionedEntry>>,
        /// Prices of the reserved tier.
        pub reserved: Option<Vec<ReservedEntry>>,
        /// How fast it was measured to answer, by tier.
        pub service: Option<Vec<ServiceEntry>>,
    }
}

section! {
    /// A limit in tokens.
    pub struct LimitEntry {
        /// Tokens.
        pub tokens: Tokens,
        /// A key of `sources`.
        pub source: Located<String>,
        /// The day on which somebody compared the figure with its source.
        pub checked: Date,
        /// Where sources conflict, or what the figure leaves out.
        pub note: Option<String>,
    }
}

section! {
    /// From that day, an output token counts `times` against a quota at settlement. Never changes the bill.
    pub struct BurndownEntry {
        /// The first day of effect.
        pub from: Located<Date>,
        /// 1 to 100.
        pub times: Located<u32>,
        /// A key of `sources`.
        pub source: Located<String>,
        /// The day on which somebody compared the figure with its source.
        pub checked: Date,
        /// Where sources conflict, or what the figure leaves out.
        pub note: Option<String>,
    }
}

section! {
    /// The default quotas of one way to a model. A limit that is left out is unknown.
    pub struct QuotaEntry {
        /// Each way has its own pool.
        pub via: Located<Via>,
        /// The source Regions.
        pub regions: Located<Regions>,
        /// `standard`, whose quota priority and flex share, or `latency_optimized`.
        pub tier: Located<Tier> = "standard",
        /// Tokens per minute.
        pub tokens_per_minute: Option<Tokens>,
        /// Requests per minute.
        pub requests_per_minute: Option<Tokens>,
        /// Tokens per day.
        pub tokens_per_day: Option<Tokens>,
        /// A key of `sources`.
        pub source: Located<String>,
        /// The day on which somebody compared the figures with their source.
        pub checked: Date,
        /// Where sources conflict, or what the figures leave out.
        pub note: Option<String>,
    }
}

section! {
    /// What tokens cost from a day on. A class that is left out is not sold.
    pub struct PriceEntry {
        /// The way to the model.
        pub via: Located<Via>,
        /// The source Regions.
        pub regions: Located<Regions>,
        /// The service tier.
        pub tier: Located<Tier> = "standard",
        /// The first day of effect.
        pub from: Located<Date>,
        /// US dollars per million tokens.
        pub per_million: PerMillion,
        /// A key of `sources`.
        pub source: Located<String>,
        /// The day on which somebody compared the figures with their source.
        pub checked: Date,
        /// Where sources conflict, or what the figures leave out.
        pub note: Option<String>,
    }
}

section! {
    /// What holds across models, per account and source Region.
    pub struct AccountEntry {
        /// Quotas, the oldest first.
        pub quotas: Vec<AccountQuotaEntry>,
    }
}

section! {
    /// A quota that all models share.
    pub struct AccountQuotaEntry {
        /// Its name.
        pub name: String,
        /// The first day of effect.
        pub from: Located<Date>,
        /// Tokens per day.
        pub tokens_per_day: Tokens,
        /// A key of `sources`.
        pub source: Located<String>,
        /// The day on which somebody compared the figure with its source.
        pub checked: Date,
        /// Where sources conflict, or what the figure leaves out.
        pub note: Option<String>,
    }
}
