//! Keeping the price book current: what a source states of prices, row by row, and how that differs from the book.
//!
//! Takes text and gives text: does not open files, and changes no book.

pub mod aws;
mod import;

pub use import::{Import, Skipped, Stated};
