//! The bill of one run of a variant: under the scenario's own seed, or where its cost stands among the replications.

use super::{NoAnswer, Prepared};
use crate::forecast;
use crate::histogram::nearest_rank;
use crate::plan::Plan;
use crate::report::compose::export;
use crate::report::export::{Export, Percentile};
use crate::rng::replication_seed;
use crate::traffic::{Progress, TraceError, TraceFiles};
use crate::units::Micros;

impl Prepared {
    /// The simulated time that `export` will pass through.
    #[must_use]
    pub fn work_of_export(&self, percentiles: &[Percentile]) -> Micros {
        let ranked = if percentiles.is_empty() { 1 } else { self.base.replications.get() };
        Micros(self.span.0.saturating_mul(ranked.saturating_add(percentiles.len() as u64)))
    }

    /// The run of a variant under the scenario's own seed; with percentiles, for each of them the replication whose
    /// total cost stands there, run again: its lines sum to that cost.
    ///
    /// # Errors
    /// When there is no such variant, or nothing to rank; when a trace can no longer be read to its end.
    pub fn export(
        &self,
        variant: &str,
        percentiles: &[Percentile],
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Vec<Export>, NoAnswer> {
        let (name, plan) = self.variant(variant)?;
        if percentiles.is_empty() {
            return Ok(vec![self.export_of(name, plan, 0, None, files, progress)?]);
        }
        if self.base.replications.get() < 2 {
            let message = "a percentile is one of several runs, and the scenario has one\nhelp: give it `replications: \
                           20` or more, or leave `--percentile` out";
            return Err(NoAnswer::NotThere(message.to_owned()));
        }
        let ranking = self.ranking(plan, files, progress).map_err(NoAnswer::Trace)?;
        let of_one = |percentile: &Percentile| {
            let rank = nearest_rank(ranking.len() as u64, percentile.per_thousand()).max(1);
            self.export_of(name, plan, ranking[rank as usize - 1], Some(*percentile), files, progress)
        };
        percentiles.iter().map(of_one).collect()
    }

    /// The numbers of the replications, the cheapest first; of equal costs, the earlier one.
    fn ranking(&self, plan: &Plan, files: &dyn TraceFiles, progress: &Progress) -> Result<Vec<u64>, TraceError> {
        let first = self.run_one("", plan, self.base.seed, files, progress)?.outcome;
        let others = forecast::replicate(plan, self.base.seed, self.base.replications.get(), files, progress)?;
        let outcomes = std::iter::once(&first).chain(&others);
        let mut costs: Vec<_> = outcomes.map(|outcome| outcome.all.cost).zip(0..).collect();
        costs.sort_unstable();
        Ok(costs.into_iter().map(|(_, number)| number).collect())
    }

    fn export_of(
        &self,
        name: &str,
        plan: &Plan,
        replication: u64,
        percentile: Option<Percentile>,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Export, NoAnswer> {
        let seed = replication_seed(self.base.seed, replication);
        let one = self.run_one(name, plan, seed, files, progress).map_err(NoAnswer::Trace)?;
        Ok(export(&self.question(), &one, seed, percentile))
    }
}
