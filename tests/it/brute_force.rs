//! The engine against the model that scans everything.

use crate::model::{outcome, replay};
use crate::world::{World, bursts, callers, cases, policies, rich_worlds, rushes, sent_by, worlds};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tokencast::sim::{AppRecord, MinuteRow, RetryRow};

fn agrees(world: World) -> Result<(), TestCaseError> {
    for world in world.under_each_window() {
        let expected = replay(&world.plan, &world.terms, &world.arrivals);
        prop_assert_eq!(outcome(&world.run()), expected, "under {:?}", world.plan.window);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn the_engine_agrees_with_a_scan_of_everything_that_ever_happened(world in worlds()) {
        agrees(world)?;
    }

    #[test]
    fn it_agrees_with_everything_that_bedrock_offers(world in rich_worlds()) {
        agrees(world)?;
    }

    #[test]
    fn it_agrees_with_clients_that_hang_up_and_pay_for_retries(
        world in prop_oneof![worlds().boxed(), rich_worlds().boxed(), rushes().boxed()],
        callers in prop::collection::vec(callers(policies()), 3),
    ) {
        agrees(sent_by(world, &callers))?;
    }

    #[test]
    fn credits_and_debts_of_one_instant_are_summed(world in bursts()) {
        agrees(world)?;
    }

    #[test]
    fn settlements_come_before_retries_and_the_oldest_call_first(world in rushes()) {
        agrees(world)?;
    }
}

/// Otherwise the agreement would say nothing.
#[test]
fn the_worlds_have_everything_that_bedrock_offers() {
    let mut runner = TestRunner::deterministic();
    let mut seen = [0_u64; 12];
    for _ in 0..300 {
        let world = rich_worlds().new_tree(&mut runner).expect("a world").current();
        let run = world.run();
        let usage = |app: &AppRecord| app.usage();
        let lanes = || run.apps.iter().flat_map(|app| (0..app.lanes.len().max(1)).map(|number| app.lane(number)));
        let sum = |count: fn(&MinuteRow) -> u64| run.apps.iter().map(|app| app.sum(count)).sum::<u64>();
        let found = [
            sum(|row| row.spilled.into()),
            sum(|row| row.unavailable.into()),
            sum(|row| row.gave_up.into()),
            run.apps.iter().map(|app| app.throttled_by_fleet).sum(),
            run.apps.iter().map(|app| usage(app).cache_read).sum(),
            run.apps.iter().map(|app| usage(app).cache_write_5m).sum(),
            run.apps.iter().map(|app| usage(app).cache_write_1h).sum(),
            lanes().map(|lane| lane.jobs).filter(|jobs| *jobs > 20).count() as u64,
            lanes().filter(|lane| lane.executed.len() > 1).count() as u64,
            run.apps.iter().map(|app| app.reuse.rewritten).sum(),
            run.refusals.iter().sum(),
            u64::from(world.plan.rules.release_every.is_some() && run.balance.released < 0),
        ];
        seen.iter_mut().zip(found).for_each(|(seen, found)| *seen += u64::from(found > 0));
    }
    assert!(seen.iter().all(|worlds| *worlds >= 3), "worlds that have each: {seen:?}");
}

/// Nor would it without clients that hang up, go dry and are late.
#[test]
fn the_clients_hang_up_and_run_out_of_retries() {
    let mut runner = TestRunner::deterministic();
    let clients = (rich_worlds(), prop::collection::vec(callers(policies()), 3));
    let mut seen = [0_u64; 5];
    for _ in 0..300 {
        let (world, callers) = clients.new_tree(&mut runner).expect("a world").current();
        let run = sent_by(world, &callers).run();
        let lanes = || run.apps.iter().flat_map(|app| (0..app.lanes.len().max(1)).map(|number| app.lane(number)));
        let sum = |count: fn(&RetryRow) -> u64| lanes().flat_map(|lane| &lane.retries).map(count).sum::<u64>();
        let found = [
            sum(|row| row.attempts.into()),
            sum(|row| row.cut.into()),
            sum(|row| row.abandoned.into()),
            sum(|row| row.usage.output),
            sum(|row| row.abandoned_usage.output),
        ];
        seen.iter_mut().zip(found).for_each(|(seen, found)| *seen += u64::from(found > 0));
    }
    assert!(seen.iter().all(|worlds| *worlds >= 30), "worlds that have each: {seen:?}");
}
