//! The bill by tags: who pays for what.

use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// The bill by the values of one tag; the rows sum to the cost of the variant.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Chargeback {
    /// Key of the tag.
    pub tag: String,
    /// What tells apart the cost of capacity that apps share: `usage`, `reservation` or `peak`.
    pub share: String,
    /// The dearest value first, then apps without the tag, then what nobody used.
    pub rows: Vec<ChargebackRow>,
}

/// What one value of a tag pays for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChargebackRow {
    /// `value` of the tag, `no_tag` for apps without it, or `unallocated` for capacity that nobody used.
    pub owner: String,
    /// Value of the tag; `(no tag)` and `(unallocated)` for the two others.
    pub value: String,
    /// Its apps.
    pub apps: Vec<String>,
    /// What these apps are billed for themselves, in USD.
    pub own: Money,
    /// Its part of what apps share, in USD.
    pub shared: Money,
    /// The sum of both, in USD.
    pub cost: Money,
}
