//! Bounds that figures of a book keep when nobody has mistyped them: a rate that is ten times too high or too low breaks
//! one of them, except where a model has a single figure.
//!
//! Whoever breaks one for a reason says so beside the row: `unusual: "..."`. It is told then, and is no problem.

mod age;
mod capacity;
mod neighbours;
mod quotas;
mod ratio;
mod row;
#[cfg(test)]
mod tests;

pub use age::{OLD_AFTER_DAYS, Old, old};

use crate::pricing::{Model, PriceBook, RateRow};

/// A figure outside its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// The model.
    pub model: String,
    /// The row, in words: `geo any standard from 2026-07-24`.
    pub row: String,
    /// What is odd, with the figures.
    pub message: String,
    /// Why it is so, when the row says so.
    pub unusual: Option<String>,
}

/// Every figure of a book that is outside its bounds, in the order of models.
#[must_use]
pub fn lint(book: &PriceBook) -> Vec<Oddity> {
    book.models().flat_map(lint_model).collect()
}

/// Every figure of a model that is outside its bounds.
#[must_use]
pub fn lint_model(model: &Model) -> Vec<Oddity> {
    let mut odd = Vec::new();
    row::lint(model, &mut odd);
    neighbours::lint(model, &mut odd);
    capacity::lint(model, &mut odd);
    quotas::lint(model, &mut odd);
    odd
}

/// The row in words.
fn words(row: &RateRow) -> String {
    let long = row.input_above.map_or_else(String::new, |tokens| format!(" above {} input tokens", tokens.0));
    format!("{} {} {}{long} from {}", row.via, row.regions, row.tier, row.from)
}
