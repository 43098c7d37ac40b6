//! The same plan under many seeds, and what that says of months to come.
//!
//! Seeds run in parallel; their outcomes come back in order, so that the answer has the same bytes for
//! any number of threads. Does not know how results are shown.

mod months;
mod quantile;
mod replicate;

pub use months::{MonthCost, exhausted_on, months};
pub use quantile::{Quantiles, quantiles};
pub use replicate::replicate;
