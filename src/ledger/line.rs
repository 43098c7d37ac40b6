//! One line of a bill.

use crate::plan::UnitRate;
use crate::pricing::{Discount, Provenance, Sku};
use crate::units::Usd;
use jiff::civil::Date;

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
    /// The discount between the two.
    pub discount: Option<&'a Discount>,
    /// Where the price on the list comes from; nothing when the scenario gives it.
    pub cited: Option<&'a Provenance>,
    pub(super) amount: Usd,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// Tokens of a class.
    Tokens {
        /// What was used.
        sku: &'a Sku,
        /// The id that calls named.
        model_id: &'a str,
    },
    /// Millionths of the hours of purchased capacity.
    Capacity {
        /// What was bought.
        sku: &'a str,
        /// What is paid for by the hour, in the singular.
        unit: &'static str,
        /// Whether somebody used it.
        state: Capacity,
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

/// What became of capacity that was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Calls used it.
    Used,
    /// Nobody did.
    Idle,
}

/// What one unit costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price<'a> {
    pub(super) rate: Usd,
    pub(super) list_rate: Usd,
    pub(super) discount: Option<&'a Discount>,
    pub(super) cited: Option<&'a Provenance>,
}

impl<'a> From<&'a UnitRate> for Price<'a> {
    fn from(unit: &'a UnitRate) -> Self {
        let UnitRate { rate, list_rate, discount, provenance } = unit;
        let discount = discount.as_deref().filter(|_| rate != list_rate);
        Self { rate: *rate, list_rate: *list_rate, discount, cited: provenance.as_ref() }
    }
}

impl<'a> Line<'a> {
    /// So many units at a price for each.
    pub(super) fn new(payer: Payer, day: Date, item: Item<'a>, quantity: u64, price: Price<'a>) -> Self {
        let Price { rate, list_rate, discount, cited } = price;
        Self { payer, day, item, quantity, rate, list_rate, discount, cited, amount: rate.times(quantity) }
    }

    /// Both are the same payer's, of the same item at the same price.
    pub(super) fn same_price(&self, other: &Self) -> bool {
        let name = |line: &Self| line.discount.map(|discount| discount.key.as_str());
        (self.payer, self.rate, self.list_rate) == (other.payer, other.rate, other.list_rate)
            && self.item == other.item
            && name(self) == name(other)
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
        match (self.discount, self.item) {
            (None, _) => self.amount,
            (Some(_), Item::Standing { hours, .. }) => self.list_rate.scaled(self.quantity, hours),
            (Some(_), _) => self.list_rate.times(self.quantity),
        }
    }
}
