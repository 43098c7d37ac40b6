//! What a file says of the same models sold elsewhere.

use super::cited::cited_section;
use crate::bedrock::tier::Tier;
use crate::document::{Located, Named, section};
use crate::pricing::PerMillion;
use jiff::civil::Date;

section! {
    /// A platform other than Bedrock that sells models by the token. In an overlay, what is left out stays as it is.
    pub struct PlatformEntry {
        /// Its name in prose.
        pub name: Option<String>,
        /// Prices by the short name that the model has in the book, the oldest first.
        pub models: Named<Vec<PlatformPriceEntry>>,
    }
}

cited_section! {
    /// What tokens cost there from a day on. A class that is left out is not sold.
    pub struct PlatformPriceEntry {
        /// The first day of effect.
        pub from: Located<Date>,
        /// `standard`, or `batch` for jobs that are answered within a day.
        pub tier: Located<Tier> = "standard",
        /// US dollars per million tokens.
        pub per_million: PerMillion,
    }
}
