//! The first reading of every trace: what cannot be run is refused before anything runs.

use super::Refused;
use crate::bedrock::usage::UsageClass;
use crate::document::Located;
use crate::plan::{Access, App, Assumption, Plan, TargetView, Trace, Traffic};
use crate::scenario::{self, Scenario};
use crate::traffic::{Survey, TraceError, TraceFiles, survey};
use crate::units::{Micros, Tokens};

/// What the first reading of every trace tells.
pub(super) struct Surveyed {
    /// The longest time that any plan simulates.
    pub(super) span: Micros,
    /// What is assumed of the traces, plan by plan.
    pub(super) assumed: Vec<Vec<Assumption>>,
}

/// Reads every trace once.
pub(super) fn survey_all<'a>(
    plans: impl Iterator<Item = (&'a Scenario, &'a Plan)>,
    files: &dyn TraceFiles,
) -> Result<Surveyed, Refused> {
    let mut seen: Vec<(&Trace, Survey)> = Vec::new();
    let mut refused = Refused::default();
    let mut surveyed = Surveyed { span: Micros(0), assumed: Vec::new() };
    for (scenario, plan) in plans {
        surveyed.span = surveyed.span.max(plan.horizon.unwrap_or_default());
        let mut assumed = Vec::new();
        for (file, app, trace) in traced(scenario, plan) {
            let known = seen.iter().find(|(other, _)| *other == trace).map(|(_, found)| *found);
            let found = known.map_or_else(|| survey(files, trace), Ok);
            match found {
                Ok(found) => {
                    seen.push((trace, found));
                    surveyed.span = surveyed.span.max(found.span);
                    refuse_absurd_max_tokens(file, app, found, &mut refused);
                    refuse_unpriced(file, app, trace, found, &mut refused);
                    assumed.extend(cut_answers(app, found));
                }
                Err(error) => refused.add(file, error, files),
            }
        }
        surveyed.assumed.push(assumed);
    }
    if refused.is_empty() { Ok(surveyed) } else { Err(refused) }
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

/// What was read from a cache or written to it has a price; an unknown one is an error, never zero.
fn refuse_unpriced(file: &Located<String>, app: &App, trace: &Trace, found: Survey, refused: &mut Refused) {
    if !trace.recorded.cache {
        return;
    }
    let classes = [UsageClass::CacheRead, UsageClass::CacheWrite5m, UsageClass::CacheWrite1h];
    for class in classes.into_iter().filter(|class| found.usage.of(*class) > 0) {
        for lane in app.lanes.iter().filter(|lane| lane.access != Access::Purchased) {
            let Some(row) = lane.offer.rates().find(|row| row.rate(class).is_none()) else { continue };
            let message = format!(
                "calls of this trace have tokens of {class}, and there is no price for {} from {}",
                lane.offer.sku(class, row.input_above),
                row.from
            );
            let help = "add it with `--pricing DIR`, or leave `cache` out of `recorded`";
            refused.scenario.with_help(&file.place, message, help);
            return;
        }
    }
}

/// How long an answer would have been that was cut, nobody knows.
fn cut_answers(app: &App, found: Survey) -> Option<Assumption> {
    let (cut, calls) = (Tokens(found.cut), Tokens(found.calls));
    (found.cut > 0).then(|| Assumption {
        name: format!("apps.{}.traffic.trace", app.name),
        value: format!("{cut} of {calls} answers were cut at max_tokens when they were recorded"),
        note: "each of them is one token longer than it was: with a larger max_tokens, answers may be longer than \
               simulated"
            .to_owned(),
        source: None,
    })
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
