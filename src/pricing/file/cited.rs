//! What every figure of a file says of its source.

use crate::document::{Located, names, section};
use jiff::civil::Date;

names! {
    /// How sure a figure is.
    pub enum Confidence: "confidence" {
        /// Read in the vendor's own text or data.
        High = "high",
        /// The vendor's text as quoted by others, or one measurement.
        Medium = "medium",
        /// Somebody's claim, or recalled and not read again.
        Low = "low",
    }
}

section! {
    /// A source that says something else than the figure that was taken.
    pub struct ConflictEntry {
        /// A key of `sources`.
        pub source: Located<String>,
        /// What it says, and why that was not taken.
        pub says: String,
    }
}

/// What an entry says of its source.
#[derive(Debug, Clone)]
pub struct Cited {
    /// A key of `sources`.
    pub source: Located<String>,
    /// The day on which somebody compared the figures with their source.
    pub checked: Date,
    /// How sure they are; left out, as sure as the source.
    pub confidence: Option<Confidence>,
    /// What the figures leave out, or how they came about.
    pub note: Option<String>,
    /// Other sources that disagree.
    pub conflicts: Vec<ConflictEntry>,
}

/// A section whose figures have a source: as `section!`, with the keys that say which.
macro_rules! cited_section {
    ($(#[$about:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        $crate::document::section! {
            $(#[$about])*
            pub struct $name {
                $($fields)*
                /// A key of `sources`.
                pub source: $crate::document::Located<String>,
                /// The day on which somebody compared the figures with their source.
                pub checked: jiff::civil::Date,
                /// How sure the figures are; left out, as sure as their source.
                pub confidence: Option<$crate::pricing::Confidence>,
                /// What the figures leave out, or how they came about.
                pub note: Option<String>,
                /// Other sources that disagree.
                pub conflicts: Option<Vec<$crate::pricing::file::ConflictEntry>>,
            }
        }

        impl $name {
            /// What the entry says of its source.
            pub fn cited(&self) -> $crate::pricing::file::Cited {
                $crate::pricing::file::Cited {
                    source: self.source.clone(),
                    checked: self.checked,
                    confidence: self.confidence,
                    note: self.note.clone(),
                    conflicts: self.conflicts.clone().unwrap_or_default(),
                }
            }
        }
    };
}

pub(super) use cited_section;
