//! The calls of one application, replayed from a trace.

use super::recorded::Recording;
use super::sessions::Requests;
use super::{TraceError, TraceFiles};
use crate::plan::{App, Trace};
use crate::traffic::{Arrival, Call, Fate};
use crate::units::{Micros, SimTime};

/// A trace at work. A row that cannot be read any more - the survey could - ends it and is kept.
pub(in crate::traffic) struct TraceCalls {
    app: u32,
    max_tokens: u32,
    horizon: Micros,
    /// Nothing once it has failed.
    recording: Option<Recording>,
    /// Calls so far, all of them or those of each session.
    requests: Requests,
    pub(in crate::traffic) failure: Option<TraceError>,
}

impl TraceCalls {
    pub(in crate::traffic) fn new(
        app: &App,
        number: u32,
        trace: &Trace,
        files: &dyn TraceFiles,
        horizon: Micros,
    ) -> Self {
        let (recording, failure) = match Recording::open(files, trace, &app.name) {
            Ok(recording) => (Some(recording), None),
            Err(error) => (None, Some(error)),
        };
        Self { app: number, max_tokens: app.max_tokens, horizon, recording, requests: Requests::default(), failure }
    }
}

impl Iterator for TraceCalls {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let recorded = match self.recording.as_mut()?.next_call() {
            Ok(recorded) => recorded?,
            Err(error) => {
                self.failure = Some(error);
                self.recording = None;
                return None;
            }
        };
        let at = SimTime(recorded.at_us.unsigned_abs());
        if at.0 >= self.horizon.0 {
            return None;
        }
        let request = self.requests.next(recorded.session);
        let max_tokens = recorded.max_tokens.unwrap_or(self.max_tokens);
        let call = Call { input: recorded.input, max_tokens, prefix: recorded.prefix };
        Some(Arrival { at, app: self.app, request, call, fate: Fate { output: recorded.output } })
    }
}
