//! One line of a bill.

use crate::report::money::Money;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// `quantity x rate = amount`, exactly.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// App that is billed; `shared capacity` for what apps share, which no app can be called.
    pub app: String,
    /// What is sold: model, profile kind, region, tier and usage class.
    pub sku: String,
    /// Usage class of the SKU, as `uncached_input` or `output`; of what is bought by the hour, `capacity` for what calls
    /// used and `idle` for the rest.
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
    /// What the tokens are of; `null` for what is not sold by the token.
    pub sold: Option<Sold>,
    /// What AWS bills call it, such as `USE1-Claude4.6Sonnet-input-tokens`; `null` when that is not known.
    pub usage_type: Option<String>,
    /// Price of one unit on the list, before any discount, in USD.
    pub list_rate: Money,
    /// What the line would cost at that price, in USD.
    pub list_amount: Money,
    /// Name of the discount between the two prices in the price book; it is in `source` too.
    pub discount: Option<String>,
    /// The price or its discount comes from the user's own price book.
    pub overlay: bool,
    /// How sure the price and its discount are, the less sure of the two: `high`, `medium` or `low`; `null` when the scenario gives it.
    pub confidence: Option<String>,
    /// The day on which the price was compared with its source; with a discount, the earlier day of both.
    #[schemars(with = "Option<String>")]
    pub checked: Option<Date>,
    /// The line by UTC day, ascending; quantities and amounts sum to those of the line.
    pub days: Vec<LineDay>,
}

impl Line {
    /// Its price on the list is zero: it is known, and nothing.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.list_rate.is_zero()
    }
}

/// What tokens are of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sold {
    /// Key of the model in the price book.
    pub model: String,
    /// Id that calls name.
    pub model_id: String,
    /// The way to it: `on_demand`, `geo` or `global`.
    pub via: String,
    /// Region that calls are made from.
    pub region: String,
    /// Service tier.
    pub tier: String,
    /// The price is that of calls whose whole input is above so many tokens.
    pub input_above: Option<u64>,
}

/// One UTC day of a line.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LineDay {
    /// The day.
    #[schemars(with = "String")]
    pub day: Date,
    /// How many units were used.
    pub quantity: u64,
    /// What they cost in USD.
    pub amount: Money,
}
