//! What a file says of services around the models.

use super::cited::cited_section;
use crate::document::{Located, Whole, section};
use crate::pricing::Regions;
use crate::pricing::charge::{Per, UsdPerUnits};
use jiff::civil::Date;

section! {
    /// Something that is sold beside tokens. In an overlay, what is left out stays as it is in the book.
    pub struct ChargeEntry {
        /// Its name in prose.
        pub name: Option<String>,
        /// What is counted, in the singular: `text unit`.
        pub unit: Option<String>,
        /// What a price is for: `one` unit, a `thousand`, one for an `hour`, or one for a `month` of 730 hours.
        pub per: Option<Per>,
        /// The least that is sold of it.
        pub least: Option<Whole<1, 1_000_000>>,
        /// Prices by Regions and date.
        pub prices: Option<Vec<ChargeRowEntry>>,
    }
}

cited_section! {
    /// What it costs from a day on.
    pub struct ChargeRowEntry {
        /// The Regions in which it is sold.
        pub regions: Located<Regions>,
        /// The first day of effect.
        pub from: Located<Date>,
        /// US dollars; zero where it is free.
        pub usd: UsdPerUnits,
    }
}
