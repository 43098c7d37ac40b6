//! Whose cost is whose.

use crate::scenario::ShareBy;

/// How the bill is told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chargeback {
    /// The tags of applications by which it is; empty where nobody asks.
    pub by: Vec<String>,
    /// What tells apart the cost of capacity that applications share.
    pub share: ShareBy,
}

/// By no tag.
impl Default for Chargeback {
    fn default() -> Self {
        Self { by: Vec::new(), share: ShareBy::Usage }
    }
}
