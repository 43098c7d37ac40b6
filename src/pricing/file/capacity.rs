//! What a file says of capacity that is bought by the hour.

use super::cited::cited_section;
use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::document::{Located, Named, Whole, section};
use crate::pricing::Regions;
use crate::pricing::capacity::UsdPerHour;
use crate::units::Tokens;
use jiff::civil::Date;

cited_section! {
    /// What a model unit of provisioned throughput costs from a day on.
    pub struct ProvisionedEntry {
        /// The Regions in which it is sold.
        pub regions: Located<Regions>,
        /// The first day of effect.
        pub from: Located<Date>,
        /// US dollars per unit and hour by term: `none`, `1_month`, `6_months`. A term that is left out
        /// is not sold.
        pub per_hour: Named<UsdPerHour>,
        /// What one unit takes, by an agreement or a measurement: AWS publishes none.
        pub units: Option<UnitEntry>,
    }
}

section! {
    /// What one model unit takes.
    pub struct UnitEntry {
        /// Input tokens per minute.
        pub input_tpm: Whole<1, { Tokens::MAX_QUOTA.0 }>,
        /// Output tokens per minute.
        pub output_tpm: Whole<1, { Tokens::MAX_QUOTA.0 }>,
    }
}

cited_section! {
    /// What the reserved tier costs from a day on, for a thousand tokens per minute and hour.
    pub struct ReservedEntry {
        /// The way to the model.
        pub via: Located<Via>,
        /// The source Regions.
        pub regions: Located<Regions>,
        /// The first day of effect.
        pub from: Located<Date>,
        /// `1_month` or `3_months`.
        pub term: Located<Term>,
        /// US dollars per hour for 1,000 input tokens per minute.
        pub input_per_1k_tpm_hour: UsdPerHour,
        /// US dollars per hour for 1,000 output tokens per minute.
        pub output_per_1k_tpm_hour: UsdPerHour,
    }
}
