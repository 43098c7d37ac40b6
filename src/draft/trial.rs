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
    let scenario = scenario::parse(&Source::new("draft", ready(page))).map_err(reason)?;
    plan::bind(&scenario.base, book).map_err(reason)
}

/// A scenario can be run with all of its variants.
pub(super) fn all_bind(page: &Page, book: &PriceBook) -> bool {
    let Ok(scenario) = scenario::parse(&Source::new("draft", ready(page))) else { return false };
    let mut variants = scenario.variants.iter().map(|(_, variant)| variant);
    variants.all(|variant| plan::bind(variant, book).is_ok())
}

/// The problems without their places; lists of all that is known are for files that people write.
fn reason(problems: Problems) -> String {
    let sentence = |problem: Problem| match problem.help.filter(|help| !help.starts_with("known: ")) {
        Some(help) => format!("{} ({help})", problem.message),
        None => problem.message,
    };
    problems.sorted().into_iter().map(sentence).collect::<Vec<_>>().join("; ")
}

/// The same calls from a table, until a trace can say which rows are an app's.
fn ready(page: &Page) -> String {
    let lines = page
        .text
        .lines()
        .filter(|line| !line.starts_with("        where: ") && !line.starts_with("        recorded: "));
    let columns = "        time: {column: t, format: seconds}\n        input: i\n        output: o\n";
    lines
        .map(|line| if line.starts_with("        file: ") { format!("{line}\n{columns}") } else { format!("{line}\n") })
        .collect()
}
