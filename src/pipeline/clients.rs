//! What would each mode of an SDK make of it? The scenario as written and four others, on the same draws.

use super::Prepared;
use super::why::{NoAnswer, not_there};
use crate::client::{Mode, Policy, Sdk};
use crate::plan::Plan;
use crate::report::clients::{AS_WRITTEN, Clients, compose};
use crate::report::compose::Evaluated;
use crate::traffic::{Progress, TraceError, TraceFiles};
use crate::units::Micros;
use rayon::prelude::*;

/// The modes that are tried, as the newest botocore ships them.
const TRIED: [(&str, Mode); 4] =
    [("legacy", Mode::Legacy), ("standard", Mode::Standard), ("adaptive", Mode::Adaptive), ("no retries", Mode::Off)];

impl Prepared {
    /// The simulated time that `compare_clients` will pass through.
    #[must_use]
    pub fn work_of_clients(&self) -> Micros {
        Micros(self.span.0.saturating_mul(TRIED.len() as u64 + 1))
    }

    /// The scenario as written and with each mode for all its apps, or for one; its variants play no part.
    ///
    /// # Errors
    /// When there is no such app, or a trace can no longer be read to its end.
    pub fn compare_clients(
        &self,
        app: Option<&str>,
        files: &dyn TraceFiles,
        progress: &Progress,
    ) -> Result<Clients, NoAnswer> {
        let base = &self.plans[0].1;
        let names: Vec<&str> = base.apps.iter().map(|app| app.name.as_str()).collect();
        if let Some(app) = app.filter(|app| !names.contains(app)) {
            return Err(not_there("app", app, &names));
        }
        let tried = TRIED.map(|(name, mode)| (name, with_policy(base, app, &Policy::of(Sdk::DEFAULT, mode))));
        let written = std::iter::once((AS_WRITTEN, base.clone()));
        let plans: Vec<(&str, Plan)> = written.chain(tried).collect();
        let run = plans.par_iter().map(|(name, plan)| self.run_one(name, plan, self.base.seed, files, progress));
        let run: Result<Vec<Evaluated<'_>>, TraceError> = run.collect();
        Ok(compose(&self.question(), app, Sdk::DEFAULT, &run.map_err(NoAnswer::Trace)?))
    }
}

/// Who sends batches does not retry; timeouts and the number of clients stay as they are.
fn with_policy(base: &Plan, app: Option<&str>, policy: &Policy) -> Plan {
    let mut plan = base.clone();
    let chosen = plan.apps.iter_mut().filter(|one| !one.is_batch() && app.is_none_or(|app| app == one.name));
    chosen.for_each(|app| app.client.policy = policy.clone());
    plan
}
