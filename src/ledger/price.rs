//! What tokens cost.

use crate::bedrock::usage::{Usage, UsageClass};
use crate::plan::{Access, Lane};
use crate::units::Usd;
use jiff::civil::Date;

/// What tokens of a lane cost on a day; nothing where they are paid for by the hour.
///
/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
pub(super) fn tokens_cost(lane: &Lane, usage: &Usage, day: Date) -> Usd {
    if lane.access == Access::Purchased || *usage == Usage::default() {
        return Usd::ZERO;
    }
    let row = lane.offer.rates_on(day);
    let used = UsageClass::ALL.into_iter().filter(|class| usage.of(*class) > 0);
    let price = |class| row.rate(class).expect("a plan prices every class that it can use");
    used.map(|class| price(class).times(usage.of(class))).sum()
}
