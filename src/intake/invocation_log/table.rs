//! Results of Logs Insights as CSV: the record is in the column `@message`.

use super::taker::Taker;
use crate::intake::Input;
use crate::trace::{ImportError, TraceError};
use csv::{ReaderBuilder, StringRecord};

/// Rows of a table.
pub(super) fn read(input: &mut Input<'_>, taker: &mut Taker<'_, '_>) -> Result<(), ImportError> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(input.reader());
    let header = reader.headers().map_err(|error| broken(taker, &error))?;
    let message = header.iter().position(|name| name.trim_start_matches('\u{feff}').trim_matches('"') == "@message");
    let message = message.ok_or_else(|| taker.error(1, "no column `@message`: query `fields @timestamp, @message`"))?;
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| broken(taker, &error))? {
        let line = row.position().map_or(1, csv::Position::line);
        match row.get(message) {
            Some(record) => taker.take(record, line)?,
            None => taker.skip("a row without a message", line),
        }
    }
    Ok(())
}

fn broken(taker: &Taker<'_, '_>, error: &csv::Error) -> TraceError {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => taker.error(line, "this row is not UTF-8 text"),
        _ => taker.error(line, format!("cannot be read: {error}")),
    }
}
