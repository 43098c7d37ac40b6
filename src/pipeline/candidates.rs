//! A purchase at work: the scenario run with bought capacity first and the quota behind it.

use crate::bedrock::quota::{Limit, Measure, Route};
use crate::bedrock::term::Term;
use crate::breakeven::on_demand;
use crate::ledger::{Outcome, bill, run_and_price_tasks};
use crate::plan::{Access, Lane, Plan, Pool, Purchase};
use crate::report::breakeven::SpillRun;
use crate::traffic::{Arrivals, Progress, TraceError, TraceFiles};
use crate::units::Micros;

/// Capacity to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Units, or input and output in thousands of tokens per minute: as the reader will see it.
    pub(super) bought: [u64; 2],
    /// Input tokens per minute of all that is bought.
    pub(super) input_tpm: u64,
    /// Output tokens per minute of all that is bought.
    pub(super) output_tpm: u64,
}

/// Runs the plan with bought capacity for some of its apps, which go to their quota where that has no room;
/// what the others do stays as it is.
pub(super) fn at_candidate(
    plan: &Plan,
    apps: &[usize],
    candidate: Candidate,
    seed: u64,
    files: &dyn TraceFiles,
    progress: &Progress,
) -> Result<SpillRun, TraceError> {
    let plan = with_capacity(plan, apps, candidate);
    let mut arrivals = Arrivals::new(&plan, seed, files);
    let (run, task_costs) = run_and_price_tasks(&plan, seed, progress.watch(&mut arrivals));
    if let Some(failure) = arrivals.failure() {
        return Err(failure.clone());
    }
    let outcome = Outcome::new(&run, &bill(&plan, &run), task_costs);
    let own = || apps.iter().map(|app| &outcome.apps[*app]);
    Ok(SpillRun {
        bought: candidate.bought,
        requests: own().map(|totals| totals.arrivals).sum(),
        throttled: own().map(|totals| totals.throttled_calls).sum(),
        gave_up: own().map(|totals| totals.gave_up).sum(),
        spill: own().map(|totals| totals.cost).sum(),
    })
}

/// The same plan with a pool of bought capacity before the quota of some apps. Without capacity they have
/// their quota alone, whatever the scenario buys.
fn with_capacity(plan: &Plan, apps: &[usize], candidate: Candidate) -> Plan {
    let mut plan = plan.clone();
    let (pool, first) = (plan.pools.len(), plan.limits().count());
    let limit = |measure, amount| Limit { measure, amount, period: Micros::MINUTE };
    let mut limits = Vec::new();
    if candidate.input_tpm > 0 || candidate.output_tpm > 0 {
        limits.push(limit(Measure::InputTokens, candidate.input_tpm));
        limits.push(limit(Measure::OutputTokens, candidate.output_tpm));
    }
    for number in apps {
        let app = &mut plan.apps[*number];
        let Some(quota) = on_demand(app).cloned() else { continue };
        let route = Route { requests: Vec::new(), tokens: vec![first], output: Some(first + 1) };
        let bought = Lane { pool, route, access: Access::Purchased, ..quota.clone() };
        let own = if limits.is_empty() { vec![quota] } else { vec![bought, quota] };
        let before = app.target(0).range;
        for later in app.targets.iter_mut().skip(1) {
            later.first_lane = later.first_lane - before.end + own.len();
        }
        app.lanes.splice(before, own);
    }
    if !limits.is_empty() {
        let Candidate { input_tpm, output_tpm, .. } = candidate;
        // What it costs is known already, to the last unit: the run is there for what it leaves over.
        let sku = "candidate".to_owned();
        let purchase = Purchase { sku: sku.clone(), term: Term::None, input_tpm, output_tpm, fees: Vec::new() };
        plan.pools.push(Pool { id: sku, limits, changes: Vec::new(), purchase: Some(purchase) });
    }
    plan
}
