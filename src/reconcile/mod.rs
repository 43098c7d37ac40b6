//! A run held against what AWS billed: usage type by usage type, and what the difference is made of.
//!
//! Rows of a bill that are not of Amazon Bedrock are counted and left alone. Rows that are, but cannot be understood
//! or compared, are named with their cost: nothing that was paid counts as zero. Does not know how answers are shown.

pub mod actuals;
mod compare;
mod split;
#[cfg(test)]
mod tests;
mod thing;

pub use compare::{Reconciliation, Row, Side, Unmatched, reconcile};
pub use split::Split;
