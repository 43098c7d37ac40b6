//! Recordings of others, imported: what of them survives.

mod agent_sessions;
mod mooncake;

use crate::shared;
use tokencast::intake::{Format, Options, Tally, import};
use tokencast::trace::{ImportError, Row};

/// The rows of a shared file, in order of time, and what was counted.
fn shared_rows(path: &str, format: Format, options: &Options) -> Option<(Vec<Row>, Tally)> {
    let bytes = std::fs::read(shared::file(path)?).expect("the file can be read");
    Some(rows_of(path, bytes, format, options).unwrap_or_else(|error| panic!("{error:?}")))
}

fn rows_of(name: &str, bytes: Vec<u8>, format: Format, options: &Options) -> Result<(Vec<Row>, Tally), ImportError> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let reader = Box::new(std::io::Cursor::new(bytes));
    import(name, reader, Some(format), options, &mut tally, &mut rows)?;
    rows.sort_by_key(|row| row.at_us);
    Ok((rows, tally))
}

/// The sum of something over all rows.
fn sum(rows: &[Row], of: impl Fn(&Row) -> u64) -> u64 {
    rows.iter().map(of).sum()
}

/// The smallest value that at least so many hundredths of all do not exceed.
fn percentile(rows: &[Row], hundredths: usize, of: impl Fn(&Row) -> u64) -> u64 {
    let mut values: Vec<u64> = rows.iter().map(of).collect();
    values.sort_unstable();
    values[(values.len() * hundredths).div_ceil(100) - 1]
}
