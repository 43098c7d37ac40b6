//! From lines that were priced again to the view model.

use super::{Line, Repricing};
use crate::pricing;
use crate::report::model::{PriceBook, Scenario, Tool};
use crate::report::money::Money;
use crate::reprice::{Repriced, total};
use crate::statement::{Billed, Statement};
use crate::units::Usd;

/// What is told of a variant that was priced again.
#[must_use]
pub fn compose(statement: &Statement, billed: &Billed, lines: &[Repriced<'_>], book: &pricing::PriceBook) -> Repricing {
    let (then, now) = (money(billed.total()), money(total(lines)));
    let as_of = book.as_of().map_or_else(String::new, |day| day.to_string());
    Repricing {
        tool: Tool::this(),
        scenario: Scenario {
            name: statement.scenario.name.clone(),
            about: None,
            sha256: statement.scenario.sha256.clone(),
        },
        variant: billed.name.clone(),
        start: statement.period.start.to_string(),
        end: statement.period.end.to_string(),
        price_book_then: PriceBook {
            sha256: statement.price_book.sha256.clone(),
            as_of: statement.price_book.as_of.clone(),
        },
        price_book_now: PriceBook { sha256: book.sha256(), as_of },
        then,
        now,
        difference: now - then,
        lines: lines.iter().map(line).collect(),
    }
}

fn line(repriced: &Repriced<'_>) -> Line {
    let line = repriced.line;
    let (then, now) = (money(line.amount), money(repriced.amount));
    Line {
        app: line.app.clone(),
        sku: line.sku.clone(),
        usage_class: line.usage_class.clone(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        rate_then: money(line.rate),
        rates_now: repriced.rates.iter().copied().map(money).collect(),
        then,
        now,
        difference: now - then,
        source_then: line.source.clone(),
        sources_now: repriced.sources.clone(),
        given: repriced.is_given(),
    }
}

fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}
