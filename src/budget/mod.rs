//! Limits held against results. Does not know how verdicts are shown.

mod judge;
mod observe;

pub use judge::{CostBudget, Verdict, judge};
pub use observe::{Evidence, Observed};
