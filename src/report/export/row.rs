//! One row of an export: a UTC day, who pays, and what was sold at one price.

use super::Export;
use super::decimal::decimal;
use crate::pricing::CapacitySku;
use crate::report::model::{App, Capacity, DayLine, Line, Pool};
use crate::report::money::Money;
use jiff::civil::Date;

/// A line of the bill on one day, with what is known of its payer.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The run.
    pub export: &'a Export,
    /// The UTC day.
    pub day: Date,
    /// The line; its quantity and amounts are those of the day.
    pub line: Line,
    /// The app that pays; nothing for capacity that apps share.
    pub app: Option<&'a App>,
    /// What was bought.
    pub pool: Option<&'a Pool>,
    /// The names of what was bought.
    pub bought: Option<CapacitySku>,
}

/// One row a day, payer and SKU at one price, in the order of the days.
pub(super) fn rows(export: &Export) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut of_day = 0;
    for DayLine { day, line, .. } in &export.days {
        if rows.last().is_some_and(|last| last.day != *day) {
            of_day = rows.len();
        }
        match rows[of_day..].iter_mut().find(|row| same(&row.line, line)) {
            Some(row) => {
                row.line.quantity += line.quantity;
                row.line.amount = [row.line.amount, line.amount].into_iter().sum();
                row.line.list_amount = [row.line.list_amount, line.list_amount].into_iter().sum();
            }
            None => rows.push(row(export, *day, line)),
        }
    }
    rows
}

fn row<'a>(export: &'a Export, day: Date, line: &Line) -> Row<'a> {
    let variant = &export.variant;
    Row {
        export,
        day,
        line: line.clone(),
        app: variant.apps.iter().find(|app| app.name == line.app),
        pool: variant.pools.iter().find(|pool| Some(&pool.id) == line.pool.as_ref()),
        bought: line.pool.as_ref().and_then(|_| CapacitySku::parse(&line.sku)),
    }
}

fn same(one: &Line, other: &Line) -> bool {
    let key = |line: &Line| (line.rate, line.list_rate);
    let names = |line: &Line| [line.app.clone(), line.sku.clone(), line.usage_class.clone(), line.unit.clone()];
    key(one) == key(other) && names(one) == names(other) && (&one.pool, &one.discount) == (&other.pool, &other.discount)
}

impl Row<'_> {
    /// The Region of the charge.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let bought = self.bought.as_ref().map(CapacitySku::region);
        let sold = self.line.sold.as_ref().map(|sold| sold.region.as_str());
        sold.or(bought).or(self.app.map(|app| app.region.as_str()))
    }

    /// The account whose quotas and capacity are used; nothing for the one without a name.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        let of_app = self.app.and_then(|app| app.account.as_deref());
        of_app.or(self.pool.and_then(|pool| pool.account.as_deref()))
    }

    /// How the capacity was bought.
    #[must_use]
    pub fn capacity(&self) -> Option<&Capacity> {
        self.pool.and_then(|pool| pool.capacity.as_ref())
    }

    /// The tags of the app as a JSON object; nothing where there are none.
    #[must_use]
    pub fn tags(&self) -> Option<String> {
        let tags = self.app.map(|app| &app.tags).filter(|tags| !tags.is_empty())?;
        serde_json::to_string(tags).ok()
    }

    /// It pays for capacity that nobody used.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.line.usage_class == "idle"
    }

    /// It is charged whether anything is used or not.
    #[must_use]
    pub fn recurring(&self) -> bool {
        matches!(self.line.usage_class.as_str(), "capacity" | "idle" | "standing")
    }

    /// Units of the rate in the amount, in so many units at once; of what is free, those that were used.
    ///
    /// Where a rate is for a month, or a line is a part of a fee, that is no whole number of units.
    #[must_use]
    pub fn priced_quantity(&self, unit_of: u64) -> String {
        let Line { rate, quantity, amount, .. } = &self.line;
        if rate.times((*quantity).into()) == *amount {
            return self.consumed(unit_of);
        }
        let exact = amount.over(*rate).map(|units| units / u128::from(unit_of));
        decimal(exact.unwrap_or_default(), 15)
    }

    /// The quantity, in so many units at once: a divisor of a million.
    #[must_use]
    pub fn consumed(&self, unit_of: u64) -> String {
        decimal(u128::from(self.line.quantity) * 1_000_000 / u128::from(unit_of), 6)
    }

    /// A price of the line for so many units at once.
    #[must_use]
    pub fn price(rate: Money, unit_of: u64) -> String {
        rate.times(unit_of.into()).to_string()
    }
}
