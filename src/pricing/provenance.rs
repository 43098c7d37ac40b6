//! Where a figure comes from.

use super::Confidence;
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
    /// How sure the figure is.
    pub confidence: Confidence,
    /// What the figure leaves out, or how it came about.
    pub note: Option<String>,
    /// Other sources that disagree.
    pub conflicts: Vec<Conflict>,
    /// The figure comes from the user's own files, not from the bundled book.
    pub overlay: bool,
}

/// A source that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its key in the price book.
    pub source: String,
    /// What it says, and why that was not taken.
    pub says: String,
}

impl Provenance {
    /// The citation; whose figure it is when it is the user's own, how sure it is when it is not, and who says
    /// otherwise.
    #[must_use]
    pub fn cited(&self) -> String {
        let whose = if self.overlay { "your price book: " } else { "" };
        let sure = match self.confidence {
            Confidence::High => String::new(),
            other => format!(", confidence {}", other.name()),
        };
        let others: Vec<&str> = self.conflicts.iter().map(|conflict| conflict.says.as_str()).collect();
        let conflict = if others.is_empty() { String::new() } else { format!("; in conflict: {}", others.join(" ")) };
        format!("{whose}{self}{sure}{conflict}")
    }
}

/// `Amazon Bedrock pricing page as of 2026-07-24, checked 2026-11-20`.
impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, checked {}", self.title, self.checked)
    }
}
