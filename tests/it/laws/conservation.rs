//! Nothing is lost or made up: calls, attempts, tokens, minutes.

use crate::world::{World, cases, rich_worlds, worlds};
use proptest::prelude::*;
use tokencast::sim::{AppRecord, MinuteRow, Run};

/// The books of a run, from its rows and its gate, against each other and against what was sent.
pub fn holds(world: &World, run: &Run) -> Result<(), TestCaseError> {
    let sum = |count: fn(&MinuteRow) -> u64| run.apps.iter().map(|app| app.sum(count)).sum::<u64>();
    let (arrivals, served) = (sum(|r| r.arrivals.into()), sum(|r| r.served.into()));
    let (attempts, throttled) = (sum(|r| r.attempts.into()), sum(|r| r.throttled.into()));
    let let_in = attempts - throttled - sum(|r| r.unavailable.into());
    prop_assert_eq!(arrivals, world.arrivals.len() as u64);
    prop_assert_eq!(arrivals, served + sum(|r| r.gave_up.into()) + run.in_flight);
    prop_assert!(let_in >= served && let_in <= served + run.in_flight);
    let by_fleet: u64 = run.apps.iter().map(|app| app.throttled_by_fleet).sum();
    prop_assert_eq!(throttled, run.refusals.iter().sum::<u64>() + by_fleet);
    prop_assert!(sum(|r| r.truncated.into()) <= served);
    prop_assert!(sum(|r| r.reserved) <= sum(|r| r.offered));

    let balance = run.balance;
    prop_assert_eq!(balance.debited, balance.charged + balance.released + balance.held);
    prop_assert_eq!(balance.debited, i128::from(sum(|r| r.reserved)));
    prop_assert_eq!(balance.charged, i128::from(sum(|r| r.charged)));
    prop_assert!(balance.held >= 0 && (run.in_flight > 0 || balance.held == 0));

    for (number, app) in run.apps.iter().enumerate() {
        let sent = world.arrivals.iter().filter(|arrival| arrival.app as usize == number);
        prop_assert_eq!(app.sum(|r| r.arrivals.into()), sent.count() as u64);
        let served = app.sum(|r| r.served.into());
        let (ttft, e2e) = (app.ttft.from_sending(), app.e2e.from_sending());
        prop_assert_eq!([app.wait.count(), ttft.count(), e2e.count()], [served; 3]);
        prop_assert!(app.wait.sum() <= ttft.sum() && ttft.sum() <= e2e.sum());
        prop_assert!(app.calls_throttled <= app.sum(|r| r.throttled.into()));
        lanes_hold(app)?;
    }
    Ok(())
}

/// What spills from a lane and what stays there is what was sent there; lanes sum to their application.
fn lanes_hold(app: &AppRecord) -> Result<(), TestCaseError> {
    let sent = app.sum(|r| r.attempts.into());
    let mut coming = sent;
    for lane in &app.lanes {
        let spilled = lane.sum(|r| r.spilled.into());
        prop_assert_eq!(lane.sum(|r| r.attempts.into()) + spilled, coming);
        coming = spilled;
    }
    let last = app.lanes.len().checked_sub(1).map_or(0, |last| app.lanes[last].sum(|r| r.spilled.into()));
    prop_assert_eq!(last, 0, "nothing stands behind the last lane");
    prop_assert!(app.lanes.is_empty() || AppRecord::together(&app.lanes) == app.minutes);
    Ok(())
}

/// Without a horizon every call is answered or given up, and the tokens of the answers are those of the
/// calls.
fn ends_empty(world: &World, run: &Run) -> Result<(), TestCaseError> {
    prop_assert_eq!((run.in_flight, run.balance.held), (0, 0));
    let nobody_gave_up = run.apps.iter().all(|app| app.sum(|r| r.gave_up.into()) == 0);
    let input: u64 = world.arrivals.iter().map(|arrival| u64::from(arrival.call.input)).sum();
    let answered: u64 = run.apps.iter().map(|app| app.sum(|r| r.usage.total_input())).sum();
    prop_assert!(answered == input || (answered < input && !nobody_gave_up));
    Ok(())
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn calls_and_tokens_are_conserved(world in prop_oneof![worlds().boxed(), rich_worlds().boxed()]) {
        for world in world.under_each_window() {
            let run = world.run();
            holds(&world, &run)?;
            if world.plan.horizon.is_none() {
                ends_empty(&world, &run)?;
            }
        }
    }
}
