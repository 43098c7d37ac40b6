//! What one unit of something costs, day by day.

use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::pricing::{Charge, Discount, Model, Provenance};
use crate::units::Usd;
use jiff::civil::Date;
use std::sync::Arc;

/// Prices of one unit, each from its day on: ascending, the first in effect at the start. Never empty in a plan.
#[derive(Debug, Clone, Default)]
pub struct UnitRates(Vec<(Date, UnitRate)>);

/// The price of one unit.
#[derive(Debug, Clone)]
pub struct UnitRate {
    /// What is paid.
    pub rate: Usd,
    /// What the list says.
    pub list_rate: Usd,
    /// The discount between the two.
    pub discount: Option<Arc<Discount>>,
    /// Where the list's price comes from; nothing when the scenario gives it.
    pub provenance: Option<Provenance>,
}

impl UnitRate {
    /// A price without a discount.
    #[must_use]
    pub fn of(rate: Usd, provenance: Option<Provenance>) -> Self {
        Self { rate, list_rate: rate, discount: None, provenance }
    }
}

impl UnitRates {
    /// The same price on all days.
    #[must_use]
    pub fn fixed(rate: Usd, provenance: Option<Provenance>) -> Self {
        Self(vec![(Date::MIN, UnitRate::of(rate, provenance))])
    }

    /// The prices from a first day on, looked up on it and on each later one of the days on which they may change.
    pub fn dated(start: Date, changes: impl Iterator<Item = Date>, on: impl Fn(Date) -> Option<UnitRate>) -> Self {
        Self(days_from(start, changes).into_iter().filter_map(|day| Some((day, on(day)?))).collect())
    }

    /// The prices of one unit of a service in a Region, its discounts taken off; where a list quotes months, of a month.
    /// Nothing when it has no price at the start.
    #[must_use]
    pub fn of_service(charge: &Charge, region: &str, start: Date) -> Option<Self> {
        let rate = |day| {
            let row = charge.price(region, day)?;
            let (list_rate, discount) = (charge.of_one(row), charge.discount(region, day).cloned());
            let rate = discount.as_ref().map_or(list_rate, |discount| discount.of_service(charge, row.usd));
            Some(UnitRate { rate, list_rate, discount, provenance: Some(row.provenance.clone()) })
        };
        rate(start).map(|_| Self::dated(start, charge.days(), rate))
    }

    /// The prices of a model unit for an hour: that of the list at the start, which a purchase fixes, and what discounts
    /// take off it on later days. Nothing when it is not sold so.
    #[must_use]
    pub fn of_model_unit(model: &Model, region: &str, term: Term, start: Date) -> Option<Self> {
        let price = model.provisioned(region, term, start)?;
        Some(hourly(model, price.per_hour, price.provenance, start, |day| model.unit_discount(region, day)))
    }

    /// The prices of 1,000 input and of 1,000 output tokens per minute of the reserved tier for an hour, likewise.
    #[must_use]
    pub fn of_reserved(model: &Model, via: Via, region: &str, term: Term, start: Date) -> Option<[Self; 2]> {
        let price = model.reserved(via, region, term, start)?;
        let discount = |day| model.reserved_discount(via, region, day);
        Some([price.input, price.output].map(|list| hourly(model, list, price.provenance, start, discount)))
    }

    /// Where its prices come from.
    pub fn cited(&self) -> impl Iterator<Item = &Provenance> {
        self.0.iter().filter_map(|(_, price)| price.provenance.as_ref())
    }

    /// There is no price.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The price on a day.
    ///
    /// # Panics
    /// When there is none, which `bind` refuses.
    #[must_use]
    pub fn on(&self, day: Date) -> &UnitRate {
        let dated = self.0.iter().rev().find(|(from, _)| *from <= day).or(self.0.first());
        &dated.expect("a plan prices every unit").1
    }

    /// The price at the start.
    ///
    /// # Panics
    /// When there is none, which `bind` refuses.
    #[must_use]
    pub fn first(&self) -> &UnitRate {
        self.on(Date::MIN)
    }
}

fn hourly<'a>(
    model: &Model,
    list_rate: Usd,
    provenance: &Provenance,
    start: Date,
    discount: impl Fn(Date) -> Option<&'a Arc<Discount>>,
) -> UnitRates {
    UnitRates::dated(start, model.discount_days(), |day| {
        let discount = discount(day).cloned();
        let rate = discount.as_ref().map_or(list_rate, |discount| discount.of_hour(list_rate));
        Some(UnitRate { rate, list_rate, discount, provenance: Some(provenance.clone()) })
    })
}

/// A first day and those of others that are later, each once, ascending.
pub(super) fn days_from(start: Date, others: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days: Vec<Date> = std::iter::once(start).chain(others.filter(|day| *day > start)).collect();
    days.sort_unstable();
    days.dedup();
    days
}
