//! What of the cost is paid by the hour, and how much of that was idle.

use crate::report::model::{Capacity, Variant};
use crate::report::money::Money;

/// Nothing for a variant that buys no capacity.
pub(super) fn bought(variant: &Variant) -> Option<String> {
    let held: Vec<&Capacity> = variant.pools.iter().filter_map(|pool| pool.capacity.as_ref()).collect();
    let sum = |of: fn(&Capacity) -> Money| -> Money { held.iter().map(|capacity| of(capacity)).sum() };
    let (cost, idle) = (sum(|capacity| capacity.cost).rounded(), sum(|capacity| capacity.idle_cost).rounded());
    (!held.is_empty()).then(|| format!("{cost} of that is capacity by the hour, and {idle} of it was idle"))
}
