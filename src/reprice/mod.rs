//! The bill of an earlier run under another price book: the same quantities on the same days, priced again.
//!
//! Nothing is simulated again. Prices come from where a plan's prices come from, and amounts are made as the ledger
//! makes them; so the book of then gives the bill of then. Does not know how it is shown.

mod prices;

use crate::pricing::PriceBook;
use crate::statement::{Billed, Line, Statement};
use crate::units::Usd;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use prices::Prices;

/// A line of then, and what it costs now.
#[derive(Debug, Clone)]
pub struct Repriced<'a> {
    /// The line of then.
    pub line: &'a Line,
    /// What it costs now.
    pub amount: Usd,
    /// The prices of one unit now, each once in the order of their days.
    pub rates: Vec<Usd>,
    /// Where they come from, each once; empty when the scenario gave the price, which stays as it was.
    pub sources: Vec<String>,
}

impl Repriced<'_> {
    /// The scenario gave its price: no book changes it.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.line.checked.is_none()
    }
}

/// Every line of a variant at the prices of a book.
///
/// # Errors
/// A sentence for each SKU that the book does not price.
pub fn reprice<'a>(
    statement: &Statement,
    billed: &'a Billed,
    book: &PriceBook,
) -> Result<Vec<Repriced<'a>>, Vec<String>> {
    let start = statement.period.start.to_zoned(TimeZone::UTC).date();
    let (lines, wrong): (Vec<_>, Vec<_>) =
        billed.lines.iter().map(|line| of_line(line, billed, book, start)).partition(Result::is_ok);
    let mut wrong: Vec<String> = wrong.into_iter().filter_map(Result::err).collect();
    wrong.dedup();
    if wrong.is_empty() { Ok(lines.into_iter().filter_map(Result::ok).collect()) } else { Err(wrong) }
}

fn of_line<'a>(line: &'a Line, billed: &Billed, book: &PriceBook, start: Date) -> Result<Repriced<'a>, String> {
    let mut found = Repriced { line, amount: line.amount, rates: vec![line.rate], sources: Vec::new() };
    if found.is_given() {
        return Ok(found);
    }
    let days = Prices::of(line, billed, book, start)?.days(line)?;
    found.amount = days.iter().map(|day| day.amount).sum();
    found.rates.clear();
    for day in days {
        if found.rates.last() != Some(&day.rate) {
            found.rates.push(day.rate);
        }
        if !found.sources.contains(&day.source) {
            found.sources.push(day.source);
        }
    }
    Ok(found)
}

/// The sum of lines now.
#[must_use]
pub fn total(lines: &[Repriced<'_>]) -> Usd {
    lines.iter().map(|line| line.amount).sum()
}
