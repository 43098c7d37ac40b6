//! The bill of a run.

use super::usage::usage_by_day;
use crate::bedrock::usage::UsageClass;
use crate::plan::Plan;
use crate::pricing::{RateRow, Sku};
use crate::sim::Run;
use crate::units::{Micros, Usd, UsdPerToken};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// `quantity x rate = amount` for one application, SKU and day.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// The application, as an index into the plan.
    pub app: usize,
    /// The UTC day.
    pub day: Date,
    /// What was used.
    pub sku: Sku,
    /// Tokens.
    pub quantity: u64,
    /// The price of one.
    pub rate: UsdPerToken,
    /// The row of the price book that the rate is from.
    pub row: &'a RateRow,
}

/// Every line of a run, by application, day and class.
#[derive(Debug, Clone)]
pub struct Bill<'a> {
    lines: Vec<Line<'a>>,
}

/// Prices what a run used.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
#[must_use]
pub fn bill<'a>(plan: &'a Plan, run: &Run) -> Bill<'a> {
    let mut lines = Vec::new();
    for (app, record) in run.apps.iter().enumerate() {
        let offer = &plan.apps[app].offer;
        for used in usage_by_day(record, plan.start) {
            for class in UsageClass::ALL {
                let quantity = used.usage.of(class);
                if quantity == 0 {
                    continue;
                }
                let row = offer.rates_on(used.day);
                let rate = row.rate(class).expect("a plan prices every class that it can use");
                lines.push(Line { app, day: used.day, sku: offer.sku(class), quantity, rate, row });
            }
        }
    }
    Bill { lines }
}

impl Line<'_> {
    /// What the line costs.
    #[must_use]
    pub fn amount(&self) -> Usd {
        self.rate.times(self.quantity)
    }
}

impl<'a> Bill<'a> {
    /// The lines by application, day and class.
    #[must_use]
    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// The lines of all days together: one per application, SKU and rate, in the order of their first day.
    #[must_use]
    pub fn by_rate(&self) -> Vec<Line<'a>> {
        let mut together: Vec<Line<'a>> = Vec::new();
        for line in &self.lines {
            match together.iter_mut().find(|t| t.app == line.app && t.sku == line.sku && t.rate == line.rate) {
                Some(same) => same.quantity += line.quantity,
                None => together.push(line.clone()),
            }
        }
        together
    }

    /// The sum of all lines.
    #[must_use]
    pub fn total(&self) -> Usd {
        self.sum(|_| true)
    }

    /// The sum of one application's lines.
    #[must_use]
    pub fn of_app(&self, app: usize) -> Usd {
        self.sum(|line| line.app == app)
    }

    /// The sum of the lines that are chosen.
    pub fn sum(&self, chosen: impl Fn(&Line<'_>) -> bool) -> Usd {
        self.lines.iter().filter(|line| chosen(line)).map(Line::amount).sum()
    }

    /// Days and the sums of their lines that are chosen, ascending.
    pub fn by_day(&self, chosen: impl Fn(&Line<'_>) -> bool) -> Vec<(Date, Usd)> {
        let mut days: BTreeMap<Date, Usd> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| chosen(line)) {
            *days.entry(line.day).or_default() += line.amount();
        }
        days.into_iter().collect()
    }
}

/// A cost over `span`, scaled to a month of 730 hours; nothing when the span is empty.
#[must_use]
pub fn per_month(cost: Usd, span: Micros) -> Usd {
    if span.0 == 0 { Usd::ZERO } else { cost.scaled(Micros::MONTH.0, span.0) }
}
