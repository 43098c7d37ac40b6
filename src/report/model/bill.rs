//! One line of a bill.

use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// `quantity x rate = amount`, exactly.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// App that is billed; `shared capacity` for what apps share, which no app can be called.
    pub app: String,
    /// What is sold: model, profile kind, region, tier and usage class.
    pub sku: String,
    /// Usage class of the SKU, as `uncached_input` or `output`.
    pub usage_class: String,
    /// How many units were used.
    pub quantity: u64,
    /// What is counted, as `token`.
    pub unit: String,
    /// Price of one unit in USD.
    pub rate: Money,
    /// The product of quantity and rate in USD.
    pub amount: Money,
    /// Where the rate was published, and when it was checked.
    pub source: String,
    /// Id of the pool that was bought; `null` for tokens of an app.
    pub pool: Option<String>,
}
