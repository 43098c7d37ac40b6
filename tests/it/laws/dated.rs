//! Limits with dates, and what a reservation holds while the answer is written.

use super::raising::{Twin, durations, equal_calls, frugal_twins, raises, throttled};
use crate::model::outcome;
use crate::world::{WINDOWS, World, cases, gap, rich_worlds, tokens_per_minute};
use proptest::prelude::*;
use tokencast::bedrock::quota::{Change, Window};
use tokencast::plan::Access;
use tokencast::rng::Distribution;
use tokencast::units::{Micros, Ratio, SimTime};

fn without_changes(mut world: World) -> World {
    world.plan.pools.iter_mut().for_each(|pool| pool.changes.clear());
    world
}

fn releasing(mut world: World, every: u64) -> World {
    world.plan.rules.release_every = Some(Micros(every));
    world
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_quota_that_never_changes_is_the_same_dated_or_not(world in rich_worlds(), days in prop::collection::vec(0..300_000_000_u64, 1..4)) {
        let plain = without_changes(world);
        let mut dated = plain.clone();
        for pool in &mut dated.plan.pools {
            let same = |(limit, amount): (usize, u64)| {
                days.iter().map(move |at| Change { at: SimTime(*at), limit, amount })
            };
            pool.changes = pool.limits.iter().map(|limit| limit.amount).enumerate().flat_map(same).collect();
        }
        for (plain, dated) in plain.under_each_window().zip(dated.under_each_window()) {
            prop_assert_eq!(plain.run(), dated.run());
        }
    }

    #[test]
    fn a_change_of_a_limit_changes_nothing_before_its_day(world in rich_worlds(), day in 1..200_000_000_u64, amount in 1..1_000_u64) {
        let mut plain = without_changes(world);
        plain.plan.horizon = Some(Micros(plain.plan.horizon.map_or(day, |horizon| horizon.0.min(day))));
        plain.arrivals.retain(|arrival| arrival.at.0 < day);
        let mut changed = plain.clone();
        for pool in &mut changed.plan.pools {
            let later = |limit| Change { at: SimTime(day), limit, amount };
            pool.changes = (0..pool.limits.len()).map(later).collect();
        }
        for (plain, changed) in plain.under_each_window().zip(changed.under_each_window()) {
            prop_assert_eq!(plain.run(), changed.run());
        }
    }

    /// As for a raised quota: the n-th admission is never later, and what is used is a sum that earlier releases
    /// only lower. Under a bucket it is false.
    #[test]
    fn releasing_while_generating_never_throttles_equal_calls_without_debts_more(
        (limits, _) in raises(), gaps in prop::collection::vec(gap(), 1..40), twin in frugal_twins(), duration in durations(),
        rate in prop::sample::select(vec![200_u32, 1_000, 30_000]), every in prop::sample::select(vec![100_000_u64, 1_000_000, 7_000_000]),
    ) {
        let at_the_end = spoken(equal_calls(&limits, &gaps, twin, duration), rate);
        let meanwhile = releasing(at_the_end.clone(), every);
        for window in [Window::ClockMinute, Window::SlidingMinute] {
            prop_assert!(throttled(&meanwhile, window) <= throttled(&at_the_end, window), "{:?}", window);
        }
    }

    #[test]
    fn releases_change_neither_what_is_charged_nor_how_long_it_takes_where_nothing_is_scarce(world in rich_worlds(), every in 100_000..9_000_000_u64) {
        let mut ample = without_changes(world);
        ample.map_limits(|limit| limit.amount = 10_000_000);
        ample.plan.rules.release_every = None;
        for ample in ample.under_each_window() {
            let (late, early) = (outcome(&ample.run()), outcome(&releasing(ample, every).run()));
            prop_assert_eq!(late.apps, early.apps);
            prop_assert_eq!(late.balance[..2].to_vec(), early.balance[..2].to_vec());
        }
    }

    /// Bedrock never charges more than that for an answer, so no debt can arise while the rate stays.
    #[test]
    fn a_reservation_with_the_burndown_is_never_exceeded(world in rich_worlds()) {
        let mut world = world;
        world.plan.rules.burndown_on_reservation = true;
        world.plan.rules.cache_reads_reserved = true;
        for app in &mut world.plan.apps {
            *app = crate::world::burning(app.clone(), 5);
        }
        for world in world.under_each_window() {
            prop_assert!(world.run().balance.released >= 0);
        }
    }

    #[test]
    fn a_burndown_of_one_reserves_the_same_multiplied_or_not(world in rich_worlds()) {
        let mut world = world;
        for app in &mut world.plan.apps {
            *app = crate::world::burning(app.clone(), 1);
        }
        let runs = [true, false].map(|multiplied| {
            let mut world = world.clone();
            world.plan.rules.burndown_on_reservation = multiplied;
            world.run()
        });
        prop_assert_eq!(&runs[0], &runs[1]);
    }

    #[test]
    fn a_fleet_that_refuses_everything_leaves_all_quotas_untouched(world in rich_worlds(), unavailable in any::<bool>()) {
        let mut world = world;
        let all = Ratio::new(1, 1).expect("a share");
        let share = if unavailable { &mut world.plan.rules.unavailable } else { &mut world.plan.rules.shared_throttled };
        *share = all;
        for app in &mut world.plan.apps {
            app.lanes.retain(|lane| lane.access == Access::Quota);
        }
        prop_assume!(world.plan.apps.iter().all(|app| !app.lanes.is_empty()));
        let run = world.run();
        prop_assert_eq!(run.balance.debited, 0);
        prop_assert!(run.apps.iter().all(|app| app.sum(|row| row.served.into()) == 0));
    }
}

/// The answers are written at so many thousandths of a token a second.
fn spoken(mut world: World, rate: u32) -> World {
    world.plan.apps[0].lanes[0].service.output_per_second_thousandths = Distribution::Constant(rate);
    world
}

/// Each reserves 59 of a bucket of 60, is charged one and takes 62.5 s. Given back at the end, what the first
/// call reserved comes when the second has emptied the bucket, and lets the third in. Given back meanwhile, it
/// comes when the bucket is full, and is lost.
#[test]
fn releasing_while_generating_may_throttle_equal_calls_of_a_bucket_more() {
    let twin = Twin { input: 0, max_tokens: 59, output: 1, burndown: 1 };
    let quota = vec![tokens_per_minute(60)];
    let at_the_end = spoken(equal_calls(&quota, &[0, 59_000_000, 3_500_000], twin, 0), 16);
    let meanwhile = releasing(at_the_end.clone(), 1_000_000);
    let both = [at_the_end, meanwhile].map(|world| throttled(&world, Window::TokenBucket));
    assert_eq!(both, [0, 1]);
}

/// A call reserves 11 and is charged 151. Counted at its end, nothing is in the way at half a minute.
#[test]
fn counting_a_debt_while_generating_may_throttle_more() {
    let twin = Twin { input: 1, max_tokens: 10, output: 10, burndown: 15 };
    let quota = vec![tokens_per_minute(40)];
    let at_the_end = spoken(equal_calls(&quota, &[0, 30_000_000], twin, 0), 250);
    let meanwhile = releasing(at_the_end.clone(), 1_000_000);
    for window in WINDOWS {
        let both = [&at_the_end, &meanwhile].map(|world| throttled(world, window));
        assert_eq!(both, [0, 1], "{window:?}");
    }
}
