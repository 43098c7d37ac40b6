//! From the comparison to its view.

use super::model::{Left, Outside, Reconciled, Row, Side, Split, Totals};
use crate::reconcile::{self, Reconciliation, Unmatched};
use crate::report::model::{PriceBook, Scenario, Tool};
use crate::report::money::Money;
use crate::statement::Statement;
use crate::units::Usd;

/// What was held against what.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The run.
    pub statement: &'a Statement,
    /// The name of its variant.
    pub variant: &'a str,
    /// What the bill is.
    pub bill: &'a str,
}

/// The view of a comparison.
#[must_use]
pub fn compose(asked: Asked<'_>, found: &Reconciliation) -> Reconciled {
    let Statement { scenario, price_book, .. } = asked.statement;
    let (rows, cost) = found.outside;
    Reconciled {
        tool: Tool::this(),
        scenario: Scenario { name: scenario.name.clone(), about: None, sha256: scenario.sha256.clone() },
        price_book: PriceBook { sha256: price_book.sha256.clone(), as_of: price_book.as_of.clone() },
        variant: asked.variant.to_owned(),
        bill: asked.bill.to_owned(),
        days: found.days,
        billed_days: found.billed_days,
        totals: totals(found),
        rows: found.rows.iter().map(row).collect(),
        not_compared: found.not_compared.iter().map(left).collect(),
        unreconciled: found.unreconciled.iter().map(left).collect(),
        other_rows: found.others,
        outside: Outside { rows, cost: money(cost) },
    }
}

fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}

fn totals(found: &Reconciliation) -> Totals {
    let predicted: Usd = found.rows.iter().map(|row| row.predicted.cost).sum();
    let billed: Usd = found.rows.iter().map(|row| row.billed.cost).sum();
    let splits: Option<Vec<reconcile::Split>> = found.rows.iter().map(|row| row.split).collect();
    Totals {
        predicted: money(predicted),
        billed: money(billed),
        residual: money(billed - predicted),
        split: splits.map(|splits| split(splits.into_iter().sum())),
    }
}

fn row(row: &reconcile::Row) -> Row {
    Row {
        usage_type: row.usage_type.clone(),
        unit: if row.reserved { "1,000 reserved tokens per minute and hour" } else { "token" },
        predicted: side(row.predicted),
        billed: side(row.billed),
        residual: money(row.residual()),
        split: row.split.map(split),
    }
}

fn side(side: reconcile::Side) -> Side {
    Side { quantity: side.quantity.map(quantity), cost: money(side.cost) }
}

/// All digits of a quantity in 1e-15: `1629500`, `0.25`.
fn quantity(femtos: i128) -> String {
    let one = 10_u128.pow(15);
    let (whole, rest) = (femtos.unsigned_abs() / one, femtos.unsigned_abs() % one);
    let minus = if femtos < 0 { "-" } else { "" };
    let text = format!("{minus}{whole}.{rest:015}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn split(split: reconcile::Split) -> Split {
    Split { price: money(split.price), volume: money(split.volume), mix: money(split.mix) }
}

fn left(left: &Unmatched) -> Left {
    Left { what: left.what.clone(), why: left.why.clone(), cost: money(left.cost) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_show_every_digit_and_no_more() {
        for (femtos, text) in
            [(0, "0"), (1, "0.000000000000001"), (250_000_000_000_000, "0.25"), (-10_i128.pow(18), "-1000")]
        {
            assert_eq!(quantity(femtos), text);
        }
    }
}
