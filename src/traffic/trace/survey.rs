//! A first pass over a trace: is every row good, and what is in it?

use super::recorded::Recording;
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
    let mut recording = Recording::open(files, trace, app)?;
    let (mut survey, mut last_us) = (Survey::default(), 0);
    while let Some(call) = recording.next_call()? {
        survey.calls += 1;
        survey.input += u64::from(call.input);
        survey.output += u64::from(call.output);
        survey.without_max_tokens += u64::from(call.max_tokens.is_none());
        survey.largest_max_tokens = survey.largest_max_tokens.max(call.max_tokens.unwrap_or(0));
        last_us = call.at_us;
    }
    survey.span = Micros(last_us.unsigned_abs());
    match (survey.calls, &trace.columns.app) {
        (0, Some(column)) => Err(failure(format!("no row has `{app}` in column `{column}`"))),
        (0, None) => Err(failure("the trace has no rows".to_owned())),
        _ if survey.span > Micros::LONGEST => Err(failure("the trace spans more than five years".to_owned())),
        _ => Ok(survey),
    }
}
