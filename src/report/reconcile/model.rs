//! A run held against a bill. Money is an exact decimal string in USD, and so are quantities in their units.

use crate::report::model::{PriceBook, Scenario, Tool};
use crate::report::money::Money;
use serde::Serialize;

/// The answer to `tokencast reconcile`.
#[derive(Debug, Clone, Serialize)]
pub struct Reconciled {
    /// The program that wrote the answer.
    pub tool: Tool,
    /// The scenario that was run.
    pub scenario: Scenario,
    /// The prices of the run.
    pub price_book: PriceBook,
    /// The variant that is held against the bill.
    pub variant: String,
    /// What the bill is: `CUR`, `FOCUS` or `Cost Explorer`.
    pub bill: String,
    /// UTC days of the run.
    pub days: u64,
    /// Days of the run for which the bill has a row; `null` where it says no days.
    pub billed_days: Option<u64>,
    /// The sums of the rows.
    pub totals: Totals,
    /// One row for each usage type.
    pub rows: Vec<Row>,
    /// What the run predicted and no usage type stands for.
    pub not_compared: Vec<Left>,
    /// Rows of the bill that are of Amazon Bedrock and could not be compared.
    pub unreconciled: Vec<Left>,
    /// Rows of the bill that are of something else.
    pub other_rows: u64,
    /// Rows of the bill that are of other days than the run.
    pub outside: Outside,
}

/// Sums.
#[derive(Debug, Clone, Serialize)]
pub struct Totals {
    /// What the run predicted.
    pub predicted: Money,
    /// What was billed.
    pub billed: Money,
    /// What was billed above what was predicted.
    pub residual: Money,
    /// What the residual is made of; `null` where the bill has no quantities.
    pub split: Option<Split>,
}

/// One usage type.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// As the bill calls it, or else as the run does.
    pub usage_type: String,
    /// What is counted.
    pub unit: &'static str,
    /// By the run.
    pub predicted: Side,
    /// By the bill.
    pub billed: Side,
    /// What was billed above what was predicted.
    pub residual: Money,
    /// What the residual is made of; `null` where the bill has no quantity.
    pub split: Option<Split>,
}

/// A quantity and its cost.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// `null` where it is not said.
    pub quantity: Option<String>,
    /// In USD.
    pub cost: Money,
}

/// The parts of a residual; they sum to it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Split {
    /// (billed rate - predicted rate) x billed quantity.
    pub price: Money,
    /// What the change of all quantities together costs at the predicted mix and rates.
    pub volume: Money,
    /// What the move of quantities between usage types costs.
    pub mix: Money,
}

/// What was not compared.
#[derive(Debug, Clone, Serialize)]
pub struct Left {
    /// What it is called.
    pub what: String,
    /// Why.
    pub why: String,
    /// What it cost.
    pub cost: Money,
}

/// Rows of other days.
#[derive(Debug, Clone, Serialize)]
pub struct Outside {
    /// How many.
    pub rows: u64,
    /// What they cost.
    pub cost: Money,
}
