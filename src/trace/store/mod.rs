//! The trace store: rows in a Parquet file, in order of time, a column for each field of a row.
//!
//! The same rows give the same bytes. What was written by another program is read as well, if its columns are these,
//! and every value that a row cannot hold is refused with its place.

mod batch;
mod blocks;
mod buffers;
mod cells;
mod checked;
mod column;
mod constant;
mod keys;
mod pages;
mod reader;
mod stored;
mod writer;
mod wrong;

pub use column::Column;
pub use reader::Reader;
pub use stored::Stored;
pub use writer::{Writer, write};

/// The key whose value is the version of these columns.
const VERSION_KEY: &str = "tokencast.trace";

/// The version that is written and read.
const VERSION: &str = "1";

/// The key of what a monitor counted besides calls.
const OBSERVED_KEY: &str = "tokencast.observed";

/// What a file says that it was written by: no version, so that the bytes stay the same.
const WRITTEN_BY: &str = "tokencast";

/// A row group ends after so many rows,
const MOST_ROWS: usize = 1 << 16;

/// or when its blocks are so many: all rows of a group wait in memory.
const MOST_BLOCKS: usize = 1 << 22;

/// Rows that are decoded at a time.
const BATCH: usize = 1 << 10;

/// Times that people can write: the years from -9999 to 9999.
fn is_a_time(at_us: i64) -> bool {
    (jiff::Timestamp::MIN.as_microsecond()..=jiff::Timestamp::MAX.as_microsecond()).contains(&at_us)
}

#[cfg(test)]
mod tests;
