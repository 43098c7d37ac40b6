//! Findings about quota and `max_tokens`.

use crate::ledger::Totals;
use crate::plan::{App, Finding, Plan, Severity};
use crate::sim::{AppRecord, Run};
use crate::units::Tokens;

/// Reservations this many times the tokens that calls end up being charged are worth a finding.
const OVERSIZED: u64 = 4;

/// `max_tokens` far above what is written: quota is held that is never used.
pub(super) fn oversized_max_tokens(app: &App, totals: &Totals) -> Option<Finding> {
    let mean_output = totals.tokens.output.checked_div(totals.served)?;
    let mean_input = totals.tokens.uncached_input / totals.served;
    let reserved = mean_input + u64::from(app.max_tokens);
    let used = mean_input + mean_output;
    if reserved < used.max(1) * OVERSIZED {
        return None;
    }
    let (max_tokens, reserved_times) = (Tokens(app.max_tokens.into()), reserved / used.max(1));
    Some(Finding {
        code: "max-tokens-oversized",
        severity: Severity::Warning,
        message: format!(
            "a call of `{}` reserves {} tokens (mean input {} + max_tokens {max_tokens}) and uses {}: {reserved_times} times as much \
             quota is held while it runs as it needs",
            app.name,
            Tokens(reserved),
            Tokens(mean_input),
            Tokens(used),
        ),
        place: format!("apps.{}.max_tokens", app.name),
        advice: Some("set max_tokens a little above the longest answer that you expect".to_owned()),
    })
}

/// Answers were cut short.
pub(super) fn truncated(app: &App, totals: &Totals) -> Option<Finding> {
    (totals.truncated > 0).then(|| Finding {
        code: "answers-truncated",
        severity: Severity::Warning,
        message: format!(
            "{} of {} answers of `{}` were cut at max_tokens {}; they are billed and of little use",
            Tokens(totals.truncated),
            Tokens(totals.served),
            app.name,
            Tokens(app.max_tokens.into())
        ),
        place: format!("apps.{}.max_tokens", app.name),
        advice: Some("raise max_tokens, or ask for shorter answers".to_owned()),
    })
}

/// Inputs that the model would refuse.
pub(super) fn beyond_context(app: &App, record: &AppRecord) -> Option<Finding> {
    let context = app.context?;
    (u64::from(record.max_input) > context.0).then(|| Finding {
        code: "input-beyond-context",
        severity: Severity::Error,
        message: format!(
            "the largest input of `{}` is {} tokens; the model takes {context}. Bedrock would refuse such calls; they are simulated \
             and billed here as if it did not",
            app.name,
            Tokens(record.max_input.into())
        ),
        place: format!("apps.{}.traffic", app.name),
        advice: Some("shorten the inputs, or choose a model with a larger context".to_owned()),
    })
}

/// Limits that refused attempts, one finding a limit.
pub(super) fn throttled(plan: &Plan, run: &Run) -> Vec<Finding> {
    let limits = plan.pools.iter().flat_map(|pool| pool.limits.iter().map(move |limit| (pool, limit)));
    let refused = limits.zip(&run.refusals).filter(|(_, count)| **count > 0);
    let finding = |((pool, limit), count): ((&crate::plan::Pool, &crate::bedrock::quota::Limit), &u64)| Finding {
        code: "throttled",
        severity: Severity::Warning,
        message: format!(
            "{} attempts were refused by the limit of {} {} of {}",
            Tokens(*count),
            Tokens(limit.amount),
            limit.name().replace('_', " "),
            pool.id
        ),
        place: "account.quotas".to_owned(),
        advice: Some("lower max_tokens, spread the peak, use another profile, or ask AWS for an increase".to_owned()),
    };
    refused.map(finding).collect()
}
