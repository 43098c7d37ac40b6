//! Forecast, verdicts, findings and assumptions in the report's words.

use super::Evaluated;
use super::spread::money_quantiles;
use super::variant::money;
use crate::budget::{Observed, Verdict};
use crate::forecast::{exhausted_on, months};
use crate::plan::{Finding, Plan, Severity};
use crate::report::model;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Cost by calendar month, when seeds were replicated or the run touches several months.
pub(super) fn forecast(base: &Evaluated<'_>, verdicts: &[Verdict]) -> Option<model::Forecast> {
    let own = std::slice::from_ref(&base.outcome);
    let outcomes = if base.replications.is_empty() { own } else { &base.replications };
    let first = base.plan.start.to_zoned(TimeZone::UTC).date();
    let last = base.plan.start + SignedDuration::from_micros(base.run.span().0.saturating_sub(1) as i64);
    // Without a horizon, another seed may end on a later day than this run.
    let days = outcomes.iter().filter_map(|one| one.days.last()).map(|(day, _)| *day);
    let months = months(outcomes, first, days.fold(last.to_zoned(TimeZone::UTC).date(), Date::max));
    if outcomes.len() < 2 && months.len() < 2 {
        return None;
    }
    let budget = verdicts.iter().find_map(Verdict::cost_budget);
    let exhausted = budget.map(|budget| exhausted_on(outcomes, budget.limit, budget.monthly));
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    Some(model::Forecast {
        months: months.iter().map(month).collect(),
        replications: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        budget_exhausted_on: day(exhausted.and_then(|days| days.p50)),
        budget_exhausted_on_p90: day(exhausted.and_then(|days| days.p90)),
        budget: budget.map(|budget| money(budget.limit)),
    })
}

fn month(found: &crate::forecast::MonthCost) -> model::Month {
    model::Month {
        month: found.month.strftime("%Y-%m").to_string(),
        days_covered: found.days_covered,
        days_in_month: u32::from(found.month.days_in_month().unsigned_abs()),
        cost: money_quantiles(found.cost),
    }
}

pub(super) fn budget(verdict: &Verdict) -> model::Budget {
    model::Budget {
        expr: verdict.text.clone(),
        variant: "base".to_owned(),
        observed: verdict.observed.map(measure),
        limit: measure(verdict.limit),
        held: verdict.held,
    }
}

fn measure(observed: Observed) -> model::Measure {
    match observed {
        Observed::Usd(amount) => model::Measure::Usd(money(amount)),
        Observed::Share(part, whole) => model::Measure::Share(model::Share { part, whole }),
        Observed::Duration(length) => model::Measure::DurationUs(length.0),
    }
}

/// The gravest first; the order of the scenario within a severity.
pub(in crate::report) fn findings(findings: &[Finding]) -> Vec<model::Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    sorted.into_iter().map(finding).collect()
}

fn finding(found: &Finding) -> model::Finding {
    model::Finding {
        code: found.code.name().to_owned(),
        severity: match found.severity {
            Severity::Info => model::Severity::Info,
            Severity::Warning => model::Severity::Warning,
            Severity::Error => model::Severity::Error,
        },
        message: found.message.clone(),
        place: found.place.clone(),
        advice: found.advice.clone(),
    }
}

pub(super) fn assumptions(plan: &Plan) -> Vec<model::Assumption> {
    let assumption = |assumed: &crate::plan::Assumption| model::Assumption {
        name: assumed.name.clone(),
        value: assumed.value.clone(),
        note: assumed.note.clone(),
        source: assumed.source.clone(),
    };
    plan.assumptions.iter().map(assumption).collect()
}
