//! What a run shows about its plan: findings, each with a way out. Does not know how they are shown.

mod caching;
mod capacity;
mod life;
mod prices;
mod quotas;
mod retries;
mod storms;
mod tasks;
mod timeouts;

use crate::ledger::Outcome;
use crate::plan::{Finding, Plan};
use crate::sim::Run;

/// The findings of a plan and of its run.
#[must_use]
pub fn findings(plan: &Plan, run: &Run, outcome: &Outcome) -> Vec<Finding> {
    let mut findings = plan.findings.clone();
    for (app, planned) in plan.apps.iter().enumerate() {
        let (record, totals) = (&run.apps[app], &outcome.apps[app]);
        findings.extend(capacity::oversized_max_tokens(plan, planned, record));
        findings.extend(capacity::truncated(planned, totals));
        findings.extend(capacity::beyond_context(planned, record));
        findings.extend(timeouts::cut_off(planned, totals));
        findings.extend(retries::abandoned(planned, totals));
        findings.extend(retries::cut(planned, totals));
        findings.extend(caching::useless(plan, planned, record));
        findings.extend(life::ending(plan, planned, record));
        if let Some(tasks) = &record.tasks {
            findings.extend(tasks::line_grows(planned, tasks, run));
            findings.extend(tasks::dead_letters(planned, tasks));
            findings.extend(tasks::hidden_tokens(planned, tasks));
        }
    }
    findings.extend(storms::storms(plan, run));
    findings.extend(capacity::throttled(plan, run));
    findings.extend(quotas::unverified(plan, run));
    findings.extend(prices::stale(plan));
    findings
}
