//! A price book's file as people write it.

mod capacity;
mod charges;
mod cited;
mod discounts;
mod facts;
mod platforms;

pub use capacity::{ProvisionedEntry, ReservedEntry, UnitEntry};
pub use charges::{ChargeEntry, ChargeRowEntry};
pub use cited::{Cited, Confidence, ConflictEntry};
pub use discounts::{Chosen, DiscountEntry, OffPerMillionEntry};
pub use facts::{CacheEntry, LifecycleEntry, ProfileEntry, ServiceEntry};
pub use platforms::PlatformEntry;

use cited::cited_section;

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
        /// Discounts by name, on what the book has a list price of.
        pub discounts: Option<Named<Salvaged<DiscountEntry>>>,
        /// Where else the models are sold by the token, by the short name that scenarios use.
        pub platforms: Option<Named<Salvaged<PlatformEntry>>>,
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
        /// How sure its figures are, where they say nothing of their own.
        pub confidence: Confidence = "high",
        /// What of it is not in the book on purpose, and why.
        pub left_out: Option<Vec<LeftOutEntry>>,
    }
}

section! {
    /// Rows of a source that have no place in the book.
    pub struct LeftOutEntry {
        /// Model ids or names, where `*` stands for anything.
        pub ids: Vec<String>,
        /// Why.
        pub why: String,
    }
}

section! {
    /// A model. In an overlay, what is left out stays as it is in the book.
    pub struct ModelEntry {
        /// Its name in prose.
        pub name: Option<String>,
        /// The bare model id.
        pub id: Option<Located<String>>,
        /// What the usage types of AWS bills call it, as `Claude4.6Sonnet`; the first is written, all are read.
        pub billing_names: Option<Vec<String>>,
        /// Other names in prose that sources use.
        pub aliases: Option<Vec<String>>,
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

cited_section! {
    /// A limit in tokens.
    pub struct LimitEntry {
        /// Tokens.
        pub tokens: Tokens,
    }
}

cited_section! {
    /// From that day, an output token counts `times` against a quota at settlement. Never changes the bill.
    pub struct BurndownEntry {
        /// The first day of effect.
        pub from: Located<Date>,
        /// 1 to 100.
        pub times: Located<u32>,
    }
}

cited_section! {
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
    }
}

cited_section! {
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
        /// The price holds for every token of a call whose whole input, cached or not, is above so many tokens.
        pub input_above: Option<Tokens>,
        /// US dollars per million tokens.
        pub per_million: PerMillion,
        /// Why figures that look like a typing error are right.
        pub unusual: Option<String>,
    }
}

section! {
    /// What holds across models, per account and source Region.
    pub struct AccountEntry {
        /// Quotas, the oldest first.
        pub quotas: Vec<AccountQuotaEntry>,
    }
}

cited_section! {
    /// A quota that all models share.
    pub struct AccountQuotaEntry {
        /// Its name.
        pub name: String,
        /// The first day of effect.
        pub from: Located<Date>,
        /// Tokens per day.
        pub tokens_per_day: Tokens,
    }
}
