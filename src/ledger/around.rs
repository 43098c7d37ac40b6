//! What applications are billed for beside tokens: meters by use, and standing charges by the hour.

use super::capacity::hours_by_day;
use super::line::{Item, Line, Payer, Price};
use crate::plan::{App, Plan, Standing};
use crate::sim::{AppRecord, DAY_MINUTES, minute_at, steps};
use crate::units::{Micros, Usd};
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

/// A price of a month is cut to hours so that the days at one price sum to the rounded price of their whole time.
fn of_one<'a>(plan: &Plan, number: usize, held: &'a Standing, span: Micros) -> Vec<Line<'a>> {
    let (mut so_far, mut rate_before) = (0, Usd::ZERO);
    let days = hours_by_day(plan.start, span).into_iter().map(|(day, hours)| {
        let price = Price::from(held.rates.on(day));
        if price.rate != rate_before {
            (so_far, rate_before) = (0, price.rate);
        }
        let quantity = held.units * hours;
        let item = Item::Standing { sku: &held.sku, unit: &held.unit, hours: held.hours };
        let before = price.rate.scaled(so_far, held.hours);
        so_far += quantity;
        let amount = price.rate.scaled(so_far, held.hours) - before;
        Line::new(Payer::App(number), day, item, quantity, price).costing(amount)
    });
    days.collect()
}

#[cfg(test)]
mod tests;
