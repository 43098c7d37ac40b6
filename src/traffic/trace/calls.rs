//! The calls of one application, replayed from a trace.

use super::recorded::{Recorded, Replay};
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
    replay: Option<Replay>,
    /// Calls so far, all of them or those of each session.
    requests: Requests,
    pub(in crate::traffic) failure: Option<TraceError>,
}

impl TraceCalls {
    pub(in crate::traffic) fn new(
        (app, number): (&App, u32),
        trace: &Trace,
        files: &dyn TraceFiles,
        horizon: Micros,
        seed: u64,
    ) -> Self {
        let (replay, failure) = match Replay::open(files, trace, &trace.tools, seed) {
            Ok(replay) => (Some(replay), None),
            Err(error) => (None, Some(error)),
        };
        Self { app: number, max_tokens: app.max_tokens, horizon, replay, requests: Requests::default(), failure }
    }
}

impl TraceCalls {
    /// The next call that is not shifted to before the start.
    fn next_recorded(&mut self) -> Result<Option<Recorded>, TraceError> {
        let Some(replay) = &mut self.replay else { return Ok(None) };
        loop {
            let call = replay.next_call()?;
            if call.as_ref().is_none_or(|call| call.at_us >= 0) {
                return Ok(call);
            }
        }
    }
}

impl Iterator for TraceCalls {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let recorded = match self.next_recorded() {
            Ok(recorded) => recorded?,
            Err(error) => {
                self.failure = Some(error);
                self.replay = None;
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
