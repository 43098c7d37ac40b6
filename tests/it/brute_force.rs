//! The engine against the model that scans everything.

use crate::model::{outcome, replay};
use crate::world::{World, bursts, cases, rich_worlds, rushes, worlds};
use proptest::prelude::*;

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
    fn credits_and_debts_of_one_instant_are_summed(world in bursts()) {
        agrees(world)?;
    }

    #[test]
    fn settlements_come_before_retries_and_the_oldest_call_first(world in rushes()) {
        agrees(world)?;
    }
}
