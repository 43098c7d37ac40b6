//! A bill of then beside the same quantities at the prices of now.

use crate::report::model::{PriceBook, Scenario, Tool};
use crate::report::money::Money;
use serde::Serialize;

/// The bill of an earlier run under another price book.
#[derive(Debug, Clone, Serialize)]
pub struct Repricing {
    /// The program that priced it again.
    pub tool: Tool,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// The variant.
    pub variant: String,
    /// First instant of the simulated time, RFC 3339 in UTC.
    pub start: String,
    /// First instant after it.
    pub end: String,
    /// The price book of the run.
    pub price_book_then: PriceBook,
    /// The price book of now.
    pub price_book_now: PriceBook,
    /// What the run was billed, in USD.
    pub then: Money,
    /// What it costs now, in USD.
    pub now: Money,
    /// The second minus the first.
    pub difference: Money,
    /// Every line of the bill, in its order.
    pub lines: Vec<Line>,
}

/// One line then and now.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Who pays.
    pub app: String,
    /// What was sold.
    pub sku: String,
    /// Usage class of the SKU.
    pub usage_class: String,
    /// How many units.
    pub quantity: u64,
    /// What is counted.
    pub unit: String,
    /// Price of one unit then, in USD.
    pub rate_then: Money,
    /// Prices of one unit now, in the order of their days.
    pub rates_now: Vec<Money>,
    /// What was billed, in USD.
    pub then: Money,
    /// What it costs now, in USD.
    pub now: Money,
    /// The second minus the first.
    pub difference: Money,
    /// Where the price of then came from.
    pub source_then: String,
    /// Where the prices of now come from; empty when the scenario gave the price.
    pub sources_now: Vec<String>,
    /// The scenario gave the price: it stays.
    pub given: bool,
}
