//! How long a connection is silent: the answer's own time, without the waiting between attempts.

use crate::world::{World, cases, worlds};
use proptest::prelude::*;
use tokencast::plan::{App, Patience, Plan};
use tokencast::units::Micros;

fn with(world: &World, patience: Patience) -> World {
    let apps = world.plan.apps.iter().cloned().map(|app| App { patience, ..app }).collect();
    World { plan: Plan { apps, ..world.plan.clone() }, ..world.clone() }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn silence_lasts_to_the_first_token_of_a_stream_and_to_the_last_otherwise(world in worlds(), streaming: bool) {
        let patience = Patience { streaming, idle_timeout: Some(Micros::MINUTE), ..Patience::default() };
        let (run, unwatched) = (with(&world, patience).run(), world.run());
        for (record, unwatched) in run.apps.iter().zip(&unwatched.apps) {
            let until = if streaming { &record.ttft } else { &record.e2e };
            prop_assert_eq!(record.silence.count(), until.count());
            prop_assert_eq!(record.silence.sum_us(), until.sum_us() - record.wait.sum_us());
            prop_assert_eq!(unwatched.silence.count(), 0);
            prop_assert_eq!(&record.minutes, &unwatched.minutes);
        }
    }
}
