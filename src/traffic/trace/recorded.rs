//! The calls that were recorded of one application, as a stream.

use super::blocks;
use super::open::open;
use super::sessions::Sessions;
use super::{TraceError, TraceFiles};
use crate::bedrock::cache::{Prefix, Split};
use crate::plan::Trace;
use crate::trace::tools::Tools;
use crate::trace::{Row, Rows};

/// One call as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    /// Microseconds since the first row of the file; below zero where rows were shifted to before it.
    pub(super) at_us: i64,
    pub(super) input: u32,
    /// What the model would write: of an answer that was cut a lower bound, one token more than it wrote then.
    pub(super) output: u32,
    pub(super) max_tokens: Option<u32>,
    /// What of the input is to be cached, or was.
    pub(super) prefix: Option<Prefix>,
    /// The number of its session, where sessions are told apart.
    pub(super) session: Option<u32>,
}

/// A stream of them.
pub(super) struct Replay {
    rows: Box<dyn Rows>,
    row: Row,
    trace: Trace,
    /// When the recording begins; nothing when it has no rows.
    begins_us: Option<i64>,
    /// Keeps the blocks of different files apart.
    label: u64,
    sessions: Sessions,
}

impl Replay {
    /// What tools leave of a trace.
    pub(super) fn open(files: &dyn TraceFiles, trace: &Trace, tools: &Tools, seed: u64) -> Result<Self, TraceError> {
        let changed = open(files, trace, tools, seed)?;
        let (label, sessions) = (blocks::label(&trace.file), Sessions::default());
        let (rows, begins_us) = (changed.rows, changed.begins_us);
        Ok(Self { rows, row: Row::default(), trace: trace.clone(), begins_us, label, sessions })
    }

    /// The next call.
    pub(super) fn next_call(&mut self) -> Result<Option<Recorded>, TraceError> {
        if !self.rows.next_row(&mut self.row)? {
            return Ok(None);
        }
        let session = self.session()?;
        let row = &self.row;
        // Each class is below 2^31, and so is their sum: every reader of rows sees to it.
        let (input, output) = (row.usage.total_input() as u32, row.usage.output as u32);
        let max_tokens = row.max_tokens.filter(|_| self.trace.recorded.max_tokens);
        let output = output + u32::from(self.was_cut());
        let at_us = row.at_us.saturating_sub(self.begins_us.unwrap_or(0));
        Ok(Some(Recorded { at_us, input, output, max_tokens, prefix: self.prefix(input), session }))
    }

    /// The recording has rows, whether or not one of them is replayed.
    pub(super) fn has_rows(&self) -> bool {
        self.begins_us.is_some()
    }

    /// The row that was read last.
    pub(super) fn row(&self) -> &Row {
        &self.row
    }

    /// Its answer was cut, and may have been longer. One that ended before the `max_tokens` that it is replayed with
    /// was not.
    pub(super) fn was_cut(&self) -> bool {
        let asked = self.row.max_tokens.filter(|_| self.trace.recorded.max_tokens);
        self.row.truncated && asked.is_none_or(|asked| u64::from(asked) <= self.row.usage.output)
    }

    fn prefix(&self, input: u32) -> Option<Prefix> {
        let usage = &self.row.usage;
        if self.trace.recorded.cache {
            let (read, write_5m, write_1h) =
                (usage.cache_read as u32, usage.cache_write_5m as u32, usage.cache_write_1h as u32);
            return Some(Split { read, write_5m, write_1h }).filter(|it| *it != Split::default()).map(Prefix::counted);
        }
        self.trace.checkpoint.and_then(|ttl| blocks::prefix(&self.row.blocks, ttl, self.label, input))
    }

    fn session(&mut self) -> Result<Option<u32>, TraceError> {
        let name = self.row.session.as_deref().filter(|_| self.trace.recorded.session);
        name.map(|name| self.sessions.number(name)).transpose().map_err(|message| TraceError {
            file: self.trace.file.clone(),
            line: self.rows.line(),
            message,
        })
    }
}
