//! Who of several applications pays how much for capacity that they share.

use super::remainder::split;
use crate::ledger::{Bill, Capacity, Item, Payer};
use crate::plan::{Access, App, Plan};
use crate::scenario::ShareBy;
use crate::sim::{AppRecord, MinuteRow, Run};
use crate::units::Usd;

/// The cost of shared capacity by application, and the part of it that is nobody's.
pub(super) struct Shared {
    pub(super) of_apps: Vec<Usd>,
    pub(super) unallocated: Usd,
}

/// Each pool's cost is divided among the applications that drew from it.
pub(super) fn shared(plan: &Plan, run: &Run, bill: &Bill<'_>) -> Shared {
    let by = plan.chargeback.share;
    let mut all = Shared { of_apps: vec![Usd::ZERO; plan.apps.len()], unallocated: Usd::ZERO };
    for pool in (0..plan.pools.len()).filter(|pool| plan.pools[*pool].purchase.is_some()) {
        let cost = bill.sum(|line| line.payer == Payer::Pool(pool));
        let idle = bill.sum(|line| {
            line.payer == Payer::Pool(pool) && matches!(line.item, Item::Capacity { state: Capacity::Idle, .. })
        });
        let divided = if by == ShareBy::Usage { cost - idle } else { cost };
        let apps = plan.apps.iter().zip(&run.apps);
        let weights: Vec<u64> = apps.map(|(app, record)| weight(by, pool, app, record)).collect();
        match split(divided, &weights) {
            Some(parts) => {
                all.of_apps.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
                all.unallocated += cost - divided;
            }
            None => all.unallocated += cost,
        }
    }
    all
}

/// What an application has of a pool: tokens over the whole run, or in its busiest minute.
fn weight(by: ShareBy, pool: usize, app: &App, record: &AppRecord) -> u64 {
    let lanes = app.lanes.iter().enumerate();
    let own = lanes.filter(|(_, lane)| lane.pool == pool && lane.access == Access::Purchased);
    let minutes = AppRecord::together(own.map(|(number, _)| record.lane(number)));
    let taken = |row: &MinuteRow| row.charged + row.usage.output;
    match by {
        ShareBy::Usage => minutes.iter().map(taken).sum(),
        ShareBy::Reservation => minutes.iter().map(|row| row.reserved).sum(),
        ShareBy::Peak => minutes.iter().map(taken).max().unwrap_or(0),
    }
}
