//! `tokencast check`.

use super::arguments;
use super::exit::{Exit, Failure};
use super::files::{TracesBeside, price_book, read};
use super::progress::watched;
use crate::pipeline::prepare;
use crate::pricing::PriceBook;
use crate::report::verdicts;
use std::path::Path;

/// Checks every file; the gravest outcome decides.
pub(super) fn check(arguments: &arguments::Check) -> Result<Exit, Failure> {
    let book = price_book(arguments.prices.pricing.as_deref())?;
    let mut gravest = Exit::Within;
    for scenario in &arguments.scenarios {
        let exit = check_one(scenario, &book).unwrap_or_else(|failure| {
            eprintln!("{}", failure.message.trim_end());
            failure.exit
        });
        if exit as u8 > gravest as u8 {
            gravest = exit;
        }
    }
    Ok(gravest)
}

fn check_one(scenario: &Path, book: &PriceBook) -> Result<Exit, Failure> {
    let traces = TracesBeside::of(scenario);
    let prepared = prepare(&read(scenario)?, book, &traces)?;
    let pages = watched(prepared.work(), |progress| prepared.evaluate(&traces, progress))?;
    print!("{}", verdicts::render(&pages.report));
    let held = pages.report.budgets.iter().all(|budget| budget.held);
    Ok(if held { Exit::Within } else { Exit::Broken })
}
