//! How long an attempt took on its own: what AWS's metrics show, without the waiting between attempts.

use crate::world::{cases, worlds};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_time_from_admission_is_the_time_from_sending_without_the_wait(world in worlds()) {
        for record in &world.run().apps {
            for durations in [&record.ttft, &record.e2e] {
                let (sent, admitted) = (durations.from_sending(), durations.from_admission());
                prop_assert_eq!(sent.count(), admitted.count());
                prop_assert_eq!(admitted.sum(), sent.sum() - record.wait.sum());
            }
        }
    }
}
