//! Where a figure comes from.

use jiff::civil::Date;

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
