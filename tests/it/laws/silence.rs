//! How long a connection is silent: the answer's own time, without the waiting between attempts.

use crate::world::{cases, worlds};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn silence_is_what_is_left_of_an_answers_time_without_the_waiting(world in worlds()) {
        for record in &world.run().apps {
            for durations in [&record.ttft, &record.e2e] {
                let (own, all) = (durations.from_admission(), durations.from_sending());
                prop_assert_eq!(own.count(), all.count());
                prop_assert_eq!(own.sum_us(), all.sum_us() - record.wait.sum_us());
            }
        }
    }
}
