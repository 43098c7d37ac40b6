//! The engine against the model that scans everything.

use crate::model::{outcome, replay};
use crate::world::worlds;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_engine_agrees_with_a_scan_of_everything_that_ever_happened(world in worlds()) {
        for world in world.under_each_window() {
            let expected = replay(&world.plan, &world.terms, &world.arrivals);
            prop_assert_eq!(outcome(&world.run()), expected, "under {:?}", world.plan.window);
        }
    }
}
