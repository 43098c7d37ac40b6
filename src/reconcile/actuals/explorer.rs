//! Tables that the Cost Explorer writes when costs are grouped by usage type: a column for each usage type and a row
//! for each day, or the other way round. They hold no quantities.

use super::number::femtos;
use super::{Actuals, Charge, MOST_PROBLEMS, place_of};
use crate::bedrock::usage_type::UsageType;
use crate::document::{Problems, Source};
use crate::units::Usd;
use csv::StringRecord;
use jiff::civil::Date;
use std::sync::Arc;

/// What a heading ends with whose column holds costs.
const DOLLARS: &str = "($)";

/// The first heading says what costs are grouped by.
pub(super) fn is_header(header: &StringRecord) -> bool {
    let first = header.get(0).unwrap_or_default().trim().to_ascii_lowercase();
    header.len() > 1 && matches!(first.as_str(), "usage type" | "usagetype")
}

pub(super) fn read<'a>(
    source: &Arc<Source>,
    header: &StringRecord,
    rows: impl Iterator<Item = &'a StringRecord>,
) -> Result<Actuals, Problems> {
    let headings: Vec<&str> = header.iter().map(|cell| cell.trim().trim_end_matches(DOLLARS).trim()).collect();
    let by_row = headings[1..].iter().all(|heading| is_total(heading) || day(heading).is_some());
    let with_days = headings[1..].iter().any(|heading| day(heading).is_some());
    let mut actuals = Actuals { format: "Cost Explorer", charges: Vec::new(), others: 0 };
    let mut problems = Problems::default();
    for row in rows {
        let first = row.get(0).unwrap_or_default().trim();
        if is_total(first) {
            continue;
        }
        for (heading, cell) in headings.iter().zip(row.iter()).skip(1).filter(|(_, cell)| !cell.trim().is_empty()) {
            let (usage_type, day) = if by_row { (first, day(heading)) } else { (*heading, day(first)) };
            if is_total(heading) && (!by_row || with_days) {
                continue;
            }
            match femtos(cell.trim()) {
                Ok(cost) => add(&mut actuals, usage_type, day, Usd::from_femtos(cost)),
                Err(problem) => problems.at(&place_of(source, row), format!("the cost of {usage_type}: {problem}")),
            }
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if problems.is_empty() { Ok(actuals) } else { Err(problems) }
}

/// `Usage type total`, `Total costs`.
fn is_total(heading: &str) -> bool {
    heading.to_ascii_lowercase().split_whitespace().any(|word| word == "total")
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn add(actuals: &mut Actuals, usage_type: &str, day: Option<Date>, cost: Usd) {
    let tokens = usage_type.to_ascii_lowercase().contains("token");
    if !tokens && usage_type.parse::<UsageType>().is_err() {
        actuals.others += 1;
        return;
    }
    let (usage_type, products) = (usage_type.to_owned(), Vec::new());
    actuals.charges.push(Charge { usage_type, products, day, amount: None, unit: None, cost, not_usage: None });
}
