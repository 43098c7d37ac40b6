//! One run of one variant, to be exported.

use super::{Evaluated, Question, bill, variant};
use crate::report::export::{Export, Percentile};
use crate::report::model::Tool;

/// What is exported of a run under a seed.
#[must_use]
pub fn export(question: &Question<'_>, one: &Evaluated<'_>, seed: u64, percentile: Option<Percentile>) -> Export {
    Export {
        tool: Tool::this(),
        scenario: question.scenario(),
        price_book: question.price_book(),
        seed,
        percentile,
        variant: variant::variant(one, None),
        days: bill::days(one),
    }
}
