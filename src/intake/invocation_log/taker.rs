//! Takes records of one file as text: keeps their rows, and counts what has none.

use super::record::{CUT_OFF, OTHER_SCHEMA, record};
use super::row::row;
use crate::intake::{Context, Format, detect};
use crate::trace::{ImportError, TraceError};

/// Takes the records of one file.
pub(super) struct Taker<'c, 'a> {
    pub file: &'c str,
    context: &'c mut Context<'a>,
    rows_before: u64,
}

impl<'c, 'a> Taker<'c, 'a> {
    /// Takes records of a file, which begins here.
    pub(super) fn new(file: &'c str, context: &'c mut Context<'a>) -> Self {
        let rows_before = context.tally.rows;
        Self { file, context, rows_before }
    }

    /// Takes one record, however it is wrapped.
    ///
    /// # Errors
    /// When the row cannot be kept, or when this is a record of another format that can be imported.
    pub(super) fn take(&mut self, text: &str, line: u64) -> Result<(), ImportError> {
        if !self.take_whole(text, line)? {
            self.skip(CUT_OFF, line);
        }
        Ok(())
    }

    /// Takes one record; false, and nothing is counted, when the text is the beginning of one.
    pub(super) fn take_whole(&mut self, text: &str, line: u64) -> Result<bool, ImportError> {
        let made = record(text, |record| row(record, self.context));
        match made {
            Ok(row) => self.context.keep(&row)?,
            Err(CUT_OFF) => return Ok(false),
            Err(reason) => {
                self.refuse_mixed(reason, text, line)?;
                self.skip(reason, line);
            }
        }
        Ok(true)
    }

    pub(super) fn skip(&mut self, reason: &'static str, line: u64) {
        self.context.tally.skip(reason, self.file, Some(line));
    }

    /// Something is wrong with a line.
    pub(super) fn error(&self, line: u64, message: impl Into<String>) -> TraceError {
        TraceError { file: self.file.to_owned(), line: Some(line), message: message.into() }
    }

    /// A file that goes on as another format was put together by mistake.
    fn refuse_mixed(&self, reason: &str, text: &str, line: u64) -> Result<(), TraceError> {
        let begun = self.context.tally.rows > self.rows_before;
        if reason != OTHER_SCHEMA || !begun {
            return Ok(());
        }
        match detect::format(text.as_bytes()) {
            Ok(other) if other != Format::InvocationLog => {
                let (own, other) = (Format::InvocationLog.about(), other.about());
                Err(self.error(line, format!("mixed schemas: the file began with {own}, and this is of {other}")))
            }
            _ => Ok(()),
        }
    }
}
