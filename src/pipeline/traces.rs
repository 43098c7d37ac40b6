//! The first reading of every trace: what cannot be run is refused before anything runs.

use super::Refused;
use crate::bedrock::usage::UsageClass;
use crate::document::Located;
use crate::plan::{App, Plan, TargetView, Trace, Traffic};
use crate::scenario::{self, Scenario};
use crate::traffic::{Survey, TraceError, TraceFiles, survey};
use crate::units::{Micros, Tokens};

/// The longest time that any plan simulates.
pub(super) fn survey_all<'a>(
    plans: impl Iterator<Item = (&'a Scenario, &'a Plan)>,
    files: &dyn TraceFiles,
) -> Result<Micros, Refused> {
    let mut seen = Vec::new();
    let mut refused = Refused::default();
    let mut span = Micros(0);
    for (scenario, plan) in plans {
        span = span.max(plan.horizon.unwrap_or_default());
        for (file, app, trace) in traced(scenario, plan) {
            if seen.contains(&(trace, &app.name)) {
                continue;
            }
            seen.push((trace, &app.name));
            match survey(files, trace, &app.name) {
                Ok(found) => {
                    span = span.max(found.span);
                    refuse_absurd_max_tokens(file, app, found, &mut refused);
                }
                Err(error) => refused.add(file, error, files),
            }
        }
    }
    if refused.is_empty() { Ok(span) } else { Err(refused) }
}

/// The applications that replay a trace, and where the scenario names its file.
fn traced<'a>(
    scenario: &'a Scenario,
    plan: &'a Plan,
) -> impl Iterator<Item = (&'a Located<String>, &'a App, &'a Trace)> {
    let pairs = scenario.apps.0.iter().zip(&plan.apps);
    pairs.filter_map(|((_, written), app)| match (&written.traffic, &app.traffic) {
        (scenario::Traffic::Trace(written), Traffic::Trace(trace)) => Some((&written.file, app, trace)),
        _ => None,
    })
}

fn refuse_absurd_max_tokens(file: &Located<String>, app: &App, found: Survey, refused: &mut Refused) {
    let asked = Tokens(found.largest_max_tokens.into());
    for target in app.targets().filter(TargetView::writes) {
        let lane = target.first();
        let writes_nothing = lane.offer.rates().any(|row| row.rate(UsageClass::Output).is_none());
        if writes_nothing && asked.0 > 0 {
            let message =
                format!("a call of this trace asks for `max_tokens`, and {} writes no tokens", lane.offer.model);
            refused.scenario.at(&file.place, message);
            return;
        }
        if let Some(context) = lane.context.filter(|context| asked.0 > context.0) {
            let model = if app.targets.is_empty() { "the model" } else { target.name };
            let message = format!(
                "a call of this trace asks for {asked} `max_tokens`, and {model} takes {context} tokens in all"
            );
            refused.scenario.at(&file.place, message);
            return;
        }
    }
}

impl Refused {
    /// A line that is wrong is named itself; a file that is wrong, where the scenario names it.
    fn add(&mut self, file: &Located<String>, error: TraceError, files: &dyn TraceFiles) {
        let path = files.path_of(&error.file);
        if error.line.is_some() {
            let error = TraceError { file: path, ..error };
            if !self.traces.contains(&error) {
                self.traces.push(error);
            }
            return;
        }
        self.scenario.at(&file.place, format!("the trace {path}: {}", error.message));
    }
}
