//! Keeping the price book current: what a source states of prices, row by row, and how that differs from the book.
//!
//! Takes text and gives text: does not open files, and changes no book.

pub mod aws;
pub mod bounds;
pub mod diff;
mod import;
pub mod litellm;
mod names;
mod number;
pub mod page;
pub mod write;

pub use import::{Capacity, Import, Skipped, Stated, StatedCapacity, StatedModel, StatedService};
