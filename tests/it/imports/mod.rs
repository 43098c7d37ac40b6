//! Recordings of others, imported: what of them survives.

mod agent_sessions;
mod cloudwatch;
mod csv;
mod litellm;
mod mooncake;
mod otlp;
mod tracelab;

use crate::shared;
use tokencast::intake::{Format, Options, Tally, finish, import};
use tokencast::trace::{ImportError, Row};

/// The rows of a shared file of a known format, in order of time, and what was counted.
fn shared_rows(path: &str, format: Format, options: &Options) -> Option<(Vec<Row>, Tally)> {
    let bytes = std::fs::read(shared::file(path)?).expect("the file can be read");
    let (rows, tally) = rows_of(path, bytes, options).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(tally.files.into_iter().collect::<Vec<_>>(), [(format, 1)], "{path} was taken for something else");
    Some((rows, Tally { files: [(format, 1)].into(), ..tally }))
}

/// The rows of a file, told by its content, in order of time.
fn rows_of(name: &str, bytes: Vec<u8>, options: &Options) -> Result<(Vec<Row>, Tally), String> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let reader = Box::new(std::io::Cursor::new(bytes));
    let imported = import(name, reader, None, options, &mut tally, &mut rows);
    match imported.and_then(|()| finish(options, &mut tally, &mut rows)) {
        Ok(()) => {
            rows.sort_by_key(|row| row.at_us);
            Ok((rows, tally))
        }
        Err(ImportError::Input(error)) => Err(error.to_string()),
        Err(ImportError::Keeping(error)) => panic!("{error}"),
    }
}

/// The sum of something over all rows.
fn sum(rows: &[Row], of: impl Fn(&Row) -> u64) -> u64 {
    rows.iter().map(of).sum()
}

/// The value behind so many hundredths of all others: between two of them as far as it is, rounded down.
fn percentile(rows: &[Row], hundredths: usize, of: impl Fn(&Row) -> u64) -> u64 {
    let mut values: Vec<u64> = rows.iter().map(of).collect();
    values.sort_unstable();
    let (at, rest) = ((values.len() - 1) * hundredths / 100, (values.len() - 1) * hundredths % 100);
    let next = values.get(at + 1).unwrap_or(&values[at]);
    values[at] + (next - values[at]) * rest as u64 / 100
}
