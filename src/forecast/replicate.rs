//! Running a plan under many seeds.

use crate::ledger::{Outcome, bill};
use crate::plan::Plan;
use crate::rng::replication_seed;
use crate::sim;
use crate::traffic::{Arrivals, TraceError, TraceFiles};
use rayon::prelude::*;

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
    Ok(Outcome::new(&run, &bill(plan, &run)))
}
