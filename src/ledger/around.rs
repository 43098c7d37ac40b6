//! What applications are billed for beside tokens: meters by use, and standing charges by the hour.

use super::capacity::hours_by_day;
use super::line::{Item, Line, Payer, Price};
use crate::plan::{App, Plan, Standing, UnitRate, UnitRates};
use crate::sim::{AppRecord, DAY_MINUTES, minute_at, steps};
use crate::units::{Micros, Usd};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Units of each meter by UTC day, at the price of the day.
pub(super) fn metered<'a>(plan: &Plan, number: usize, app: &'a App, record: &AppRecord) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (meter, minutes) in app.meters.iter().zip(&record.metered) {
        for day in steps(plan.start, minutes.len(), DAY_MINUTES) {
            let quantity: u64 = minutes[day.clone()].iter().sum();
            if quantity == 0 {
                continue;
            }
            let day = minute_at(plan.start, day.start).to_zoned(TimeZone::UTC).date();
            let item = Item::Metered { sku: &meter.sku, unit: &meter.unit };
            lines.push(Line::new(Payer::App(number), day, item, quantity, Price::from(meter.rates.on(day))));
        }
    }
    lines
}

/// Every hour begun of what is paid for used or not, by UTC day.
pub(super) fn standing<'a>(plan: &Plan, number: usize, app: &'a App, span: Micros) -> Vec<Line<'a>> {
    app.standing.iter().flat_map(|held| of_one(plan, number, held, span)).collect()
}

fn of_one<'a>(plan: &Plan, number: usize, held: &'a Standing, span: Micros) -> Vec<Line<'a>> {
    let days = hours_by_day(plan.start, span).into_iter().map(|(day, hours)| (day, held.units * hours));
    let line = |(day, quantity, price, amount)| {
        let item = Item::Standing { sku: &held.sku, unit: &held.unit, hours: held.hours };
        Line::new(Payer::App(number), day, item, quantity, Price::from(price)).costing(amount)
    };
    standing_days(&held.rates, held.hours, days).map(line).collect()
}

/// Days with their quantities, prices and amounts of something that is held. A price of a month is cut to hours so that
/// the days at one price sum to the rounded price of their whole time.
pub fn standing_days(
    rates: &UnitRates,
    hours: u64,
    days: impl Iterator<Item = (Date, u64)>,
) -> impl Iterator<Item = (Date, u64, &UnitRate, Usd)> {
    let (mut so_far, mut rate_before) = (0, Usd::ZERO);
    days.map(move |(day, quantity)| {
        let price = rates.on(day);
        if price.rate != rate_before {
            (so_far, rate_before) = (0, price.rate);
        }
        let before = price.rate.scaled(so_far, hours);
        so_far += quantity;
        (day, quantity, price, price.rate.scaled(so_far, hours) - before)
    })
}

#[cfg(test)]
mod tests;
