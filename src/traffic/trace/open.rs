//! The rows of a trace, from its file.

use super::order::{InOrder, Sorted};
use crate::plan::Trace;
use crate::trace::{Rows, TraceError, TraceFiles, csv};

/// The rows of a trace in order of time.
pub(super) fn open(files: &dyn TraceFiles, trace: &Trace) -> Result<Box<dyn Rows>, TraceError> {
    let opened = files.open(&trace.file).map_err(|error| TraceError {
        file: trace.file.clone(),
        line: None,
        message: format!("cannot be opened: {error}"),
    })?;
    let rows = csv::Reader::new(&trace.file, opened, &trace.columns)?;
    Ok(if trace.sort { Box::new(Sorted::new(rows)?) } else { Box::new(InOrder::new(rows, &trace.file)) })
}
