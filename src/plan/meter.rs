//! What an application is billed for beside tokens and capacity.

use super::UnitRates;

/// Something that is billed by use: a text unit of a policy, a query, a document.
#[derive(Debug, Clone)]
pub struct Meter {
    /// Its name in the price book.
    pub sku: String,
    /// What is counted, in the singular.
    pub unit: String,
    /// Prices of one unit.
    pub rates: UnitRates,
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
    /// Prices of one for so many hours: 1, or 730 where the list quotes months.
    pub rates: UnitRates,
    /// The hours that a price is for.
    pub hours: u64,
}
