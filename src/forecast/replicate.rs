//! Running a plan under many seeds.

use crate::ledger::{Totals, bill};
use crate::plan::Plan;
use crate::rng::replication_seed;
use crate::sim;
use crate::traffic::{Arrivals, TraceError, TraceFiles};
use crate::units::Usd;
use jiff::civil::Date;
use rayon::prelude::*;

/// What one replication came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// All applications together.
    pub all: Totals,
    /// Each application, in the order of the plan.
    pub apps: Vec<Totals>,
    /// The cost of each UTC day, ascending.
    pub days: Vec<(Date, Usd)>,
}

/// Runs `replications` seeds; the first is the scenario's own.
///
/// # Errors
/// When a trace can no longer be read.
pub fn replicate(
    plan: &Plan,
    seed: u64,
    replications: u32,
    files: &dyn TraceFiles,
) -> Result<Vec<Outcome>, TraceError> {
    (0..replications).into_par_iter().map(|number| outcome(plan, replication_seed(seed, number), files)).collect()
}

fn outcome(plan: &Plan, seed: u64, files: &dyn TraceFiles) -> Result<Outcome, TraceError> {
    let mut arrivals = Arrivals::new(plan, seed, files);
    let run = sim::run(plan, seed, &mut arrivals);
    if let Some(failure) = arrivals.failure() {
        return Err(failure.clone());
    }
    let bill = bill(plan, &run);
    let apps = (0..plan.apps.len()).map(|app| Totals::of_app(&run, &bill, app)).collect();
    Ok(Outcome { all: Totals::of_run(&run, &bill), apps, days: bill.by_day() })
}
