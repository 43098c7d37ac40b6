//! A first pass over a trace: is every row good, and what is in it?

use super::open::recordings;
use super::recorded::Replay;
use super::{TraceError, TraceFiles};
use crate::bedrock::usage::Usage;
use crate::plan::Trace;
use crate::trace::tools::{Spliced, Tools, WEEK_US, Weeks};
use crate::units::Micros;
use std::sync::Arc;

/// What a trace holds for one application, before calls of it are drawn or happen more than once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    /// Calls.
    pub calls: u64,
    /// Their tokens.
    pub usage: Usage,
    /// From the scenario's start to the last call.
    pub span: Micros,
    /// Calls that bring no `max_tokens` of their own.
    pub without_max_tokens: u64,
    /// The largest `max_tokens` that a call brings; zero when none does.
    pub largest_max_tokens: u32,
    /// Answers that were cut when they were recorded.
    pub cut: u64,
}

/// Reads a trace once.
///
/// # Errors
/// The first row that is not good, a file that cannot be opened, or one without a row that is asked for.
pub fn survey(files: &dyn TraceFiles, trace: &Trace) -> Result<Survey, TraceError> {
    let refused = |message: String| TraceError { file: trace.file.clone(), line: None, message };
    let tools = Tools { thin: None, scale: None, sample_weeks: None, ..trace.tools.clone() };
    // Nothing that is read here is drawn: any seed will do.
    let mut replay = Replay::open(files, trace, &tools, 0)?;
    let (mut survey, mut last_us) = (Survey::default(), 0);
    while let Some(call) = replay.next_call()? {
        survey.calls += 1;
        survey.usage += replay.row().usage;
        survey.without_max_tokens += u64::from(call.max_tokens.is_none());
        survey.largest_max_tokens = survey.largest_max_tokens.max(call.max_tokens.unwrap_or(0));
        survey.cut += u64::from(replay.was_cut());
        last_us = call.at_us;
    }
    if survey.calls == 0 {
        let has_rows = replay.has_rows();
        return Err(refused(if has_rows { nothing_left(trace) } else { "the trace has no rows".to_owned() }));
    }
    if let Some(weeks) = trace.tools.sample_weeks {
        let recording = Arc::new(Spliced::new(recordings(files, trace)?));
        Weeks::draw(recording, trace.tools.between, weeks, 0)?;
        last_us = (i64::from(weeks) * WEEK_US).saturating_add(trace.tools.shift_us);
    }
    survey.span = Micros(u64::try_from(last_us).unwrap_or(0));
    if survey.span > Micros::LONGEST {
        return Err(refused("the trace spans more than five years".to_owned()));
    }
    Ok(survey)
}

/// Why no call is left of a trace that has rows.
fn nothing_left(trace: &Trace) -> String {
    let only = &trace.tools.only;
    let column = trace.columns.as_ref().and_then(|columns| columns.app.as_ref());
    match (column, &only.app) {
        (Some(column), Some(app)) => format!("no row has `{app}` in column `{column}`, and all else that is asked for"),
        _ => "no row was answered and has all that `where` and `between` ask for".to_owned(),
    }
}
