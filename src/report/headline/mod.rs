//! The answer in words: what it costs, when it throttles, and why.

mod capacity;
mod clocks;
mod forecast;
mod prices;
mod throttling;
mod variants;
mod work;

pub use clocks::clocks;
pub use forecast::runs_out;
pub use prices::own_prices;

use super::format::duration;
use super::model::{Budget, Report, Variant};

/// The answer, a few sentences a paragraph: the cost and when the budget runs out, the throttling, and
/// what a variant changes.
pub fn answer(report: &Report) -> Vec<String> {
    let Some(base) = report.variants.first() else {
        return vec![format!("{} has nothing to run.", report.scenario.name)];
    };
    let retries = work::retries(base).map_or_else(String::new, |sentence| format!(" {sentence}"));
    let mut paragraphs = vec![cost(report, base) + &retries + &budget(report)];
    paragraphs.extend(work::tasks(base));
    paragraphs.push(throttling::of(base));
    paragraphs.extend(variants::most_different(base, &report.variants[1..]));
    paragraphs
}

fn cost(report: &Report, base: &Variant) -> String {
    let cost = base.totals.cost;
    let capacity = capacity::bought(base).map_or_else(String::new, |bought| format!("; {bought}"));
    let whole = if capacity.is_empty() { "that" } else { "the whole" };
    format!(
        "{} costs {} for {}{capacity}. Scaled to a month of 730 hours, {whole} is {}.",
        report.scenario.name,
        cost.total.rounded(),
        duration(report.period.duration_us),
        cost.month.rounded()
    )
}

fn budget(report: &Report) -> String {
    let forecast = report.forecast.as_ref().filter(|forecast| forecast.budget_exhausted_on_p90.is_some());
    let sentence = forecast.and_then(runs_out);
    sentence.map_or_else(String::new, |sentence| format!(" {sentence}"))
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
        (0, 2) => "Both limits hold".to_owned(),
        (0, all) => format!("All {all} limits hold"),
        (1, 1) => "The limit is broken".to_owned(),
        (broken, all) => format!("{broken} of {all} limits broken"),
    }
}
