//! What an application is billed for beside tokens and capacity.

use crate::pricing::Provenance;
use crate::units::Usd;
use jiff::civil::Date;

/// Something that is billed by use: a text unit of a policy, a query, a document.
#[derive(Debug, Clone)]
pub struct Meter {
    /// Its name in the price book.
    pub sku: String,
    /// What is counted, in the singular.
    pub unit: String,
    /// Prices of one unit, each from its day on: ascending, the first in effect at the start.
    pub rates: Vec<(Date, Usd, Option<Provenance>)>,
}

/// Something that is billed by the hour whether it is used or not: the floor of a vector store, storage.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its name in the price book.
    pub sku: String,
    /// What is counted, in the singular.
    pub unit: String,
    /// How many of them.
    pub units: u64,
    /// The price of one for so many hours: 1, or 730 where the list quotes months.
    pub rate: Usd,
    /// The hours that `rate` is for.
    pub hours: u64,
    /// Where the rate comes from; nothing when the scenario gives it.
    pub provenance: Option<Provenance>,
}

impl Meter {
    /// The price of a unit on a day, and where it comes from.
    ///
    /// # Panics
    /// When the meter has no price, which `bind` refuses.
    #[must_use]
    pub fn rate_on(&self, day: Date) -> (Usd, Option<&Provenance>) {
        let dated = self.rates.iter().rev().find(|(from, ..)| *from <= day).or(self.rates.first());
        let (_, rate, provenance) = dated.expect("a plan prices every meter");
        (*rate, provenance.as_ref())
    }
}
