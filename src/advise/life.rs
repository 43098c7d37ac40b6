//! Findings about models that go while they are used.

use crate::codes::Code;
use crate::ledger::of_target;
use crate::plan::{App, Finding, Plan, Severity, TargetView};
use crate::sim::{AppRecord, minute_at};
use crate::units::Tokens;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A model that is legacy, or reaches the end of its life, within the run.
pub(super) fn ending(plan: &Plan, app: &App, record: &AppRecord) -> Vec<Finding> {
    app.targets().flat_map(|target| of_one(plan, app, &target, &of_target(app, record, &target))).collect()
}

fn of_one(plan: &Plan, app: &App, target: &TargetView<'_>, record: &AppRecord) -> Vec<Finding> {
    let offer = &target.last().offer;
    let life = offer.life;
    let legacy = life.legacy.map(|day| (Code::LegacyModel, Severity::Warning, day));
    let end = life.end.map(|day| (Code::EndOfLife, Severity::Error, day));
    let dated =
        legacy.into_iter().chain(end).map(|(code, severity, day)| (code, severity, day, since(plan, record, day)));
    dated
        .filter(|(.., calls)| *calls > 0)
        .map(|(code, severity, day, calls)| Finding {
            code,
            severity,
            message: message(app, &offer.model, record, code, day, calls),
            place: format!("apps.{}.{}", app.name, target.place),
            advice: Some("move to a model that stays; run it as a variant to see what that costs".to_owned()),
        })
        .collect()
}

/// Calls that are sent on a day or later.
fn since(plan: &Plan, record: &AppRecord, day: Date) -> u64 {
    let Ok(midnight) = day.to_zoned(TimeZone::UTC) else { return 0 };
    let minutes = record.minutes.iter().enumerate();
    let late = minutes.skip_while(|(minute, _)| minute_at(plan.start, *minute) < midnight.timestamp());
    late.map(|(_, row)| u64::from(row.arrivals)).sum()
}

fn message(app: &App, model: &str, record: &AppRecord, code: Code, day: Date, calls: u64) -> String {
    let all = record.sum(|row| row.arrivals.into());
    let (calls, all) = (Tokens(calls), Tokens(all));
    match code {
        Code::EndOfLife => format!(
            "{model} reaches the end of its life on {day}: {calls} of {all} calls of `{}` are sent from then on, and fail. They \
             are simulated and billed here as if they did not",
            app.name
        ),
        _ => format!(
            "{model} is legacy since {day}: {calls} of {all} calls of `{}` are sent since then. New accounts cannot call it, \
             accounts that stop calling it lose access, quota increases are not to be expected, and its price can rise",
            app.name
        ),
    }
}
