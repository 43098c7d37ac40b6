//! One application: its model, its prices, its limits.

use super::Binding;
use super::around::Charges;
use super::called::Called;
use super::pools::Pools;
use super::targets::Calls;
use super::work::work;
use crate::bedrock::quota::{Limit, Measure};
use crate::codes::Code;
use crate::document::{Located, Problem};
use crate::plan::{App, Burndown, Finding, Prompt, Severity, TargetView, Work};
use crate::pricing::{Model, Resolved};
use crate::scenario;
use crate::units::{SimTime, Tokens};

impl<'a> Binding<'a> {
    pub(super) fn app(
        &mut self,
        name: &'a Located<String>,
        written: &'a scenario::App,
        pools: &mut Pools,
    ) -> Option<App> {
        let mut calls = Calls::default();
        let choice = self.own_targets(&name.value, written, pools, &mut calls);
        let fallback = self.fallback(&name.value, written, pools, &mut calls);
        let mut charges = Charges::default();
        let retrieval = self.retrieval(&name.value, written, pools, &mut calls, &mut charges);
        let guardrails = self.guardrails(written, &mut charges);
        let direct = self.direct(&name.value, written, pools, &mut calls);
        let (choice, fallback, retrieval, guardrails) = (choice?, fallback?, retrieval?, guardrails?);
        let work = Work { choice, fallback, retrieval, guardrails, ..work(written, direct?) };
        let max_tokens = calls.max_tokens();
        let own_caps = calls.called().any(|called| called.max_tokens.is_some());
        let (lanes, targets) = calls.into_parts();
        let mut traffic = self.traffic(&name.value, &written.traffic);
        let prompt = self.prompt(written, &mut traffic);
        let client = self.caller(&name.value, written);
        let app = App {
            name: name.value.clone(),
            tags: written.tags.0.iter().map(|(key, value)| (key.value.clone(), value.as_str().to_owned())).collect(),
            lanes,
            targets,
            work: (work != Work::default()).then(|| Box::new(work)),
            meters: charges.meters,
            standing: charges.standing,
            max_tokens,
            max_tokens_unset: !own_caps && max_tokens > 0 && !traffic.brings_max_tokens(),
            client,
            prompt,
            traffic,
        };
        self.find_calls_that_never_fit(&app, pools);
        self.find_larger_pools(&app, pools);
        self.extend(name, &app);
        Some(app)
    }

    /// A model that has reached the end of its life answers nothing.
    pub(super) fn alive(&mut self, id: &Located<String>, model: &Model) {
        let ended = model.lifecycle.as_ref().and_then(|life| life.end_of_life).filter(|end| *end <= self.start);
        if let Some(end) = ended {
            let message = format!("{} reached the end of its life on {end}: its calls fail", model.name);
            let problem = Problem::new(id.place.clone(), message).help("choose another model, or an earlier start");
            self.problems.add(problem.code(Code::EndOfLife));
        }
    }

    pub(super) fn model(&mut self, id: &'a Located<String>, region: &str) -> Option<Resolved<'a>> {
        let book = self.book;
        let unknown = match book.resolve(&id.value) {
            Ok(found) => return Some(found),
            Err(unknown) => unknown,
        };
        if let Some(problem) = self.unknown_prefix(id, region) {
            self.problems.add(problem);
            return None;
        }
        let by_key = book.model(&id.value).map(|model| format!("write its id, `{}`, or a profile's", model.id));
        let known: Vec<&str> = unknown.known.iter().map(String::as_str).collect();
        match by_key {
            Some(help) => self.problems.with_help(&id.place, format!("`{}` is not a model id", id.value), help),
            None => self.problems.unknown(&id.place, "model", &id.value, &known),
        }
        None
    }

    /// What calls ask for when they do not say: the model's maximum, as Bedrock does.
    pub(super) fn max_tokens(&mut self, called: &Called<'_>, model: &Model) -> Option<u32> {
        let most = model.max_output.as_ref().map_or(Tokens(0), |limit| limit.tokens);
        match called.max_tokens {
            Some(asked) if asked.value.get() > most.0 => {
                let message = format!("{} writes at most {most} tokens", model.name);
                self.problems.with_help(&asked.place, message, format!("write `max_tokens: {}` or less", most.0));
                None
            }
            Some(asked) => u32::try_from(asked.value.get()).ok(),
            None => u32::try_from(most.0).ok(),
        }
    }

    /// The rate in effect at the start, then each later one from its UTC midnight on.
    pub(super) fn burndown(&mut self, model: &Model) -> Burndown {
        let mut rates = vec![(SimTime(0), model.burndown_on(self.start).map_or(1, |row| row.times))];
        let later = model.burndown.iter().filter(|row| row.from > self.start);
        rates.extend(later.map(|row| (SimTime(self.until(row.from)), row.times)));
        if let Some(row) = model.burndown_on(self.start) {
            let source = Some(row.provenance.title.clone());
            let note =
                "output tokens count so many times against the quota when a call settles; billing is not affected";
            self.assume(format!("burndown of {}", model.name), format!("{}x", row.times), note, source);
        }
        Burndown::new(rates)
    }

    /// Calls whose trace brings their `max_tokens` may ask for less than the application's.
    fn find_calls_that_never_fit(&mut self, app: &App, pools: &Pools) {
        if app.traffic.brings_max_tokens() {
            return;
        }
        for target in app.targets() {
            let prompt = if target.writes() { app.prompt.as_ref().map_or(0, Prompt::tokens) } else { 0 };
            let smallest = u64::from(target.max_tokens) + u64::from(prompt);
            let mut limits = pools.limits(target.last().pool);
            let too_small = limits.find(|limit| limit.measure == Measure::Tokens && limit.amount <= smallest);
            self.findings.extend(too_small.map(|limit| never_fits(app, &target, smallest, limit)));
        }
    }
}

fn never_fits(app: &App, target: &TargetView<'_>, smallest: u64, limit: &Limit) -> Finding {
    let of = if app.targets.is_empty() { String::new() } else { format!(" to {}", target.name) };
    Finding {
        code: Code::ReservationLargerThanQuota,
        severity: Severity::Error,
        message: format!(
            "no call of `{}`{of} can ever be admitted: each reserves its input and max_tokens, at least {} tokens, and the limit is {} {}",
            app.name,
            Tokens(smallest),
            Tokens(limit.amount),
            limit.name().replace('_', " ")
        ),
        place: format!("apps.{}.max_tokens", app.name),
        advice: Some("lower max_tokens".to_owned()),
    }
}
