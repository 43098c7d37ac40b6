//! The bill of a run.

use super::RetryTotals;
use super::around;
use super::capacity::{days_of_use, of_part};
use super::line::{Capacity, Item, Line, Payer, Price};
use super::price::{by_band, paid, priced};
use super::retries::retries;
use super::usage::{PeriodUsage, usage_by};
use crate::plan::{Access, App, Lane, Plan};
use crate::sim::{AppRecord, DAY_MINUTES, Run};
use crate::units::{Micros, Usd};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    lines.extend((0..plan.pools.len()).flat_map(|pool| of_capacity(plan, run, pool)));
    Bill { lines, retries: apps().map(|(app, record)| retries(plan, app, record)).collect() }
}

fn of_app<'a>(plan: &Plan, number: usize, app: &'a App, record: &AppRecord, span: Micros) -> Vec<Line<'a>> {
    let lanes = app.lanes.iter().enumerate();
    let by_token = lanes.filter(|(_, lane)| lane.access != Access::Purchased);
    let days = |lane: usize| usage_by(record.lane(lane), plan.start, DAY_MINUTES);
    let tokens = by_token.flat_map(|(at, lane)| token_lines(number, lane, &days(at)).collect::<Vec<_>>());
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
    token_lines(0, lane, &usage_by(record, plan.start, DAY_MINUTES)).map(|line| line.amount).sum()
}

/// The lines of an application for what it used of one lane, period by period, at the prices of each period's day.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
pub fn token_lines<'a>(app: usize, lane: &'a Lane, periods: &[PeriodUsage]) -> impl Iterator<Item = Line<'a>> {
    periods.iter().flat_map(move |period| {
        let bands = lane.offer.bands_on(period.day);
        let banded = by_band(bands, period.usage, period.long);
        let used = banded.flat_map(|(rates, usage)| priced(rates, usage));
        used.map(move |(class, quantity, rates)| {
            let rate = paid(rates, class).times(1);
            let list_rate = rates.list.of(class).map_or(rate, |list| list.times(1));
            let discount = rates.discount.as_deref().filter(|_| rate != list_rate);
            let price = Price { rate, list_rate, discount, cited: Some(&rates.row.provenance) };
            let item = Item::Tokens { sku: rates.sku(class), model_id: &lane.offer.model_id };
            Line::new(Payer::App(app), period.day, item, quantity, price)
        })
    })
}

/// Every hour begun of what was bought, used or not: what was used of it, then what was idle.
fn of_capacity<'a>(plan: &'a Plan, run: &Run, pool: usize) -> Vec<Line<'a>> {
    let Some(purchase) = &plan.pools[pool].purchase else { return Vec::new() };
    let mut lines = Vec::new();
    for used in days_of_use(plan, run, pool, purchase) {
        for (number, fee) in purchase.fees.iter().enumerate() {
            let unit = fee.per_hour.on(used.day);
            let price = Price { rate: of_part(unit.rate), list_rate: of_part(unit.list_rate), ..Price::from(unit) };
            let parts = used.of_fee(purchase, number);
            for (state, quantity) in [(Capacity::Used, parts.used), (Capacity::Idle, parts.idle)] {
                let item = Item::Capacity { sku: &purchase.sku, unit: fee.unit, state };
                lines.extend((quantity > 0).then(|| Line::new(Payer::Pool(pool), used.day, item, quantity, price)));
            }
        }
    }
    lines
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
