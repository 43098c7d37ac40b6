//! Findings about quota and `max_tokens`.

use crate::bedrock::quota::{Limit, Measure};
use crate::codes::Code;
use crate::ledger::{Totals, of_target};
use crate::plan::{App, Finding, Plan, Pool, Severity, TargetView};
use crate::sim::{AppRecord, Run};
use crate::units::Tokens;

/// Reservations this many times the tokens that calls end up being charged are worth a finding.
const OVERSIZED: u64 = 4;

/// `max_tokens` unset, or far above what is written: quota is held that is never used.
pub(super) fn oversized_max_tokens(plan: &Plan, app: &App, record: &AppRecord) -> Vec<Finding> {
    let writing = app.targets().filter(TargetView::writes);
    writing.filter_map(|target| oversized(plan, app, &target, &of_target(app, record, &target))).collect()
}

fn oversized(plan: &Plan, app: &App, target: &TargetView<'_>, record: &AppRecord) -> Option<Finding> {
    let mean_input = record.usage().total_input().checked_div(record.sum(|row| row.served.into()))?;
    let asked = max_tokens_of_a_call(app, target, record, mean_input)?;
    let reserved = mean_input + asked;
    let needed = mean_input + u64::from(record.max_output);
    if !app.max_tokens_unset && reserved < needed.max(1) * OVERSIZED {
        return None;
    }
    let (code, cause) = match app.max_tokens_unset {
        true => (Code::MaxTokensUnset, "max_tokens is unset, so Bedrock takes the model's maximum"),
        false => (Code::MaxTokensFarAboveOutput, "max_tokens is far above the longest answer"),
    };
    let of = if app.targets.is_empty() { String::new() } else { format!("{}: ", target.name) };
    let fits = fits_at_once(plan, target, reserved, needed).unwrap_or_default();
    Some(Finding {
        code,
        severity: Severity::Warning,
        message: format!(
            "{of}{cause}: a call reserves {} tokens (mean input {} + {}) until it ends, and its longest answer was {} tokens.{fits}",
            Tokens(reserved),
            Tokens(mean_input),
            Tokens(asked),
            Tokens(record.max_output.into())
        ),
        place: format!("apps.{}.max_tokens", app.name),
        advice: Some("set max_tokens a little above the longest answer that you expect".to_owned()),
    })
}

/// What calls ask for: the target's `max_tokens`, or the mean of those that a trace brings.
fn max_tokens_of_a_call(app: &App, target: &TargetView<'_>, record: &AppRecord, mean_input: u64) -> Option<u64> {
    if !app.traffic.brings_max_tokens() {
        return Some(target.max_tokens.into());
    }
    let admitted = record.sum(|row| (row.attempts - row.throttled).into());
    let reserved = record.sum(|row| row.reserved).checked_div(admitted)?;
    Some(reserved.saturating_sub(mean_input))
}

/// How many calls the minute quota holds at once, as they are and as they could be.
fn fits_at_once(plan: &Plan, target: &TargetView<'_>, reserved: u64, needed: u64) -> Option<String> {
    let limits = &plan.pools[target.first().pool].limits;
    let limit = limits.iter().find(|limit| limit.is_tokens_of_a_minute())?.amount;
    let (now, then) = (Tokens(limit / reserved.max(1)), Tokens(limit / needed.max(1)));
    Some(format!(" {now} such calls fill {} tokens per minute; capped there, {then} would", Tokens(limit)))
}

/// Answers were cut short.
pub(super) fn truncated(app: &App, totals: &Totals) -> Option<Finding> {
    let one_cap = !app.traffic.brings_max_tokens() && app.targets().all(|target| target.max_tokens == app.max_tokens);
    (totals.truncated > 0).then(|| Finding {
        code: Code::AnswersTruncated,
        severity: Severity::Warning,
        message: format!(
            "{} of {} answers of `{}` were cut at max_tokens{}; they are billed and of little use",
            Tokens(totals.truncated),
            Tokens(totals.served),
            app.name,
            if one_cap { format!(" {}", Tokens(app.max_tokens.into())) } else { String::new() }
        ),
        place: format!("apps.{}.max_tokens", app.name),
        advice: Some("raise max_tokens, or ask for shorter answers".to_owned()),
    })
}

/// Inputs that the model would refuse.
pub(super) fn beyond_context(app: &App, record: &AppRecord) -> Vec<Finding> {
    app.targets().filter_map(|target| beyond(app, &target, &of_target(app, record, &target))).collect()
}

fn beyond(app: &App, target: &TargetView<'_>, record: &AppRecord) -> Option<Finding> {
    let context = target.first().context?;
    let model = if app.targets.is_empty() { "the model" } else { target.name };
    (u64::from(record.max_input) > context.0).then(|| Finding {
        code: Code::InputBeyondContext,
        severity: Severity::Error,
        message: format!(
            "the largest input of `{}` is {} tokens; {model} takes {context}. Bedrock would refuse such calls; they are simulated \
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
    let limits = plan.pools.iter().flat_map(|pool| pool.limits.iter().enumerate().map(move |limit| (pool, limit)));
    let refused = limits.zip(&run.refusals).filter(|(_, count)| **count > 0);
    refused.map(|((pool, (number, limit)), count)| refusals(pool, number, limit, *count)).collect()
}

fn refusals(pool: &Pool, number: usize, limit: &Limit, count: u64) -> Finding {
    let later = pool.changes.iter().filter(|change| change.limit == number && change.amount != Limit::NONE);
    let amounts: Vec<_> = Some(limit.amount).filter(|amount| *amount != Limit::NONE).into_iter().collect();
    let amounts = amounts.into_iter().chain(later.map(|change| change.amount)).map(|amount| Tokens(amount).to_string());
    let (place, advice) = match pool.purchase {
        None if limit.measure == Measure::Requests => {
            ("account.quotas", "spread the peak, use another profile, or ask AWS for an increase")
        }
        None => {
            ("account.quotas", "lower max_tokens, spread the peak, use another profile, or ask AWS for an increase")
        }
        Some(_) => ("account.provisioned", "buy more units, spread the peak, or give the app a `fallback`"),
    };
    Finding {
        code: Code::Throttled,
        severity: Severity::Warning,
        message: format!(
            "{} attempts were refused by the limit of {} {} of {}",
            Tokens(count),
            amounts.collect::<Vec<_>>().join(", later "),
            limit.name().replace('_', " "),
            pool.id
        ),
        place: place.to_owned(),
        advice: Some(advice.to_owned()),
    }
}
