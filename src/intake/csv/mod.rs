//! CSV files with one call a line, in columns that the options name or the header tells.
//!
//! The column of the application can be named as a key of metadata can. A header is known or it is not: columns that only sound like something are a suggestion in the error.

mod header;
mod presets;

pub use presets::presets;

use super::{AppFrom, Context, Input, complete};
use crate::trace::csv::Reader;
use crate::trace::{Columns, ImportError, Outcome, Row, TimeFormat, TraceError};

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let (mut columns, empty_is_failed) = columns(input, context)?;
    if let AppFrom::Metadata(column) = &context.options.app {
        columns.app = Some(column.clone());
    }
    let counts_from_zero = columns.time_format != TimeFormat::WallClock;
    let start_us = if counts_from_zero { context.options.start_us } else { 0 };
    let mut rows = Reader::new(input.file, input.reader(), &columns)?;
    let mut row = Row::default();
    while rows.next(&mut row)? {
        row.at_us += start_us;
        if empty_is_failed && row.usage.output == 0 {
            row.outcome = Outcome::Failed;
            context.tally.note("an answer of no tokens taken for a failure");
        }
        complete(&mut row, context);
        context.keep(&row)?;
    }
    Ok(())
}

/// What the columns mean, and whether an answer of no tokens is a failure.
fn columns(input: &mut Input<'_>, context: &Context<'_>) -> Result<(Columns, bool), TraceError> {
    if let Some(columns) = &context.options.columns {
        return Ok((columns.clone(), false));
    }
    let header = header::of(input)?;
    match presets::of(&header) {
        Some(preset) => Ok((preset.columns, preset.empty_is_failed)),
        None => {
            let known: Vec<_> = presets().into_iter().map(|(name, _)| name).collect();
            let message = header::unknown(&header, &known);
            Err(TraceError { file: input.file.to_owned(), line: Some(1), message })
        }
    }
}

#[cfg(test)]
mod tests;
