//! `tokencast check`.

use super::arguments;
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::progress::watched;
use super::streams::{print, tell};
use crate::pipeline::prepare;
use crate::pricing::PriceBook;
use crate::report::verdicts;
use std::path::Path;

/// Checks every file; the gravest outcome decides.
pub(super) fn check(arguments: &arguments::Check) -> Result<Exit, Failure> {
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let mut gravest = Exit::Within;
    for scenario in &arguments.scenarios {
        // Of several files, each says which one it is.
        let heading = if arguments.scenarios.len() > 1 { format!("{}:\n", scenario.display()) } else { String::new() };
        let exit = check_one(scenario, &heading, &book).unwrap_or_else(|failure| {
            tell(&failure.message);
            failure.exit
        });
        if exit as u8 > gravest as u8 {
            gravest = exit;
        }
    }
    Ok(gravest)
}

fn check_one(scenario: &Path, heading: &str, book: &PriceBook) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(scenario);
    let prepared = prepare(&read(scenario)?, book, &traces)?;
    let pages = watched(prepared.work(), |progress| prepared.evaluate(&traces, progress))?;
    if pages.report.budgets.is_empty() {
        tell(&format!("{}: nothing to check: add `budgets`", scenario.display()));
    }
    print(&format!("{heading}{}", verdicts::render(&pages.report)))?;
    let held = pages.report.budgets.iter().all(|budget| budget.held);
    Ok(if held { Exit::Within } else { Exit::Broken })
}
