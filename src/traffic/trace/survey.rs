//! A first pass over a trace: is every row good, and what is in it?

use super::rows::Rows;
use super::{TraceError, TraceFiles};
use crate::plan::Trace;
use crate::units::Micros;

/// What a trace holds for one application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    /// Calls.
    pub calls: u64,
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
    /// From the earliest row of the file to the application's last.
    pub span: Micros,
    /// Calls that bring no `max_tokens` of their own.
    pub without_max_tokens: u64,
    /// The largest `max_tokens` that a call brings; zero when none does.
    pub largest_max_tokens: u32,
}

/// Reads a trace once.
///
/// # Errors
/// The first row that is not good, a file that cannot be opened, or one without a row for `app`.
pub fn survey(files: &dyn TraceFiles, trace: &Trace, app: &str) -> Result<Survey, TraceError> {
    let failure = |message: String| TraceError { file: trace.file.clone(), line: None, message };
    let reader = files.open(&trace.file).map_err(|error| failure(format!("cannot be opened: {error}")))?;
    let mut rows = Rows::new(reader, trace, app)?;
    let (mut survey, mut last_us) = (Survey::default(), i64::MIN);
    while let Some(row) = rows.next_row()? {
        survey.calls += 1;
        survey.input += u64::from(row.input);
        survey.output += u64::from(row.output);
        survey.without_max_tokens += u64::from(row.max_tokens.is_none());
        survey.largest_max_tokens = survey.largest_max_tokens.max(row.max_tokens.unwrap_or(0));
        last_us = last_us.max(row.at_us);
    }
    survey.span = Micros(u64::try_from(last_us.saturating_add(rows.first_after_earliest_us())).unwrap_or(0));
    match (survey.calls, &trace.app) {
        (0, Some(column)) => Err(failure(format!("no row has `{app}` in column `{column}`"))),
        (0, None) => Err(failure("the trace has no rows".to_owned())),
        _ if survey.span > Micros::LONGEST => Err(failure("the trace spans more than five years".to_owned())),
        _ => Ok(survey),
    }
}
