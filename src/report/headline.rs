//! The answer in words: what it costs, when it throttles, and why.

use super::format::{count, counted, duration, instant, listed, percent};
use super::model::{Budget, Forecast, Pool, Report, Variant};

/// What the first variant costs.
pub fn cost(report: &Report) -> String {
    let Some(variant) = report.variants.first() else {
        return format!("{} has nothing to run.", report.scenario.name);
    };
    let cost = variant.totals.cost;
    format!(
        "{} costs {} for {}, which makes {} for a month of 730 hours.",
        report.scenario.name,
        cost.total.rounded(),
        duration(report.period.duration_us),
        cost.month.rounded()
    )
}

/// How much of the first variant is throttled, where and when.
pub fn throttling(report: &Report) -> String {
    report.variants.first().map(throttled).unwrap_or_default()
}

fn throttled(variant: &Variant) -> String {
    let totals = &variant.totals;
    if totals.throttled_attempts == 0 {
        return format!("None of its {} is throttled.", counted(totals.arrivals, "request"));
    }
    let share = percent(totals.throttled_share());
    let requests = counted(totals.arrivals, "request");
    let lost = match totals.gave_up {
        0 => "and none is given up".to_owned(),
        lost => format!("and {}{} given up", counted(lost, "request"), is_or_are(lost)),
    };
    let sentence = format!("{share} of its {requests} are throttled at least once, {lost}.");
    let refusals: Vec<String> = variant.pools.iter().filter_map(refusals).collect();
    [vec![sentence], refusals].concat().join(" ")
}

fn is_or_are(number: u64) -> &'static str {
    if number == 1 { " is" } else { " are" }
}

/// Which limit of a pool ran out, how often and when.
fn refusals(pool: &Pool) -> Option<String> {
    let limits: Vec<String> = pool.by_limit.keys().map(|name| limit_of(pool, name)).collect();
    if limits.is_empty() {
        return None;
    }
    let attempts = counted(pool.throttled_attempts, "attempt");
    let when = pool.throttled_when.as_ref().map_or(String::new(), |when| {
        let (minutes, worst) = (counted(when.minutes, "minute"), instant(&when.worst_minute));
        format!(" in {minutes}, most at {worst}")
    });
    Some(format!("{} refuses {attempts} over {}{when}.", pool.id, listed(&limits)))
}

fn limit_of(pool: &Pool, name: &str) -> String {
    let words = name.replace('_', " ");
    pool.limits.get(name).map_or(words.clone(), |&limit| format!("{} {words}", count(limit)))
}

/// How many limits are broken.
pub fn broken(budgets: &[Budget]) -> usize {
    budgets.iter().filter(|budget| !budget.held).count()
}

/// The verdict on all limits in a few words.
pub fn verdict(budgets: &[Budget]) -> String {
    match (broken(budgets), budgets.len()) {
        (_, 0) => "No limits set".to_owned(),
        (0, 1) => "The limit holds".to_owned(),
        (0, all) => format!("All {all} limits hold"),
        (broken, all) => format!("{broken} of {all} limits broken"),
    }
}

/// On which day the cost budget of a forecast runs out.
pub fn runs_out(forecast: &Forecast) -> Option<String> {
    let budget = forecast.budget?.rounded();
    let median = forecast.budget_exhausted_on.as_deref();
    let dear = forecast.budget_exhausted_on_p90.as_deref();
    Some(match (median, dear) {
        (None, None) => format!("The budget of {budget} lasts for the whole period."),
        (None, Some(dear)) => format!(
            "The budget of {budget} lasts for the whole period at the median cost (P50), and runs \
             out on {dear} in a dear case (P90)."
        ),
        (Some(median), None) => format!("The budget of {budget} runs out on {median} (P50)."),
        (Some(median), Some(dear)) => format!(
            "The budget of {budget} runs out on {median} at the median cost (P50), and on {dear} \
             in a dear case (P90)."
        ),
    })
}
