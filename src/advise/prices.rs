//! Findings about the prices that a plan stands on.

use crate::codes::Code;
use crate::plan::{Finding, Plan, Severity};
use crate::units::Micros;

/// Prices that nobody compared with their source for so long are told; list prices of Bedrock change every few weeks.
const STALE: Micros = Micros(90 * Micros::DAY.0);

/// Some price was compared with its source more than 90 days before the simulated time begins.
pub(super) fn stale(plan: &Plan) -> Option<Finding> {
    let (oldest, age) = plan.oldest_price(None).filter(|(_, age)| *age > STALE)?;
    Some(Finding {
        code: Code::PricesStale,
        severity: Severity::Warning,
        message: format!(
            "prices of this run are old: one was compared with its source ({}) on {}, {} days before the simulated time \
             begins",
            oldest.title,
            oldest.checked,
            age.0 / Micros::DAY.0
        ),
        place: "price book".to_owned(),
        advice: Some(
            "compare the prices with their sources; a budget `prices.age <= 90d` makes `check` fail".to_owned(),
        ),
    })
}
