//! Caching inside of runs: what it does to the input, the quota and the time to the first token.

use crate::world::{self, World, arrival, cases, numbered, rich_worlds};
use proptest::prelude::*;
use tokencast::bedrock::cache::{Chain, Rules, Ttl};
use tokencast::plan::{Access, Destination, Lane};
use tokencast::sim::Run;
use tokencast::units::Micros;

/// Quotas that nothing exceeds, one burndown for ever, and nothing that refuses.
fn ample(mut world: World, burndown: u32) -> World {
    world.map_limits(|limit| limit.amount = 10_000_000);
    world.plan.pools.iter_mut().for_each(|pool| pool.changes.clear());
    world.plan.apps.iter_mut().for_each(|app| *app = world::burning(app.clone(), burndown));
    world.plan.rules = tokencast::bedrock::rules::Rules::default();
    world.plan.horizon = None;
    world
}

fn lanes(world: &mut World) -> impl Iterator<Item = &mut Lane> {
    world.plan.apps.iter_mut().flat_map(|app| &mut app.lanes)
}

fn without_caches(mut world: World) -> World {
    lanes(&mut world).for_each(|lane| lane.cache = None);
    world
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn reads_writes_and_uncached_input_sum_to_the_input_of_every_application(world in rich_worlds()) {
        let run = ample(world.clone(), 5).run();
        for (number, app) in run.apps.iter().enumerate() {
            let sent = world.arrivals.iter().filter(|arrival| arrival.app as usize == number);
            let input: u64 = sent.map(|arrival| u64::from(arrival.call.input)).sum();
            prop_assert_eq!(app.usage().total_input(), input);
        }
    }

    #[test]
    fn the_charge_is_uncached_input_and_writes_and_output_times_the_burndown(world in rich_worlds(), burndown in 1..16_u32) {
        let world = ample(world, burndown);
        let run = world.run();
        for (app, record) in world.plan.apps.iter().zip(&run.apps) {
            for (number, lane) in app.lanes.iter().enumerate() {
                let usage = record.lane(number).usage();
                let input = usage.uncached_input + usage.cache_write_5m + usage.cache_write_1h;
                let charged = match lane.access {
                    Access::Quota => input + usage.output * u64::from(burndown),
                    Access::Purchased => input,
                    Access::Batch(_) => 0,
                };
                prop_assert_eq!(record.lane(number).sum(|row| row.charged), charged);
            }
        }
    }

    /// Reads are all that it changes.
    #[test]
    fn caching_never_raises_what_is_charged(world in rich_worlds()) {
        let world = ample(world, 5);
        let (with, without) = (world.run(), without_caches(world).run());
        let read: u64 = with.apps.iter().map(|app| app.usage().cache_read).sum();
        prop_assert_eq!(with.balance.charged + i128::from(read), without.balance.charged);
        prop_assert_eq!(with.balance.debited, without.balance.debited);
        for (with, without) in with.apps.iter().zip(&without.apps) {
            prop_assert_eq!(with.usage().output, without.usage().output);
            prop_assert!(with.ttft.from_sending().sum() <= without.ttft.from_sending().sum());
            prop_assert!(with.e2e.from_sending().sum() <= without.e2e.from_sending().sum());
        }
    }

    #[test]
    fn without_a_checkpoint_a_cache_changes_nothing(world in rich_worlds()) {
        let mut world = world;
        world.arrivals.iter_mut().for_each(|arrival| arrival.call.prefix = None);
        for world in world.under_each_window() {
            prop_assert_eq!(world.run(), without_caches(world).run());
        }
    }

    #[test]
    fn a_minimum_above_every_prompt_is_no_cache(world in rich_worlds()) {
        let mut world = world;
        let high = Rules { minimum: 1_000_000, checkpoints: 4, look_back: 20 };
        lanes(&mut world).for_each(|lane| lane.cache = lane.cache.map(|_| high));
        let (with, without) = (world.run(), without_caches(world).run());
        prop_assert_eq!(&with.balance, &without.balance);
        for (with, without) in with.apps.iter().zip(&without.apps) {
            prop_assert_eq!(&with.minutes, &without.minutes);
        }
    }

    /// Where entries are readable at once: a Region sees some of the calls, so the last use of an entry there is
    /// never later than in one Region that sees all.
    #[test]
    fn more_regions_of_execution_never_read_one_prefix_more(
        gaps in prop::collection::vec(prop_oneof![0..400_u64, Just(300)], 1..80), regions in 2..5_usize, seed in 0..1_000_u64, hour in any::<bool>(),
    ) {
        let ttl = if hour { Ttl::OneHour } else { Ttl::FiveMinutes };
        let [one, many] = [1, regions].map(|regions| read(&one_prefix(&gaps, regions, 0, ttl, seed).run()));
        prop_assert!(many <= one, "{many} in {regions} Regions, {one} in one");
    }
}

fn read(run: &Run) -> u64 {
    run.apps[0].usage().cache_read
}

/// Calls of one prefix, so many seconds apart, spread evenly over Regions.
fn one_prefix(gaps: &[u64], regions: usize, ttft_us: u32, ttl: Ttl, seed: u64) -> World {
    let mut app = world::served("a", 0, world::service(ttft_us, u32::MAX));
    app.lanes[0].cache = Some(Rules { minimum: 1_024, checkpoints: 4, look_back: 20 });
    let to = |number| Destination { region: format!("region-{number}"), weight: 1 };
    app.lanes[0].destinations = (0..regions).map(to).collect();
    let mut now = 0;
    let calls = gaps.iter().map(|gap| {
        now += gap * Micros::SECOND.0;
        let mut call = arrival(now, 0, 2_100, 10, 5);
        call.call.prefix = Some(Chain::new(1).then(1, 2_000).checkpoint(ttl).prefix());
        call
    });
    let arrivals = numbered(calls.collect());
    World { plan: world::plan(vec![Vec::new()], vec![app]), terms: Vec::new(), arrivals, seed }
}

/// An entry lives from its writer's first token on, and a hit is a use at the moment of the call. The second call,
/// a minute after the first, is a hit in one Region; in another Region it writes, and its entry, thirty seconds
/// younger, is still alive for the third and the fourth.
#[test]
fn more_regions_may_read_more_when_first_tokens_are_late() {
    let reads = |regions, seed| read(&one_prefix(&[0, 60, 310, 1], regions, 30_000_000, Ttl::FiveMinutes, seed).run());
    assert_eq!(reads(1, 0), 2_000);
    assert!((0..64).any(|seed| reads(2, seed) == 4_000), "one of eight seeds splits the calls like this");
}

/// Ten seconds to the first token, two when four fifths of the prompt are read. The second call reads 4,000 tokens
/// and writes 1,000; the third, three seconds later, reads both.
#[test]
fn what_is_written_is_readable_from_the_first_token_that_a_read_has_brought_forward() {
    let mut world = one_prefix(&[0, 60, 3], 1, 10_000_000, Ttl::FiveMinutes, 0);
    world.plan.apps[0].lanes[0].service.cached_saves_thousandths = 1_000;
    let first = Chain::new(1).then(1, 4_000).checkpoint(Ttl::FiveMinutes);
    let both = first.clone().then(2, 1_000).checkpoint(Ttl::FiveMinutes).prefix();
    for (call, prefix) in world.arrivals.iter_mut().zip([first.prefix(), both.clone(), both]) {
        call.call.input = 5_000;
        call.call.prefix = Some(prefix);
    }
    assert_eq!(read(&world.run()), 4_000 + 5_000);
}
