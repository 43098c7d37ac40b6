//! The rows of a trace, from its files.

use super::order::{InOrder, InSessions, Sorted};
use crate::plan::Trace;
use crate::trace::store::Stored;
use crate::trace::tools::{Changed, Tools, change};
use crate::trace::{FromStart, Random, Recording, Rows, TraceError, TraceFiles, csv, span_of};
use std::sync::Arc;

/// What the tools of a trace leave of its files, in order of time.
pub(super) fn open(files: &dyn TraceFiles, trace: &Trace, tools: &Tools, seed: u64) -> Result<Changed, TraceError> {
    change(recordings(files, trace)?, tools, seed)
}

/// The files of a trace, each of which can be read again.
pub(super) fn recordings(files: &dyn TraceFiles, trace: &Trace) -> Result<Vec<Arc<dyn Recording>>, TraceError> {
    let names = std::iter::once(&trace.file).chain(&trace.then);
    let recording = |name: &String| -> Result<Arc<dyn Recording>, TraceError> {
        let bytes = files.open_random(name).map_err(|error| TraceError {
            file: name.clone(),
            line: None,
            message: format!("cannot be opened: {error}"),
        })?;
        Ok(Arc::new(File { name: name.clone(), bytes, trace: trace.clone() }))
    };
    names.map(recording).collect()
}

/// A file that is open.
struct File {
    name: String,
    bytes: Arc<dyn Random>,
    trace: Trace,
}

impl File {
    fn opened(&self, at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        let Some(columns) = &self.trace.columns else { return self.stored().rows_from(at_us) };
        let bytes = FromStart::of(Arc::clone(&self.bytes));
        Ok(Box::new(csv::Reader::new(&self.name, Box::new(bytes), columns)?))
    }

    /// A file without columns is a store.
    fn stored(&self) -> Stored {
        Stored::new(&self.name, Arc::clone(&self.bytes))
    }
}

impl Recording for File {
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError> {
        self.rows_from(i64::MIN)
    }

    fn rows_from(&self, at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        let rows = InSessions::new(self.opened(at_us)?, &self.name, &self.trace);
        Ok(if self.trace.sort { Box::new(Sorted::new(rows)?) } else { Box::new(InOrder::new(rows, &self.name)) })
    }

    fn span(&self) -> Result<Option<(i64, i64)>, TraceError> {
        if self.trace.columns.is_none() { self.stored().span() } else { span_of(self.rows()?) }
    }

    fn file(&self) -> &str {
        &self.name
    }
}
