//! Whether an app can run: it is written as a scenario of its own, read, and bound.

use super::yaml::Page;
use crate::document::{Problem, Problems, Source};
use crate::plan::{self, Plan};
use crate::pricing::PriceBook;
use crate::scenario;

/// What a scenario comes to.
///
/// # Errors
/// Why it cannot run, with what to do about it, as one sentence.
pub(super) fn bind(page: &Page, book: &PriceBook) -> Result<Plan, String> {
    let scenario = scenario::parse(&Source::new("draft", page.text.clone())).map_err(reason)?;
    plan::bind(&scenario.base, book).map_err(reason)
}

/// What the last variant of a scenario comes to; nothing when it cannot run.
pub(super) fn bind_variant(page: &Page, book: &PriceBook) -> Option<Plan> {
    let scenario = scenario::parse(&Source::new("draft", page.text.clone())).ok()?;
    plan::bind(&scenario.variants.last()?.1, book).ok()
}

/// The problems without their places; lists of all that is known are for files that people write.
fn reason(problems: Problems) -> String {
    let sentence = |problem: Problem| match problem.help.filter(|help| !help.starts_with("known: ")) {
        Some(help) => format!("{} ({help})", problem.message),
        None => problem.message,
    };
    problems.sorted().into_iter().map(sentence).collect::<Vec<_>>().join("; ")
}
