//! From what was written to what can be run: every problem is found here, all at once.

mod account;
mod app;
mod around;
mod bare;
mod called;
mod caller;
mod capacity;
mod chargeback;
mod elsewhere;
mod extent;
mod lanes;
mod pools;
mod profile;
mod prompt;
mod refuse;
mod rules;
mod service;
mod targets;
mod trace;
mod traffic;
mod work;

use super::{Assumption, Finding, Plan};
use crate::document::Problems;
use crate::pricing::PriceBook;
use crate::scenario::Scenario;
use extent::Extent;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pools::Pools;

/// Resolves the names of a scenario against a price book.
///
/// # Errors
/// Every name that the book does not know, every SKU without a price, every limit of a model that the
/// scenario exceeds.
pub fn bind(scenario: &Scenario, book: &PriceBook) -> Result<Plan, Problems> {
    let mut binding = Binding {
        scenario,
        book,
        start: scenario.start.0.to_zoned(TimeZone::UTC).date(),
        problems: Problems::default(),
        assumptions: Vec::new(),
        findings: Vec::new(),
        unverified: Vec::new(),
        extent: Extent::default(),
    };
    binding.assume_window();
    binding.check_quotas();
    binding.check_capacity();
    let mut pools = Pools::default();
    let apps: Vec<_> = scenario.apps.0.iter().map(|(name, app)| binding.app(name, app, &mut pools)).collect();
    binding.capacity_is_paid(&mut pools);
    let chargeback = binding.chargeback();
    let apps: Option<Vec<_>> = apps.into_iter().collect();
    let elsewhere = apps.as_ref().map_or_else(Vec::new, |apps| binding.elsewhere(apps));
    let (Some(apps), true) = (apps, binding.problems.is_empty()) else { return Err(binding.problems) };
    Ok(Plan {
        start: scenario.start.0,
        horizon: scenario.horizon.map(|horizon| horizon.0),
        window: scenario.account.window,
        rules: binding.rules(),
        pools: pools.into_pools(),
        apps,
        chargeback,
        elsewhere,
        assumptions: binding.assumptions,
        findings: binding.findings,
        unverified: binding.unverified,
    })
}

/// A scenario on its way to a plan.
struct Binding<'a> {
    scenario: &'a Scenario,
    book: &'a PriceBook,
    /// The UTC day of the scenario's start.
    start: Date,
    problems: Problems,
    assumptions: Vec<Assumption>,
    findings: Vec<Finding>,
    /// Pools that run on a default of the price book.
    unverified: Vec<String>,
    extent: Extent,
}

impl Binding<'_> {
    fn assume(&mut self, name: impl Into<String>, value: impl Into<String>, note: &str, source: Option<String>) {
        let assumption = Assumption { name: name.into(), value: value.into(), note: note.to_owned(), source };
        if !self.assumptions.contains(&assumption) {
            self.assumptions.push(assumption);
        }
    }

    fn assume_window(&mut self) {
        let window = self.scenario.account.window;
        self.assume(
            "how a minute of quota is cut",
            window.name().replace('_', " "),
            "AWS does not document it; `tokencast run --windows` shows clock_minute, sliding_minute and token_bucket side \
             by side and says whether the answer depends on it",
            None,
        );
        self.assume(
            "reservation and charge",
            "input + max_tokens, then input + output x burndown",
            "the reservation is not multiplied by the burndown rate; a charge above it is owed",
            Some("Amazon Bedrock User Guide, How tokens are counted in Amazon Bedrock".to_owned()),
        );
        self.assume("a month", "730 hours", "cost.month is the cost of the simulated period scaled to it", None);
    }
}

#[cfg(test)]
mod tests;
