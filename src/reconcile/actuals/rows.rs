//! Exports with a row for each charge: CUR and FOCUS.

use super::layout::Layout;
use super::number::femtos;
use super::{Actuals, Charge, MOST_PROBLEMS, place_of};
use crate::bedrock::usage_type::UsageType;
use crate::document::{Problems, Source};
use crate::units::Usd;
use csv::StringRecord;
use jiff::civil::Date;
use std::sync::Arc;

/// What rows of usage are called; all others are taxes, credits, fees and refunds.
const USAGE: [&str; 4] = ["", "Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"];

pub(super) fn read<'a>(
    source: &Arc<Source>,
    layout: &Layout,
    rows: impl Iterator<Item = &'a StringRecord>,
) -> Result<Actuals, Problems> {
    let mut actuals = Actuals { format: layout.format, charges: Vec::new(), others: 0 };
    let mut problems = Problems::default();
    for row in rows {
        if !is_bedrock(layout, row) {
            actuals.others += 1;
            continue;
        }
        match charge(layout, row) {
            Ok(charge) => actuals.charges.push(charge),
            Err(problem) => problems.at(&place_of(source, row), problem),
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if problems.is_empty() { Ok(actuals) } else { Err(problems) }
}

/// What the cell says; exports write `NULL` for nothing as well as nothing.
fn cell(row: &StringRecord, at: usize) -> Option<&str> {
    row.get(at).map(str::trim).filter(|text| !text.is_empty() && *text != "NULL")
}

/// The product says so, or the usage type does where nothing else is said.
fn is_bedrock(layout: &Layout, row: &StringRecord) -> bool {
    let mut products = layout.products.iter().filter_map(|at| cell(row, *at));
    let usage_type = cell(row, layout.usage_type).unwrap_or_default();
    let tokens = usage_type.to_ascii_lowercase().contains("token");
    products.any(|product| product.to_ascii_lowercase().contains("bedrock"))
        || usage_type.parse::<UsageType>().is_ok()
        || (layout.products.is_empty() && tokens)
}

fn charge(layout: &Layout, row: &StringRecord) -> Result<Charge, String> {
    if let Some(currency) = layout.currency.and_then(|at| cell(row, at))
        && currency != "USD"
    {
        return Err(format!("it is billed in {currency}, and prices here are in US dollars; take it out"));
    }
    let kind = layout.kind.and_then(|at| cell(row, at)).unwrap_or_default();
    let cost = cell(row, layout.cost).ok_or("it has no cost")?;
    let (amount, unit) = amount(layout, row)?;
    Ok(Charge {
        usage_type: cell(row, layout.usage_type).unwrap_or_default().to_owned(),
        products: layout.products.iter().filter_map(|at| cell(row, *at)).map(str::to_owned).collect(),
        day: layout.day.and_then(|at| cell(row, at)).map(day).transpose()?,
        amount,
        unit,
        cost: femtos(cost).map(Usd::from_femtos).map_err(|problem| format!("its cost: {problem}"))?,
        not_usage: (!USAGE.contains(&kind)).then(|| kind.to_owned()),
    })
}

fn amount(layout: &Layout, row: &StringRecord) -> Result<(Option<i128>, Option<String>), String> {
    let found = layout.amounts.iter().find_map(|(at, unit)| Some((cell(row, *at)?, *unit)));
    let Some((text, unit)) = found else { return Ok((None, None)) };
    let amount = femtos(text).map_err(|problem| format!("its quantity: {problem}"))?;
    Ok((Some(amount), unit.and_then(|at| cell(row, at)).map(str::to_owned)))
}

/// The day of `2026-12-01`, `2026-12-01T05:00:00Z` or `2026-12-01 05:00:00.000`.
fn day(text: &str) -> Result<Date, String> {
    let day = text.get(..10).and_then(|day| day.parse().ok());
    day.ok_or_else(|| format!("`{text}` does not begin with a day such as `2026-12-01`"))
}
