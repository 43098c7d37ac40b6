//! Rows as a replay needs them: in order of time, and of a session where sessions are told apart.

use crate::plan::Trace;
use crate::trace::tools::Filter;
use crate::trace::{Row, Rows, TraceError};

/// Rows that come in order of time.
pub(super) struct InOrder<R> {
    rows: R,
    file: String,
    last_us: i64,
}

/// Rows that were read whole and sorted.
pub(super) struct Sorted {
    rows: std::vec::IntoIter<(Row, Option<u64>)>,
    line: Option<u64>,
}

impl<R: Rows> InOrder<R> {
    pub(super) fn new(rows: R, file: &str) -> Self {
        Self { rows, file: file.to_owned(), last_us: i64::MIN }
    }
}

impl<R: Rows> Rows for InOrder<R> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        if !self.rows.next_row(row)? {
            return Ok(false);
        }
        if row.at_us < self.last_us {
            let message = "the time goes backwards; add `sort: true` to the trace to read it all and sort it";
            return Err(TraceError { file: self.file.clone(), line: self.line(), message: message.to_owned() });
        }
        self.last_us = row.at_us;
        Ok(true)
    }

    fn line(&self) -> Option<u64> {
        self.rows.line()
    }
}

impl Sorted {
    /// Reads all rows; those of one time stay in their order.
    pub(super) fn new(mut rows: impl Rows) -> Result<Self, TraceError> {
        let (mut all, mut row) = (Vec::new(), Row::default());
        while rows.next_row(&mut row)? {
            all.push((std::mem::take(&mut row), rows.line()));
        }
        all.sort_by_key(|(row, _)| row.at_us);
        Ok(Self { rows: all.into_iter(), line: None })
    }
}

impl Rows for Sorted {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let Some((next, line)) = self.rows.next() else { return Ok(false) };
        (*row, self.line) = (next, line);
        Ok(true)
    }

    fn line(&self) -> Option<u64> {
        self.line
    }
}

/// Rows of which those that are replayed have a session, where sessions are told apart.
pub(super) struct InSessions<R> {
    rows: R,
    file: String,
    /// What is replayed; nothing when sessions are not told apart.
    only: Option<Filter>,
    /// The column of a CSV file.
    column: Option<String>,
}

impl<R: Rows> InSessions<R> {
    pub(super) fn new(rows: R, file: &str, trace: &Trace) -> Self {
        let column = trace.columns.as_ref().and_then(|columns| columns.session.clone());
        let only = trace.recorded.session.then(|| trace.tools.only.clone());
        Self { rows, file: file.to_owned(), only, column }
    }
}

impl<R: Rows> Rows for InSessions<R> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let more = self.rows.next_row(row)?;
        if more && row.session.is_none() && self.only.as_ref().is_some_and(|only| only.takes(row)) {
            let column = self.column.as_ref().map_or_else(String::new, |column| format!("column `{column}`: "));
            let message = format!("{column}this call has no session");
            return Err(TraceError { file: self.file.clone(), line: self.line(), message });
        }
        Ok(more)
    }

    fn line(&self) -> Option<u64> {
        self.rows.line()
    }
}
