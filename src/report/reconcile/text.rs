//! What `tokencast reconcile` prints: a sentence, a table, and what was left out of it.

use super::{Left, Reconciled, Row, Side, Split, Totals};
use crate::report::format::{counted, grouped, printable};
use crate::report::money::Money;
use crate::report::terminal::layout::Layout;
use crate::report::terminal::table::{left, right};

/// The answer in at most `columns` columns where words allow; `plain` draws with ASCII only.
#[must_use]
pub fn render(reconciled: &Reconciled, columns: usize, plain: bool) -> String {
    let layout = Layout { columns, plain };
    let sections = [
        layout.paragraph(&verdict(reconciled), 0),
        table(&reconciled.rows, &layout),
        list("Billed and not reconciled", &reconciled.unreconciled, &layout),
        list("Predicted, and no usage type stands for it", &reconciled.not_compared, &layout),
        layout.paragraph(&notes(reconciled), 0),
    ];
    let shown: Vec<String> = sections.into_iter().filter(|section| !section.trim().is_empty()).collect();
    printable(&shown.join("\n"))
}

fn verdict(reconciled: &Reconciled) -> String {
    let Totals { predicted, billed, residual, split } = &reconciled.totals;
    let which = format!("{}, variant {}", reconciled.scenario.name, reconciled.variant);
    let sides = format!("{which}: billed {}, predicted {}", billed.rounded(), predicted.rounded());
    let made_of = split.map_or_else(String::new, |Split { price, volume, mix }| {
        let [price, volume, mix] = [price, volume, mix].map(Money::rounded_change);
        format!(": {price} price, {volume} volume, {mix} mix")
    });
    let left: Money = reconciled.unreconciled.iter().map(|row| row.cost).sum();
    let beside = if reconciled.unreconciled.is_empty() {
        String::new()
    } else {
        format!(" Beside these, {} was billed that could not be reconciled.", left.rounded())
    };
    if residual.is_zero() && split.is_none_or(|split| split.price.is_zero() && split.mix.is_zero()) {
        return format!("{sides}. No residual.{beside}");
    }
    format!("{sides}. The residual is {}{made_of}.{beside}", residual.rounded_change())
}

fn table(rows: &[Row], layout: &Layout) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let columns = [
        left("usage type"),
        right("predicted units").rank(4),
        right("billed units").rank(3),
        right("predicted").rank(2),
        right("billed").rank(1),
        right("residual"),
        right("price"),
        right("volume"),
        right("mix"),
    ];
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    layout.table(&columns, &rows)
}

fn cells(row: &Row) -> Vec<String> {
    let part =
        |of: fn(&Split) -> Money| row.split.as_ref().map_or("n/a".to_owned(), |split| of(split).rounded_change());
    vec![
        row.usage_type.clone(),
        units(&row.predicted),
        units(&row.billed),
        row.predicted.cost.rounded(),
        row.billed.cost.rounded(),
        row.residual.rounded_change(),
        part(|split| split.price),
        part(|split| split.volume),
        part(|split| split.mix),
    ]
}

/// Whole units; a bill has parts of a token.
fn units(side: &Side) -> String {
    let Some(quantity) = &side.quantity else { return "n/a".to_owned() };
    let (minus, digits) = quantity.strip_prefix('-').map_or(("", quantity.as_str()), |rest| ("-", rest));
    let whole = digits.split('.').next().unwrap_or_default();
    whole.parse().map_or_else(|_| quantity.clone(), |whole: u128| format!("{minus}{}", grouped(whole)))
}

fn list(heading: &str, rows: &[Left], layout: &Layout) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let sum: Money = rows.iter().map(|row| row.cost).sum();
    let row = |row: &Left| layout.paragraph(&format!("{} {}: {}", row.cost.rounded(), row.what, row.why), 2);
    format!("{heading}, {} in all:\n{}", sum.rounded(), rows.iter().map(row).collect::<String>())
}

fn notes(reconciled: &Reconciled) -> String {
    let mut notes = Vec::new();
    if let Some(billed) = reconciled.billed_days.filter(|billed| *billed < reconciled.days) {
        let run = counted(reconciled.days, "day");
        notes.push(format!("The bill has rows for {billed} of the {run} of the run, which stays whole."));
    }
    if reconciled.outside.rows > 0 {
        let (rows, cost) = (counted(reconciled.outside.rows, "row"), reconciled.outside.cost.rounded());
        notes.push(format!("Left out: {rows} of other days, {cost}."));
    }
    if reconciled.other_rows > 0 {
        notes.push(format!("Left out: {} of other services.", counted(reconciled.other_rows, "row")));
    }
    if reconciled.totals.split.is_none() {
        notes
            .push(format!("A bill from the {} has no quantities, so that residuals cannot be split.", reconciled.bill));
    }
    notes.join(" ")
}
