//! Capacity that is bought: provisioned throughput, and the reserved tier.

use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::document::{Located, Whole, section};
use crate::units::{Tokens, Usd};

/// Tokens per minute that are bought.
pub type Throughput = Whole<1, { Tokens::MAX_QUOTA.0 }>;

section! {
    /// Provisioned throughput: model units of one model in one region. AWS publishes no throughput of a unit: it is
    /// that of your account manager or of your own measurement, written here or in your own price book.
    pub struct Provisioned {
        /// The model's name in the price book.
        pub model: Located<String>,
        /// The region.
        pub region: Located<String>,
        /// Model units.
        pub units: Whole<1, 100_000>,
        /// The commitment: none, 1_month or 6_months.
        pub term: Located<Term>,
        /// Input tokens per minute of one unit; left out: those of the price book.
        pub input_tokens_per_minute: Option<Throughput>,
        /// Output tokens per minute of one unit; left out: those of the price book.
        pub output_tokens_per_minute: Option<Throughput>,
        /// The price of one unit for one hour, discounts taken off; left out: that of the price book.
        pub price: Option<Located<Usd>>,
    }
}

section! {
    /// The reserved tier: input and output tokens per minute, bought separately.
    pub struct Reserved {
        /// The model's name in the price book.
        pub model: Located<String>,
        /// The way in which the model is called.
        pub via: Via,
        /// The region that the calls are sent to.
        pub region: Located<String>,
        /// Input tokens per minute, cache writes included and cache reads not; at least 100,000.
        pub input_tokens_per_minute: Located<Whole<100_000, { Tokens::MAX_QUOTA.0 }>>,
        /// Output tokens per minute; at least 10,000.
        pub output_tokens_per_minute: Located<Whole<10_000, { Tokens::MAX_QUOTA.0 }>>,
        /// The commitment: 1_month or 3_months.
        pub term: Located<Term>,
    }
}
