//! How chance moves the figures: quantiles over the replications.

use super::variant::money;
use crate::forecast::{Quantiles, quantiles};
use crate::ledger::{Outcome, Totals};
use crate::report::model;
use crate::report::money::Money;
use crate::units::{Ratio, Usd};

/// The spread of all applications, or of one; nothing without replications.
pub(super) fn spread(replications: &[Outcome], app: Option<usize>) -> Option<model::Spread> {
    let totals: Vec<&Totals> = replications.iter().map(|one| app.map_or(&one.all, |app| &one.apps[app])).collect();
    Some(model::Spread {
        replications: u32::try_from(replications.len()).unwrap_or(u32::MAX),
        cost: model::CostSpread {
            total: money_quantiles(quantiles(totals.iter().map(|of| of.cost))?),
            month: money_quantiles(quantiles(totals.iter().map(|of| of.cost_month))?),
        },
        throttled_requests: shares(&totals, |of| (of.throttled_calls, of.arrivals))?,
        throttled_attempts: shares(&totals, |of| (of.throttled_attempts, of.attempts))?,
        gave_up: shares(&totals, |of| (of.gave_up, of.arrivals))?,
    })
}

/// Quantiles of a share, by its size and not by its counts.
fn shares(totals: &[&Totals], share: impl Fn(&Totals) -> (u64, u64)) -> Option<model::Quantiles<model::Share>> {
    let ratios = totals.iter().map(|of| share(of)).filter_map(|(part, whole)| Ratio::new(part, whole.max(1)));
    let found = quantiles(ratios)?;
    let share = |ratio: Ratio| model::Share { part: ratio.numerator(), whole: ratio.denominator() };
    Some(model::Quantiles { p50: share(found.p50), p90: share(found.p90) })
}

pub(super) fn money_quantiles(found: Quantiles<Usd>) -> model::Quantiles<Money> {
    model::Quantiles { p50: money(found.p50), p90: money(found.p90) }
}
