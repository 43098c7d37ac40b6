//! The bill of an earlier run, read back from its `summary.json`.
//!
//! Takes what a bill says and nothing else, so that older and newer reports of the same contract can be read. Does
//! not know how a report is written.

mod money;

use crate::units::Usd;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// The versions of the contract that can be read.
const READABLE: [u32; 1] = [1];

/// What a run was billed, for each of its variants.
#[derive(Debug, Clone, Deserialize)]
pub struct Statement {
    schema_version: u32,
    /// What was run.
    pub scenario: Scenario,
    /// The prices of then.
    pub price_book: PriceBook,
    /// The simulated time.
    pub period: Period,
    /// The scenario as written, then its variants.
    pub variants: Vec<Billed>,
}

/// The scenario of a run.
#[derive(Debug, Clone, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
}

/// The price book of a run.
#[derive(Debug, Clone, Deserialize)]
pub struct PriceBook {
    /// SHA-256 of its files.
    pub sha256: String,
    /// The latest day on which a price in it was checked.
    pub as_of: String,
}

/// The simulated time, from `start` to just before `end`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Period {
    /// First instant.
    pub start: Timestamp,
    /// First instant after it.
    pub end: Timestamp,
}

/// One variant and its bill.
#[derive(Debug, Clone, Deserialize)]
pub struct Billed {
    /// Its name.
    pub name: String,
    /// Its apps.
    pub apps: Vec<App>,
    /// Its lines; they sum to its cost.
    pub lines: Vec<Line>,
}

/// One app of a variant.
#[derive(Debug, Clone, Deserialize)]
pub struct App {
    /// Its name.
    pub name: String,
    /// The Region that it calls from.
    pub region: String,
}

/// `quantity x rate = amount` for one payer and SKU at one price.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// Who pays.
    pub app: String,
    /// What was sold.
    pub sku: String,
    /// Usage class, or `capacity`, `service`, `standing`.
    pub usage_class: String,
    /// How many units.
    pub quantity: u64,
    /// What is counted.
    pub unit: String,
    /// Price of one unit.
    #[serde(with = "money")]
    pub rate: Usd,
    /// What was billed.
    #[serde(with = "money")]
    pub amount: Usd,
    /// Where the price came from.
    pub source: String,
    /// The pool that was bought.
    pub pool: Option<String>,
    /// What the tokens are of; nothing for what is not sold by the token.
    pub sold: Option<Sold>,
    /// What AWS bills call it.
    pub usage_type: Option<String>,
    /// Price of one unit before any discount.
    #[serde(with = "money")]
    pub list_rate: Usd,
    /// The day on which the price was compared with its source; nothing when the scenario gave it.
    pub checked: Option<Date>,
    /// The line by UTC day.
    pub days: Vec<Day>,
}

/// What tokens are of.
#[derive(Debug, Clone, Deserialize)]
pub struct Sold {
    /// Key of the model in the price book.
    pub model: String,
    /// Id that calls named.
    pub model_id: String,
    /// The way to it.
    pub via: String,
    /// Region that calls were made from.
    pub region: String,
    /// Service tier.
    pub tier: String,
    /// The price was that of calls whose whole input is above so many tokens.
    pub input_above: Option<u64>,
}

/// One UTC day of a line.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// How many units.
    pub quantity: u64,
    /// What was billed.
    #[serde(with = "money")]
    pub amount: Usd,
}

impl Statement {
    /// Reads a `summary.json`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it, with line and column where it is no JSON of a report.
    pub fn read(text: &str) -> Result<Self, String> {
        let statement: Self =
            serde_json::from_str(text).map_err(|error| format!("this is not the summary.json of a run: {error}"))?;
        if READABLE.contains(&statement.schema_version) {
            return Ok(statement);
        }
        Err(format!("a summary.json of version {}; this program reads version 1", statement.schema_version))
    }

    /// The bill of a variant; of the scenario as written, without a name.
    #[must_use]
    pub fn variant(&self, name: Option<&str>) -> Option<&Billed> {
        name.map_or(self.variants.first(), |name| self.variants.iter().find(|variant| variant.name == name))
    }
}

impl Billed {
    /// What it comes to.
    #[must_use]
    pub fn total(&self) -> Usd {
        self.lines.iter().map(|line| line.amount).sum()
    }
}
