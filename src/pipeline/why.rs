//! `why`: the same run again, with somebody looking on.

use super::Prepared;
use crate::document::nearest;
use crate::plan::Plan;
use crate::report::why::{Answer, never_refused, refused};
use crate::scenario::ScenarioFile;
use crate::traffic::{Arrival, Arrivals, TraceError, TraceFiles};
use crate::units::Tokens;
use crate::why::{Finding, Inquiry, Target};
use std::cell::RefCell;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// For the n-th throttled attempt, counted from one.
    Throttled(u64),
    /// For a request of an application, counted from one.
    Request {
        /// The application.
        app: String,
        /// The request.
        number: u64,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// What is asked for is not there.
    NotThere(String),
    /// A trace changed since it was first read.
    Trace(TraceError),
}

impl Prepared {
    /// Why an attempt was refused, and what would have let it pass.
    ///
    /// # Errors
    /// When the variant, the application, the request or the attempt is not there, with what is.
    pub fn why(&self, variant: &str, asked: &Asked, files: &dyn TraceFiles) -> Result<Answer, NoAnswer> {
        let (_, plan) = self.variant(variant)?;
        let target = target(plan, asked)?;
        let failure = RefCell::new(None);
        let calls = || -> Box<dyn Iterator<Item = Arrival> + '_> {
            let arrivals = Arrivals::new(plan, self.base.seed, files);
            Box::new(Watched { arrivals, failure: &failure })
        };
        let found = Inquiry { plan, seed: self.base.seed, calls: &calls }.ask(target);
        if let Some(error) = failure.take() {
            return Err(NoAnswer::Trace(error));
        }
        answer(variant, plan, target, &found)
    }

    /// A variant by its name, with its plan.
    pub(super) fn variant(&self, name: &str) -> Result<(&str, &Plan), NoAnswer> {
        let names: Vec<&str> = self.plans.iter().map(|(known, _)| known.as_str()).collect();
        let found = self.plans.iter().find(|(known, _)| known == name);
        found.map(|(name, plan)| (name.as_str(), plan)).ok_or_else(|| not_there("variant", name, &names))
    }
}

fn target(plan: &Plan, asked: &Asked) -> Result<Target, NoAnswer> {
    let zero = || NoAnswer::NotThere("attempts and requests are counted from 1".to_owned());
    match asked {
        Asked::Throttled(number) => (*number > 0).then_some(Target::Throttled(*number)).ok_or_else(zero),
        Asked::Request { app, number } => {
            let names: Vec<&str> = plan.apps.iter().map(|app| app.name.as_str()).collect();
            let at = names.iter().zip(0..).find(|(name, _)| *name == app).map(|(_, at)| at);
            let app = at.ok_or_else(|| not_there("app", app, &names))?;
            Ok(Target::Request { app, request: number.checked_sub(1).ok_or_else(zero)? })
        }
    }
}

fn answer(variant: &str, plan: &Plan, target: Target, found: &Finding) -> Result<Answer, NoAnswer> {
    match (found, target) {
        (Finding::Refused(explained), _) => Ok(refused(variant, plan, explained)),
        (Finding::Nothing { throttled, .. }, Target::Throttled(_)) => {
            let of = if variant == ScenarioFile::BASE { String::new() } else { format!(" of variant {variant}") };
            Err(NoAnswer::NotThere(match throttled {
                0 => format!("no attempt{of} was throttled"),
                1 => format!("only 1 attempt{of} was throttled"),
                many => format!("only {} attempts{of} were throttled", Tokens(*many)),
            }))
        }
        (Finding::Nothing { calls, .. }, Target::Request { app, request }) => {
            let (app, sent) = (&plan.apps[app as usize], calls[app as usize]);
            if request < sent {
                return Ok(never_refused(variant, app, request));
            }
            let what = if app.works_in_tasks() { "tasks" } else { "requests" };
            Err(NoAnswer::NotThere(format!("`{}` sends only {} {what}", app.name, Tokens(sent))))
        }
    }
}

pub(super) fn not_there(what: &str, name: &str, known: &[&str]) -> NoAnswer {
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known: {}", known.join(", ")),
    };
    NoAnswer::NotThere(format!("unknown {what} `{name}`\nhelp: {help}"))
}

/// Calls of which somebody is told when a trace ends before its time.
struct Watched<'a> {
    arrivals: Arrivals,
    failure: &'a RefCell<Option<TraceError>>,
}

impl Iterator for Watched<'_> {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let next = self.arrivals.next();
        if next.is_none()
            && let Some(error) = self.arrivals.failure()
        {
            self.failure.replace(Some(error.clone()));
        }
        next
    }
}
