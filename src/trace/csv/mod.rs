//! CSV files with one call a line: read by named columns, and written so that nothing is lost.

mod blocks;
mod header;
mod lines;
mod own;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub use reader::Reader;
pub use writer::{Writer, write};
