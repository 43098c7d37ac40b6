//! What is sold around the models: guardrails, reranking, knowledge bases, vector stores.

use super::{Discount, Provenance, Regions};
use crate::document::{names, quantity};
use crate::units::{Decimal, Usd};
use jiff::civil::Date;
use std::sync::Arc;

names! {
    /// How many units, or how long of one, a price is for.
    pub enum Per: "count" {
        /// For each.
        One = "one",
        /// For a thousand.
        Thousand = "thousand",
        /// For each and hour, used or not.
        Hour = "hour",
        /// For each and month of 730 hours, used or not.
        Month = "month",
    }
}

/// US dollars for one unit, for a thousand, for an hour or a month: exact, and zero where it is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsdPerUnits(pub Usd);

impl UsdPerUnits {
    /// Above this a price is a typing error: a thousand dollars.
    const DEAREST: Usd = Usd::from_femtos(1_000_000_000_000_000_000);
    /// Of nine decimals, a thousandth is whole femtodollars.
    const DECIMALS: u32 = 9;

    /// Reads a price such as `0.15`, at most nine decimals; zero is a price.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let price = Decimal::parse(text)?;
        if price.is_negative() {
            return Err(format!("the price `{text}` is negative"));
        }
        let billionths = price.shifted(Self::DECIMALS);
        let billionths = billionths.ok_or_else(|| format!("the price `{text}` has more than nine decimals"))?;
        let price = billionths.checked_mul(1_000_000).map(Usd::from_femtos);
        let plausible = price.filter(|price| *price <= Self::DEAREST);
        plausible.map(Self).ok_or_else(|| format!("the price `{text}` is more than a thousand dollars"))
    }
}

quantity!(UsdPerUnits, UsdPerUnits::parse, "UsdPerUnits", "a price such as `0.15`", {
    "description": "US dollars, at most nine decimals; zero where it is free.",
    "type": "number", "minimum": 0
});

/// Something that is sold beside tokens.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Its short name.
    pub key: String,
    /// Its name in prose.
    pub name: String,
    /// What is counted, in the singular: `text unit`.
    pub unit: String,
    /// How many units its prices are for.
    pub per: Per,
    /// The least that is sold of it.
    pub least: Option<u64>,
    /// Prices by Regions and date.
    pub prices: Vec<ChargeRow>,
    /// The discounts that are for it.
    pub discounts: Vec<Arc<Discount>>,
}

/// What it costs from a day on.
#[derive(Debug, Clone)]
pub struct ChargeRow {
    /// The Regions in which it is sold.
    pub regions: Regions,
    /// The first day of effect.
    pub from: Date,
    /// US dollars for as many units as the charge says.
    pub usd: Usd,
    /// Where the price comes from.
    pub provenance: Provenance,
}

impl ChargeRow {
    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        (&self.regions, self.from) == (&other.regions, other.from)
    }
}

impl Charge {
    /// The price in a Region on a day: a row that lists the Region goes before one for `any`, then the latest, then
    /// one of an overlay.
    #[must_use]
    pub fn price(&self, region: &str, day: Date) -> Option<&ChargeRow> {
        let rows = self.prices.iter().filter(|row| row.from <= day && row.regions.include(region));
        rows.max_by_key(|row| (row.regions.name(region), row.from, row.provenance.overlay))
    }

    /// What one unit costs by a row, of what is sold by use.
    #[must_use]
    pub fn of_one(&self, row: &ChargeRow) -> Usd {
        self.one(row.usd)
    }

    /// What one unit costs when so many cost a price.
    pub(super) fn one(&self, price: Usd) -> Usd {
        match self.per {
            // Nine decimals leave whole femtodollars.
            Per::Thousand => price.scaled(1, 1_000),
            Per::One | Per::Hour | Per::Month => price,
        }
    }

    /// The discount in a Region on a day.
    #[must_use]
    pub fn discount(&self, region: &str, day: Date) -> Option<&Arc<Discount>> {
        self.discounts.iter().find(|one| one.holds(region, day))
    }

    /// The days on which its prices may change: those of rows, and where discounts begin and end.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        let discounted = self.discounts.iter().flat_map(|one| [one.from, one.until]).flatten();
        self.prices.iter().map(|row| row.from).chain(discounted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_exact_and_zero_is_one() {
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert_eq!(UsdPerUnits::parse("0.15").unwrap().0, usd("0.15 USD"));
        assert_eq!(UsdPerUnits::parse("0").unwrap().0, Usd::ZERO);
        assert_eq!(UsdPerUnits::parse("0.000000001").unwrap().0.scaled(1, 1_000), usd("0.000000000001 USD"));
        for bad in ["-1", "0.0000000001", "1_000.01", "1e3", "", "NaN"] {
            assert!(UsdPerUnits::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
