//! From a study to the view model.

use super::model::{Breakeven, Subject};
use super::{BreakevenPages, chart, terms};
use crate::breakeven::{Demand, Provisioned, Reserved};
use crate::ledger::per_month;
use crate::plan::Finding;
use crate::report::compose::{Question, findings_of};
use crate::report::model::{Cost, Period, SCHEMA_VERSION, Share, Tool};
use crate::report::money::Money;
use crate::units::Usd;

/// Traffic that can share what is bought, with everything that is known of buying for it.
#[derive(Debug)]
pub struct Studied {
    /// The pool.
    pub pool: String,
    /// Its apps.
    pub apps: Vec<String>,
    /// Their traffic.
    pub demand: Demand,
    /// Provisioned throughput, when it has a price.
    pub provisioned: Option<Provisioned>,
    /// The reserved tier, when it has a price.
    pub reserved: Option<Reserved>,
    /// Runs of the purchases that are compared, of units and of reservations, the smallest first.
    pub runs: [Vec<SpillRun>; 2],
}

/// What a run shows whose calls go to bought capacity first and then to the quota on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpillRun {
    /// Units; or input and output in thousands of tokens per minute.
    pub bought: [u64; 2],
    /// Calls.
    pub requests: u64,
    /// Calls that were refused at least once, there being room in neither.
    pub throttled: u64,
    /// Calls whose last attempt was refused.
    pub gave_up: u64,
    /// What the answered calls beside the capacity cost on demand.
    pub spill: Usd,
}

/// Composes the answer; `without_price` are the pools for which nothing can be bought.
#[must_use]
pub fn compose(
    question: &Question<'_>,
    start: jiff::Timestamp,
    studied: &[Studied],
    without_price: Vec<String>,
    findings: &[Finding],
) -> BreakevenPages {
    let span = studied.iter().map(|one| one.demand.span).max().unwrap_or_default();
    let breakeven = Breakeven {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        scenario: question.scenario(),
        price_book: question.price_book(),
        seed: question.seed,
        period: Period::of(start, span),
        subjects: studied.iter().map(subject).collect(),
        without_price,
        findings: findings_of(findings),
    };
    BreakevenPages { breakeven, charts: chart::charts(studied) }
}

fn subject(studied: &Studied) -> Subject {
    let (mix, demand) = (studied.demand.mix(), &studied.demand);
    let provisioned = studied.provisioned.as_ref().map(|found| terms::provisioned(found, demand, &studied.runs[0]));
    let reserved = studied.reserved.as_ref().map(|found| terms::reserved(found, demand, &studied.runs[1]));
    Subject {
        pool: studied.pool.clone(),
        apps: studied.apps.clone(),
        input_tokens: mix.input,
        output_tokens: mix.output,
        busy: Share { part: busy_minutes(demand), whole: demand.minutes.len() as u64 },
        on_demand: cost(mix.cost, per_month(mix.cost, demand.span)),
        offers: provisioned.into_iter().chain(reserved).collect(),
    }
}

/// Minutes with a call that has tokens.
pub(super) fn busy_minutes(demand: &Demand) -> u64 {
    demand.minutes.iter().filter(|minute| minute.input + minute.output > 0).count() as u64
}

pub(super) fn cost(total: Usd, month: Usd) -> Cost {
    Cost { total: money(total), month: money(month) }
}

pub(super) fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}
