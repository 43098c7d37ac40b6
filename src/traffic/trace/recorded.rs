//! The calls that were recorded of one application, as a stream.

use super::blocks;
use super::open::open;
use super::sessions::Sessions;
use super::{TraceError, TraceFiles};
use crate::bedrock::cache::Prefix;
use crate::plan::Trace;
use crate::trace::{Row, Rows};

/// One call as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    /// Microseconds since the first row of the file.
    pub(super) at_us: i64,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) max_tokens: Option<u32>,
    /// What of the input is to be cached.
    pub(super) prefix: Option<Prefix>,
    /// The number of its session, where sessions are told apart.
    pub(super) session: Option<u32>,
}

/// A stream of them.
pub(super) struct Recording {
    rows: Box<dyn Rows>,
    row: Row,
    trace: Trace,
    app: String,
    /// Keeps the blocks of different files apart.
    label: u64,
    sessions: Sessions,
    first_us: Option<i64>,
}

impl Recording {
    pub(super) fn open(files: &dyn TraceFiles, trace: &Trace, app: &str) -> Result<Self, TraceError> {
        let (rows, label) = (open(files, trace)?, blocks::label(&trace.file));
        let (row, trace, app, sessions) = (Row::default(), trace.clone(), app.to_owned(), Sessions::default());
        Ok(Self { rows, row, trace, app, label, sessions, first_us: None })
    }

    /// The next call of this application.
    pub(super) fn next_call(&mut self) -> Result<Option<Recorded>, TraceError> {
        while self.rows.next_row(&mut self.row)? {
            let first_us = *self.first_us.get_or_insert(self.row.at_us);
            if self.trace.columns.app.is_none() || self.row.app.as_deref() == Some(&self.app) {
                return self.call(first_us).map(Some);
            }
        }
        Ok(None)
    }

    fn call(&mut self, first_us: i64) -> Result<Recorded, TraceError> {
        let session = self.session()?;
        let row = &self.row;
        // Each class is below 2^31, and so is their sum: every reader of rows sees to it.
        let (input, output) = (row.usage.total_input() as u32, row.usage.output as u32);
        let prefix = self.trace.checkpoint.and_then(|ttl| blocks::prefix(&row.blocks, ttl, self.label, input));
        Ok(Recorded { at_us: row.at_us - first_us, input, output, max_tokens: row.max_tokens, prefix, session })
    }

    fn session(&mut self) -> Result<Option<u32>, TraceError> {
        let Some(column) = &self.trace.columns.session else { return Ok(None) };
        let number = self.sessions.number(self.row.session.as_deref().unwrap_or_default());
        number.map(Some).map_err(|message| {
            let (file, line) = (self.trace.file.clone(), self.rows.line());
            TraceError { file, line, message: format!("column `{column}`: {message}") }
        })
    }
}
