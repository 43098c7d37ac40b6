//! What only proportions decide, and what nothing decides when nothing is scarce.

use crate::world::{World, cases, worlds};
use proptest::prelude::*;
use tokencast::bedrock::quota::Measure;
use tokencast::plan::Plan;
use tokencast::rng::Distribution;
use tokencast::sim::{MinuteRow, RetryRow, Run};
use tokencast::traffic::{Arrival, Call, Fate};

/// Twice the tokens, twice the token quotas, twice the speed of writing.
fn doubled(world: &World) -> World {
    let mut world = world.clone();
    world.map_limits(|limit| limit.amount *= if limit.measure == Measure::Tokens { 2 } else { 1 });
    for arrival in &mut world.arrivals {
        let Arrival { call: Call { input, max_tokens, .. }, fate: Fate { output }, .. } = arrival;
        [input, max_tokens, output].into_iter().for_each(|tokens| *tokens *= 2);
    }
    for lane in world.plan.apps.iter_mut().flat_map(|app| &mut app.lanes) {
        if let Distribution::Constant(rate) = &mut lane.service.output_per_second_thousandths {
            *rate *= 2;
        }
    }
    world
}

/// What a run would be if every token were two.
fn doubled_record(mut run: Run) -> Run {
    for app in &mut run.apps {
        app.max_input *= 2;
        app.max_output *= 2;
        for MinuteRow { offered, reserved, charged, usage, .. } in &mut app.minutes {
            [offered, reserved, charged, &mut usage.uncached_input, &mut usage.output]
                .into_iter()
                .for_each(|tokens| *tokens *= 2);
        }
        for RetryRow { offered, usage, abandoned_usage, .. } in &mut app.retries {
            let tokens =
                [usage, abandoned_usage].into_iter().flat_map(|usage| [&mut usage.uncached_input, &mut usage.output]);
            tokens.chain([offered]).for_each(|tokens| *tokens *= 2);
        }
    }
    let balance = &mut run.balance;
    [&mut balance.debited, &mut balance.charged, &mut balance.released, &mut balance.held]
        .into_iter()
        .for_each(|tokens| *tokens *= 2);
    run
}

/// As fast as can still be doubled.
fn with_bounded_rates(mut plan: Plan) -> Plan {
    for lane in plan.apps.iter_mut().flat_map(|app| &mut app.lanes) {
        if let Distribution::Constant(rate) = &mut lane.service.output_per_second_thousandths {
            *rate = (*rate).min(u32::MAX / 2);
        }
    }
    plan
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn doubling_all_tokens_and_all_quotas_changes_no_decision(mut world in worlds()) {
        world.plan = with_bounded_rates(world.plan);
        for world in world.under_each_window() {
            prop_assert_eq!(doubled(&world).run(), doubled_record(world.run()), "{:?}", world.plan.window);
        }
    }

    #[test]
    fn the_windows_agree_when_nothing_is_scarce(mut world in worlds()) {
        // Sixty calls reserve at most 80 tokens each and are charged at most 39 + 39 x 15.
        world.map_limits(|limit| limit.amount = 60 * (39 + 39 * 15));
        let runs: Vec<Run> = world.under_each_window().map(|world| world.run()).collect();
        prop_assert_eq!(runs[0].refusals.iter().sum::<u64>(), 0);
        prop_assert_eq!(&runs[0], &runs[1]);
        prop_assert_eq!(&runs[0], &runs[2]);
    }
}
