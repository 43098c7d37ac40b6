//! Several ways for one application's calls, and who goes first.

use crate::world::{self, World, arrival, cases, limit, numbered, rich_worlds, route, tokens_per_minute, worlds};
use proptest::prelude::*;
use tokencast::bedrock::quota::Measure;
use tokencast::bedrock::rules::Rules;
use tokencast::bedrock::tier::Tier;
use tokencast::client::Policy;
use tokencast::plan::{Access, Lane, Plan, Pool};
use tokencast::sim::{AppRecord, MinuteRow};
use tokencast::units::{Micros, Ratio};

/// Every application gets capacity of so many tokens a minute before its quota.
fn with_capacity(mut world: World, input: u64, output: u64) -> World {
    let Plan { pools, apps, .. } = &mut world.plan;
    for app in apps {
        let limits = vec![
            limit(Measure::InputTokens, input, Micros::MINUTE),
            limit(Measure::OutputTokens, output, Micros::MINUTE),
        ];
        pools.push(Pool::quota(format!("capacity of {}", app.name), limits));
        let pool = pools.len() - 1;
        let bought = Lane { access: Access::Purchased, pool, route: route(pools, pool), ..app.lanes[0].clone() };
        app.lanes.insert(0, bought);
    }
    world
}

/// What a lane did, but for the calls that first came to another.
fn but_arrivals(record: &AppRecord) -> AppRecord {
    let row = |row: &MinuteRow| MinuteRow { arrivals: 0, ..*row };
    let mut minutes: Vec<MinuteRow> = record.minutes.iter().map(row).collect();
    while minutes.last() == Some(&MinuteRow::default()) {
        minutes.pop();
    }
    AppRecord { minutes, max_input: 0, ..record.clone() }
}

proptest! {
    #![proptest_config(cases(300))]

    /// Sixty calls have at most 39 tokens of input and 39 of output each.
    #[test]
    fn capacity_that_nothing_exceeds_leaves_the_quota_untouched(world in worlds()) {
        for world in with_capacity(world, 60 * 39, 60 * 39 + 1).under_each_window() {
            let run = world.run();
            prop_assert_eq!(run.refusals.iter().sum::<u64>(), 0);
            for app in &run.apps {
                prop_assert_eq!(app.lane(1), &AppRecord::default());
                prop_assert_eq!(app.lane(0).sum(|row| row.spilled.into()), 0);
                prop_assert_eq!(app.sum(|row| row.charged), app.usage().total_input());
            }
        }
    }

    #[test]
    fn capacity_that_takes_no_call_changes_nothing_behind_it(mut world in worlds()) {
        world.arrivals.iter_mut().for_each(|arrival| arrival.call.input += 2);
        for world in world.under_each_window() {
            let (alone, behind) = (world.run(), with_capacity(world, 1, 1).run());
            prop_assert_eq!(alone.end, behind.end);
            prop_assert_eq!(alone.balance, behind.balance);
            for (alone, behind) in alone.apps.iter().zip(&behind.apps) {
                prop_assert_eq!(but_arrivals(alone), but_arrivals(behind.lane(1)));
                prop_assert_eq!(behind.lane(0).sum(|row| row.attempts.into()), 0);
                prop_assert_eq!(behind.lane(0).sum(|row| row.spilled.into()), alone.sum(|row| row.attempts.into()));
            }
        }
    }

    /// It is paid for, and nobody else's calls are there.
    #[test]
    fn the_shared_fleet_refuses_nothing_of_capacity_that_was_bought(world in worlds()) {
        let mut world = with_capacity(world, 60 * 39, 60 * 39 + 1);
        let calm = world.run();
        world.plan.rules = Rules { unavailable: Ratio::new(1, 1).expect("a share"), ..Rules::default() };
        prop_assert_eq!(calm, world.run());
    }

    /// Each on its own quotas, so each as if it were alone.
    #[test]
    fn accounts_share_neither_quotas_nor_caches(world in rich_worlds()) {
        let mut apart = world;
        let shared = apart.plan.pools.clone();
        apart.plan.pools.clear();
        let mut first_limit = 0;
        for (number, app) in apart.plan.apps.iter_mut().enumerate() {
            for lane in &mut app.lanes {
                lane.account = Some(number.to_string());
                let limits = lane.route.requests.iter_mut().chain(&mut lane.route.tokens).chain(&mut lane.route.output);
                limits.for_each(|limit| *limit += first_limit);
                lane.pool += number * shared.len();
            }
            first_limit += shared.iter().map(|pool| pool.limits.len()).sum::<usize>();
            apart.plan.pools.extend(shared.clone());
        }
        for apart in apart.under_each_window() {
            let together = apart.run();
            for number in 0..apart.plan.apps.len() {
                let mut alone = apart.clone();
                alone.arrivals.retain(|arrival| arrival.app as usize == number);
                prop_assert_eq!(&alone.run().apps[number], &together.apps[number]);
            }
        }
    }
}

/// A call that holds the whole quota for a microsecond; then one of each tier tries again, and one fits.
#[test]
fn of_those_that_try_again_at_one_instant_priority_goes_first_and_flex_last() {
    let tiers = [Tier::Flex, Tier::Standard, Tier::Priority];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        let app = |tier| {
            let mut app = world::served("a", 0, world::service(1, u32::MAX));
            app.lanes[0].offer.tier = tier;
            app.client.policy = Policy::own(2, Micros(0), Micros(20_000_000));
            app
        };
        let apps = [Tier::Standard].into_iter().chain(order.map(|at| tiers[at])).map(app).collect();
        let plan = world::plan(vec![vec![tokens_per_minute(100)]], apps);
        let calls =
            vec![arrival(0, 0, 0, 100, 0), arrival(0, 1, 60, 0, 0), arrival(0, 2, 60, 0, 0), arrival(0, 3, 60, 0, 0)];
        let run = World { plan, terms: Vec::new(), arrivals: numbered(calls), seed: 0 }.run();
        let served = order.map(|at| {
            run.apps[1 + order.iter().position(|other| *other == at).expect("one of them")].sum(|row| row.served.into())
        });
        assert_eq!(served, order.map(|at| u64::from(at == 2)), "{order:?}");
    }
}
