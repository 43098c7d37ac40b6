//! What a file says of a model beside prices and quotas: its cache, its life, its profiles, its speed.

use super::cited::cited_section;
use crate::bedrock::cache::Ttl;
use crate::bedrock::tier::Tier;
use crate::document::{Located, Whole, section};
use crate::pricing::regions::RegionNames;
use crate::units::{Micros, Rate};
use jiff::civil::Date;

cited_section! {
    /// The prompt cache of a model.
    pub struct CacheEntry {
        /// Tokens that the prompt holds up to a checkpoint at least; less is not cached.
        pub minimum: Whole<1, 1_000_000>,
        /// How long an entry can live: `[5m]`, or `[5m, 1h]`.
        pub ttls: Vec<Located<Ttl>>,
        /// Checkpoints in one call at most.
        pub checkpoints: Whole<1, 64> = 4,
        /// Content blocks before a checkpoint that are searched for an earlier entry.
        pub look_back: Whole<0, 1_000> = 20,
    }
}

cited_section! {
    /// The first day of each state in the end of a model's life. A day that is left out is not announced.
    pub struct LifecycleEntry {
        /// Legacy: no new provisioned throughput, and inactive accounts lose access.
        pub legacy: Option<Located<Date>>,
        /// Public extended access: the provider may raise the price.
        pub extended_access: Option<Located<Date>>,
        /// End of life: calls fail.
        pub end_of_life: Option<Located<Date>>,
    }
}

cited_section! {
    /// Where an inference profile can be called, and where its calls run.
    pub struct ProfileEntry {
        /// The Regions in which it can be called.
        pub sources: RegionNames,
        /// The Regions in which its calls may run.
        pub destinations: RegionNames,
    }
}

cited_section! {
    /// How fast a model was measured to answer in one tier.
    pub struct ServiceEntry {
        /// The tier of the calls.
        pub tier: Located<Tier> = "standard",
        /// From the call to the first token.
        pub ttft: TimesEntry,
        /// Output tokens per time after the first token; `p90` is the faster one.
        pub output_rate: RatesEntry,
    }
}

section! {
    /// Two percentiles of a time.
    pub struct TimesEntry {
        /// The median.
        pub p50: Micros,
        /// Nine of ten are not above it.
        pub p90: Located<Micros>,
    }
}

section! {
    /// Two percentiles of a rate.
    pub struct RatesEntry {
        /// The median.
        pub p50: Rate,
        /// Nine of ten are not above it.
        pub p90: Located<Rate>,
    }
}
