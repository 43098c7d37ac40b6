//! When the cost budget runs out.

use crate::report::model::Forecast;

/// On which day the cost budget of a forecast runs out; nothing without a budget.
pub fn runs_out(forecast: &Forecast) -> Option<String> {
    let budget = forecast.budget?.rounded();
    let median = forecast.budget_exhausted_on.as_deref();
    let dear = forecast.budget_exhausted_on_p90.as_deref();
    let lasts = format!("The budget of {budget} is not used up within the simulated time");
    let ends = format!("The budget of {budget} runs out on");
    Some(match (median, dear) {
        (None, None) => format!("{lasts}."),
        (None, Some(dear)) => format!("{lasts} at the median cost (P50), but on {dear} in a dear case (P90)."),
        (Some(median), Some(dear)) if median != dear => {
            format!("{ends} {median} at the median cost (P50), and on {dear} in a dear case (P90).")
        }
        (Some(median), _) => format!("{ends} {median}."),
    })
}
