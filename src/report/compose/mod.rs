//! From results to the view model: nothing is computed here that a reader could doubt.

mod app;
mod bill;
mod caching;
mod capacity;
mod chargeback;
mod charts;
mod export;
mod outlook;
mod pool;
mod spread;
mod timeline;
mod variant;
mod work;

pub use export::export;
pub(super) use outlook::findings as findings_of;
pub(super) use variant::totals_of;

use super::model::{Pages, Period, PriceBook, Report, SCHEMA_VERSION, Scenario, Tool};
use crate::budget::{Evidence, Verdict};
use crate::ledger::{Bill, Outcome};
use crate::plan::{Finding, Plan};
use crate::sim::Run;

/// One variant with everything that is known of it.
pub struct Evaluated<'a> {
    /// Its name; the scenario as written is `base`.
    pub name: &'a str,
    /// What was run.
    pub plan: &'a Plan,
    /// The run under the scenario's own seed.
    pub run: Run,
    /// Its bill.
    pub bill: Bill<'a>,
    /// Its totals.
    pub outcome: Outcome,
    /// The outcomes of all replications, this one first; empty without replications.
    pub replications: Vec<Outcome>,
}

impl Evaluated<'_> {
    /// What its limits are held against.
    #[must_use]
    pub fn evidence(&self) -> Evidence<'_> {
        Evidence { plan: self.plan, run: &self.run, outcome: &self.outcome, replications: &self.replications }
    }
}

/// What was asked, and under which prices.
pub struct Question<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// What it is about.
    pub about: Option<&'a str>,
    /// SHA-256 of the scenario file.
    pub sha256: String,
    /// The seed.
    pub seed: u64,
    /// SHA-256 of the price book.
    pub book_sha256: String,
    /// The day on which the price book was last checked.
    pub book_as_of: Option<jiff::civil::Date>,
}

impl Question<'_> {
    /// The scenario, as every report names it.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        let (name, about) = (self.name.to_owned(), self.about.map(str::to_owned));
        Scenario { name, about, sha256: self.sha256.clone() }
    }

    /// The price book, as every report names it.
    #[must_use]
    pub fn price_book(&self) -> PriceBook {
        let as_of = self.book_as_of.map_or_else(String::new, |day| day.to_string());
        PriceBook { sha256: self.book_sha256.clone(), as_of }
    }
}

/// Composes everything that is shown of a scenario; the first variant is the scenario as written.
#[must_use]
pub fn compose(
    question: &Question<'_>,
    variants: &[Evaluated<'_>],
    verdicts: &[Verdict],
    findings: &[Finding],
) -> Pages {
    let first = variants.first();
    let report = Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        scenario: question.scenario(),
        price_book: question.price_book(),
        seed: question.seed,
        period: first.map_or_else(Period::default, |base| Period::of(base.plan.start, base.run.span())),
        variants: variant::variants(variants),
        forecast: first.and_then(|base| outlook::forecast(base, verdicts)),
        budgets: verdicts.iter().map(outlook::budget).collect(),
        findings: outlook::findings(findings),
        assumptions: first.map_or_else(Vec::new, |base| outlook::assumptions(base.plan)),
    };
    Pages {
        report,
        timeline: variants.iter().flat_map(timeline::rows).collect(),
        days: variants.iter().flat_map(bill::days).collect(),
        charts: charts::charts(variants),
    }
}
