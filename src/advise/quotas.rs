//! Findings about quotas that nobody has confirmed.

use crate::bedrock::quota::{Limit, Measure};
use crate::codes::Code;
use crate::plan::{Finding, Plan, Pool, Severity};
use crate::sim::{AppRecord, DAY_MINUTES, Run, steps};
use crate::units::{Micros, Tokens};

/// Pools that run on a default, each with how much of it the busiest period asked for; those that nothing asked for
/// are left out.
pub(super) fn unverified(plan: &Plan, run: &Run) -> Vec<Finding> {
    let pools = plan.pools.iter().enumerate().filter(|(_, pool)| plan.unverified.contains(&pool.id));
    pools.filter_map(|(number, pool)| finding(plan, run, number, pool)).collect()
}

fn finding(plan: &Plan, run: &Run, number: usize, pool: &Pool) -> Option<Finding> {
    let limits = Pool::limits_among(&plan.pools, number).zip(&pool.limits);
    let limits = limits.filter(|(_, limit)| limit.amount != Limit::NONE);
    let (at, limit) = limits.min_by_key(|(_, limit)| (limit.measure != Measure::Tokens, limit.period))?;
    let day = limit.period == Micros::DAY;
    let peak = busiest(plan, run, at, if day { DAY_MINUTES } else { 1 });
    if peak == 0 {
        return None;
    }
    let percent = 100.0 * peak as f64 / limit.amount as f64;
    let Limit { amount, .. } = *limit;
    Some(Finding {
        code: Code::QuotaDefaultUnverified,
        severity: Severity::Info,
        message: format!(
            "{} runs on AWS's default of {} {}, which nobody has confirmed for this account; new accounts often have less. The \
             busiest {} asks for {} tokens, {percent:.1}% of it: with a smaller quota than that, calls are throttled",
            pool.id,
            Tokens(amount),
            limit.name().replace('_', " "),
            if day { "day" } else { "minute" },
            Tokens(peak)
        ),
        place: match day {
            true => "account.tokens_per_day".to_owned(),
            false => format!("account.quotas ({})", pool.id),
        },
        advice: Some("write the quota that the Service Quotas console shows, even when it is the same".to_owned()),
    })
}

/// The most tokens that attempts on one limit ask for in a period of so many minutes.
fn busiest(plan: &Plan, run: &Run, limit: usize, minutes: usize) -> u64 {
    let lanes = plan.apps.iter().zip(&run.apps).flat_map(|(app, record)| {
        let lanes = app.lanes.iter().enumerate();
        lanes.filter(|(_, lane)| lane.route.tokens.contains(&limit)).map(|(number, _)| record.lane(number))
    });
    let rows = AppRecord::together(lanes);
    let sums = steps(plan.start, rows.len(), minutes).map(|step| rows[step].iter().map(|row| row.offered).sum());
    sums.max().unwrap_or(0)
}
