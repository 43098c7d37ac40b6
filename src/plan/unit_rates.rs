//! What one unit of something costs, day by day.

use crate::pricing::{Discount, Provenance};
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

/// A first day and those of others that are later, each once, ascending.
pub(super) fn days_from(start: Date, others: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days: Vec<Date> = std::iter::once(start).chain(others.filter(|day| *day > start)).collect();
    days.sort_unstable();
    days.dedup();
    days
}
