//! The sentence that the program is: parse, bind, simulate, bill, judge, compose.

mod bids;
mod breakeven;
mod candidates;
mod clients;
mod export;
mod readings;
mod rules;
mod traces;
mod why;
mod windows;

pub use bids::Ask;
pub use breakeven::Unanswered;

use crate::budget::judge;
use crate::codes::Code;
use crate::document::{Problem, Problems, Source};
use crate::ledger::{Outcome, bill, run_and_price_tasks};
use crate::plan::{Finding, Plan, Pool, Severity, bind};
use crate::pricing::PriceBook;
use crate::report::compose::{Evaluated, Question, compose};
use crate::report::model::Pages;
use crate::scenario::{Scenario, ScenarioFile};
use crate::traffic::{Arrivals, Progress, TraceError, TraceFiles};
use crate::units::{Micros, Tokens};
use crate::{advise, forecast, scenario};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::Arc;

pub use why::{Asked, NoAnswer};

/// A scenario that was found good: nothing is left that could be refused.
pub struct Prepared {
    base: Scenario,
    plans: Vec<(String, Plan)>,
    sha256: String,
    book_sha256: String,
    book_as_of: Option<jiff::civil::Date>,
    span: Micros,
    all_windows: bool,
    all_rules: bool,
}

/// Why a scenario was refused.
#[derive(Debug, Default)]
pub struct Refused {
    /// Problems of the scenario, each with its place.
    pub scenario: Problems,
    /// Wrong lines of the traces that it names.
    pub traces: Vec<TraceError>,
}

impl Refused {
    fn is_empty(&self) -> bool {
        self.scenario.is_empty() && self.traces.is_empty()
    }
}

impl From<Problems> for Refused {
    fn from(scenario: Problems) -> Self {
        Self { scenario, ..Self::default() }
    }
}

/// Reads a scenario, resolves it against a price book, and reads its traces once.
///
/// # Errors
/// Every problem of the scenario and its variants; of a good scenario, every problem of its traces.
pub fn prepare(source: &Arc<Source>, book: &PriceBook, files: &dyn TraceFiles) -> Result<Prepared, Refused> {
    let (file, problems) = scenario::read(source);
    let Some(ScenarioFile { base, variants }) = file else { return Err(problems.into()) };
    let mut plans = bind_all(&base, &variants, book, problems)?;
    let scenarios = std::iter::once(&base).chain(variants.iter().map(|(_, scenario)| scenario));
    let traces::Surveyed { span, assumed } =
        traces::survey_all(scenarios.zip(plans.iter().map(|(_, plan)| plan)), files)?;
    plans.iter_mut().zip(assumed).for_each(|((_, plan), assumed)| plan.assumptions.extend(assumed));
    refuse_long_records(&base, &plans, span)?;
    Ok(Prepared {
        base,
        plans,
        sha256: hexadecimal(&Sha256::digest(&source.text)),
        book_sha256: book.sha256(),
        book_as_of: book.as_of(),
        span,
        all_windows: false,
        all_rules: false,
    })
}

/// The plans of all variants; `problems` are those of reading the file, so that names without a meaning
/// are reported beside keys without one.
fn bind_all(
    base: &Scenario,
    variants: &[(crate::document::Located<String>, Scenario)],
    book: &PriceBook,
    mut problems: Problems,
) -> Result<Vec<(String, Plan)>, Problems> {
    let named = variants.iter().map(|(name, scenario)| (name.value.as_str(), scenario));
    let bound =
        std::iter::once((ScenarioFile::BASE, base)).chain(named).map(|(name, scenario)| (name, bind(scenario, book)));
    let mut plans = Vec::new();
    for (name, plan) in bound {
        match plan {
            Ok(plan) => plans.push((name.to_owned(), plan)),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(plans) } else { Err(problems) }
}

/// Rows of one minute, application and variant that fit in the memory of a laptop.
const MOST_ROWS: u64 = 10_000_000;

fn refuse_long_records(base: &Scenario, plans: &[(String, Plan)], span: Micros) -> Result<(), Problems> {
    let minutes = |plan: &Plan| plan.horizon.unwrap_or(span).0 / Micros::MINUTE.0 * plan.apps.len() as u64;
    let rows: u64 = plans.iter().map(|(_, plan)| minutes(plan)).sum();
    let (true, Some((first, _))) = (rows > MOST_ROWS, base.apps.0.first()) else { return Ok(()) };
    let message = format!(
        "{} minutes of all apps and variants are more than the {} that a run keeps",
        Tokens(rows),
        Tokens(MOST_ROWS)
    );
    Err(Problem::new(first.place.clone(), message).help("shorten `horizon`, or give fewer apps or variants").into())
}

impl Prepared {
    /// The name of the scenario, fit for a folder.
    #[must_use]
    pub fn name(&self) -> &str {
        self.base.name.as_str()
    }

    /// The longest simulated time of any variant.
    #[must_use]
    pub fn span(&self) -> Micros {
        self.span
    }

    /// The simulated time that `evaluate` will pass through.
    #[must_use]
    pub fn work(&self) -> Micros {
        let runs = self.plans.len() as u64 * self.base.replications.get().max(1);
        Micros(self.span.0.saturating_mul(runs))
    }

    /// Simulates, bills, judges and composes.
    ///
    /// # Errors
    /// When a trace can no longer be read to its end.
    pub fn evaluate(&self, files: &dyn TraceFiles, progress: &Progress) -> Result<Pages, TraceError> {
        let variants: Result<Vec<_>, _> =
            self.plans.par_iter().map(|(name, plan)| self.evaluate_one(name, plan, files, progress)).collect();
        let variants = variants?;
        let verdicts = judge(&self.base.budgets, &variants[0].evidence());
        let mut findings = findings(&variants);
        findings.extend(self.window_finding(&variants));
        findings.extend(self.rules_finding(&variants));
        findings.extend(self.unused_quotas());
        Ok(compose(&self.question(), &variants, &verdicts, &findings))
    }

    fn evaluate_one<'a>(
        &self,
        name: &'a str,
        plan: &'a Plan,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Evaluated<'a>, TraceError> {
        let mut one = self.run_one(name, plan, self.base.seed, files, progress)?;
        let seeds = self.base.replications.get();
        if seeds > 1 {
            let others = forecast::replicate(plan, self.base.seed, seeds, files, progress)?;
            one.replications = std::iter::once(one.outcome.clone()).chain(others).collect();
        }
        Ok(one)
    }

    /// A plan under a seed.
    fn run_one<'a>(
        &self,
        name: &'a str,
        plan: &'a Plan,
        seed: u64,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Evaluated<'a>, TraceError> {
        let mut arrivals = Arrivals::new(plan, seed, files);
        let (run, task_costs) = run_and_price_tasks(plan, seed, progress.watch(&mut arrivals));
        if let Some(failure) = arrivals.failure() {
            return Err(failure.clone());
        }
        let bill = bill(plan, &run);
        let outcome = Outcome::new(&run, &bill, task_costs);
        Ok(Evaluated { name, plan, run, bill, outcome, replications: Vec::new() })
    }

    /// Quotas of the scenario that no variant's calls draw from: most likely a slip of the pen.
    fn unused_quotas(&self) -> impl Iterator<Item = Finding> {
        let used = |id: &str| self.plans.iter().flat_map(|(_, plan)| &plan.pools).any(|pool| pool.id == id);
        let quotas = self.base.account.quotas.iter().map(|quota| &quota.value);
        let ids = quotas.map(|quota| Pool::id_of(&quota.model.value, quota.via, &quota.region.value));
        ids.filter(move |id| !used(id)).map(|id| Finding {
            code: Code::QuotaUnused,
            severity: Severity::Warning,
            message: format!("the quota of {id} is not used: no app calls that model in that way from that Region"),
            place: "account.quotas".to_owned(),
            advice: Some("compare its model, via and region with those of the apps".to_owned()),
        })
    }

    fn question(&self) -> Question<'_> {
        Question {
            name: self.base.name.as_str(),
            about: self.base.about.as_deref(),
            sha256: self.sha256.clone(),
            seed: self.base.seed,
            book_sha256: self.book_sha256.clone(),
            book_as_of: self.book_as_of,
        }
    }
}

/// The findings of the scenario as written, then those that only variants have: each once, with the numbers of the
/// first variant that has it and the names of the others.
fn findings(variants: &[Evaluated<'_>]) -> Vec<Finding> {
    let mut all: Vec<(Finding, Vec<&str>)> = Vec::new();
    for variant in variants {
        for found in advise::findings(variant.plan, &variant.run, &variant.outcome) {
            let same = |(known, _): &&mut (Finding, _)| (known.code, &known.place) == (found.code, &found.place);
            match all.iter_mut().find(same) {
                Some((_, names)) => names.push(variant.name),
                None => all.push((found, vec![variant.name])),
            }
        }
    }
    all.into_iter().map(|(found, names)| Finding { place: placed(&found.place, &names), ..found }).collect()
}

/// `apps.chat of variant a, and of b and c`; what the scenario as written has is everybody's.
fn placed(place: &str, names: &[&str]) -> String {
    match names {
        [ScenarioFile::BASE, ..] | [] => place.to_owned(),
        [only] => format!("{place} of variant {only}"),
        [first, others @ ..] => format!("{place} of variant {first}, and of {}", others.join(", ")),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
