//! Where a figure comes from.

use jiff::civil::Date;
use std::fmt;

/// The source of a figure, as reports cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The key of the source in the price book.
    pub source: String,
    /// The title of the source.
    pub title: String,
    /// Its address, when it has one.
    pub url: Option<String>,
    /// The day on which somebody compared the figure with the source.
    pub checked: Date,
    /// Where sources conflict, or what the figure leaves out.
    pub note: Option<String>,
    /// The figure comes from the user's own files, not from the bundled book.
    pub overlay: bool,
}

impl Provenance {
    /// The citation, and whose figure it is when it is the user's own.
    #[must_use]
    pub fn cited(&self) -> String {
        if self.overlay { format!("your price book: {self}") } else { self.to_string() }
    }
}

/// `Amazon Bedrock pricing page as of 2026-07-24, checked 2026-11-20`.
impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, checked {}", self.title, self.checked)
    }
}
