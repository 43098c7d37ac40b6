//! The bill of a run.

use super::RetryTotals;
use super::around;
use super::capacity::hours_by_day;
use super::retries::retries;
use super::usage::usage_by_day;
use crate::bedrock::usage::UsageClass;
use crate::plan::{Access, App, Lane, Plan};
use crate::pricing::{Provenance, Sku};
use crate::sim::{AppRecord, Run};
use crate::units::{Micros, Usd};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// `quantity x rate = amount` for one payer, item and day; of a price by the month, divided by its hours.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Who pays.
    pub payer: Payer,
    /// The UTC day.
    pub day: Date,
    /// What was used.
    pub item: Item<'a>,
    /// How many of it.
    pub quantity: u64,
    /// The price of one, after any discount.
    pub rate: Usd,
    /// The price of one on the list.
    pub list_rate: Usd,
    /// The discount between the two, by its name in the price book.
    pub discount: Option<&'a str>,
    /// Where the rate comes from; nothing when the scenario gives it.
    pub cited: Option<&'a Provenance>,
    amount: Usd,
}

/// Who pays for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payer {
    /// An application, as an index into the plan.
    App(usize),
    /// Capacity that applications share: its pool, as an index into the plan.
    Pool(usize),
}

/// What is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    /// Tokens of a class.
    Tokens {
        /// What was used.
        sku: Sku,
        /// The id that calls named.
        model_id: &'a str,
    },
    /// Hours of purchased capacity.
    Capacity {
        /// What was bought.
        sku: &'a str,
        /// What is counted, in the singular.
        unit: &'static str,
    },
    /// Units of a service around the models.
    Metered {
        /// Its name in the price book.
        sku: &'a str,
        /// What is counted, in the singular.
        unit: &'a str,
    },
    /// Hours of units that are paid for, used or not.
    Standing {
        /// Its name in the price book.
        sku: &'a str,
        /// What is held, in the singular.
        unit: &'a str,
        /// The hours that the rate is for: 1, or 730.
        hours: u64,
    },
}

/// Every line of a run: those of applications by day and class, then those of capacity.
#[derive(Debug, Clone)]
pub struct Bill<'a> {
    lines: Vec<Line<'a>>,
    retries: Vec<RetryTotals>,
}

/// Prices what a run used and held.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
#[must_use]
pub fn bill<'a>(plan: &'a Plan, run: &Run) -> Bill<'a> {
    let apps = || plan.apps.iter().zip(&run.apps);
    let of_app = |(number, (app, record))| of_app(plan, number, app, record, run.span());
    let mut lines: Vec<Line<'a>> = apps().enumerate().flat_map(of_app).collect();
    lines.extend(of_capacity(plan, run.span()));
    Bill { lines, retries: apps().map(|(app, record)| retries(plan, app, record)).collect() }
}

fn of_app<'a>(plan: &Plan, number: usize, app: &'a App, record: &AppRecord, span: Micros) -> Vec<Line<'a>> {
    let lanes = app.lanes.iter().enumerate();
    let by_token = lanes.filter(|(_, lane)| lane.access != Access::Purchased);
    let tokens = by_token.flat_map(|(at, lane)| of_lane(plan, number, lane, record.lane(at)));
    let around =
        around::metered(plan, number, app, record).into_iter().chain(around::standing(plan, number, app, span));
    tokens.chain(around).collect()
}

/// What the tokens of one lane cost; nothing where they are paid for by the hour.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
#[must_use]
pub fn lane_cost(plan: &Plan, lane: &Lane, record: &AppRecord) -> Usd {
    if lane.access == Access::Purchased {
        return Usd::ZERO;
    }
    of_lane(plan, 0, lane, record).iter().map(Line::amount).sum()
}

fn of_lane<'a>(plan: &Plan, app: usize, lane: &'a Lane, record: &AppRecord) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for used in usage_by_day(record, plan.start) {
        for class in UsageClass::ALL {
            let quantity = used.usage.of(class);
            if quantity == 0 {
                continue;
            }
            let row = lane.offer.rates_on(used.day);
            let rate = row.rate(class).expect("a plan prices every class that it can use").times(1);
            let item = Item::Tokens { sku: lane.offer.sku(class), model_id: &lane.offer.model_id };
            lines.push(Line::new(Payer::App(app), used.day, item, quantity, rate, Some(&row.provenance)));
        }
    }
    lines
}

/// Every hour begun of what was bought, used or not.
fn of_capacity(plan: &Plan, span: Micros) -> impl Iterator<Item = Line<'_>> {
    let bought = plan.pools.iter().enumerate().filter_map(|(pool, held)| Some((pool, held.purchase.as_ref()?)));
    bought.flat_map(move |(pool, purchase)| {
        hours_by_day(plan.start, span).into_iter().flat_map(move |(day, hours)| {
            purchase.fees.iter().map(move |fee| {
                let item = Item::Capacity { sku: &purchase.sku, unit: fee.unit };
                let hours = fee.units * hours;
                Line::new(Payer::Pool(pool), day, item, hours, fee.per_hour, fee.provenance.as_ref())
            })
        })
    })
}

impl<'a> Line<'a> {
    /// A line of so many units at a price for each.
    #[must_use]
    pub fn new(
        payer: Payer,
        day: Date,
        item: Item<'a>,
        quantity: u64,
        rate: Usd,
        cited: Option<&'a Provenance>,
    ) -> Self {
        let (list_rate, discount, amount) = (rate, None, rate.times(quantity));
        Self { payer, day, item, quantity, rate, list_rate, discount, cited, amount }
    }

    /// Both are the same payer's, of the same item at the same price.
    fn same_price(&self, other: &Self) -> bool {
        (self.payer, self.rate, self.list_rate) == (other.payer, other.rate, other.list_rate) && self.item == other.item
    }

    /// The same line at another amount.
    pub(super) fn costing(self, amount: Usd) -> Self {
        Self { amount, ..self }
    }

    /// What the line costs.
    #[must_use]
    pub fn amount(&self) -> Usd {
        self.amount
    }

    /// What it would cost without its discount.
    #[must_use]
    pub fn list_amount(&self) -> Usd {
        if self.discount.is_none() { self.amount } else { self.list_rate.times(self.quantity) }
    }
}

impl<'a> Bill<'a> {
    /// The lines by payer, day and item.
    #[must_use]
    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// The lines of all days together: one per payer, item and rate, in the order of their first day, each with the
    /// lines that it sums.
    #[must_use]
    pub fn by_rate(&self) -> Vec<(Line<'a>, Vec<&Line<'a>>)> {
        let mut together: Vec<(Line<'a>, Vec<&Line<'a>>)> = Vec::new();
        for line in &self.lines {
            match together.iter_mut().find(|(sum, _)| sum.same_price(line)) {
                Some((sum, days)) => {
                    sum.quantity += line.quantity;
                    sum.amount += line.amount;
                    days.push(line);
                }
                None => together.push((line.clone(), vec![line])),
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
        self.sum(|line| line.payer == Payer::App(app))
    }

    /// The part of one application's lines that retries cost, and what was written for nobody.
    #[must_use]
    pub fn retries_of(&self, app: usize) -> RetryTotals {
        self.retries[app]
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
