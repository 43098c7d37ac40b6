//! Running a plan under many seeds.

use crate::ledger::{Outcome, bill, run_and_price_tasks};
use crate::plan::Plan;
use crate::rng::replication_seed;
use crate::traffic::{Arrivals, Progress, TraceError, TraceFiles};
use rayon::prelude::*;

/// Runs every replication but the first, which is the scenario's own seed, up to `replications` in all.
///
/// # Errors
/// When a trace can no longer be read.
pub fn replicate(
    plan: &Plan,
    seed: u64,
    replications: u64,
    files: &dyn TraceFiles,
    progress: &Progress,
) -> Result<Vec<Outcome>, TraceError> {
    let seeds = (1..replications).into_par_iter().map(|number| replication_seed(seed, number));
    seeds.map(|seed| outcome(plan, seed, files, progress)).collect()
}

fn outcome(plan: &Plan, seed: u64, files: &dyn TraceFiles, progress: &Progress) -> Result<Outcome, TraceError> {
    let mut arrivals = Arrivals::new(plan, seed, files);
    let (run, task_costs) = run_and_price_tasks(plan, seed, progress.watch(&mut arrivals));
    if let Some(failure) = arrivals.failure() {
        return Err(failure.clone());
    }
    Ok(Outcome::new(&run, &bill(plan, &run), task_costs))
}
