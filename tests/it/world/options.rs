//! The same scenarios with everything that Bedrock offers beyond quotas of one amount.

use super::{World, limit, route, worlds};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tokencast::bedrock::batch::Job;
use tokencast::bedrock::cache::{self, Chain, Prefix, Ttl};
use tokencast::bedrock::quota::{Change, Measure};
use tokencast::bedrock::rules::Rules;
use tokencast::bedrock::tier::Tier;
use tokencast::plan::{Access, App, Destination, Lane, Plan, Pool};
use tokencast::units::{Micros, Ratio, SimTime};

/// What one application is given.
#[derive(Debug, Clone)]
struct Options {
    ways: Ways,
    tier: Tier,
    account: Option<&'static str>,
    /// It caches: the thousandths of the time to the first token that a hit saves.
    cache: Option<u32>,
    weights: Vec<u32>,
}

/// Where its calls go.
#[derive(Debug, Clone, Copy)]
enum Ways {
    Quota,
    /// Capacity that was bought: input and output tokens per minute, and the quota behind it or nothing.
    Bought {
        input: u64,
        output: u64,
        spills: bool,
    },
    /// A pool of few tokens a minute before that of the others.
    Fast(u64),
    Batch(Job),
}

/// The limit of a pool, by its place, takes another amount.
type Later = Vec<(usize, u64, u64)>;

fn ways() -> impl Strategy<Value = Ways> {
    let bought = (1..120_u64, 1..120_u64, any::<bool>());
    let job = (select(vec![1_000_000, 7_500_000, 60_000_000]), select(vec![0, 1_000_000, 45_000_000, 300_000_000]));
    prop_oneof![
        3 => Just(Ways::Quota),
        3 => bought.prop_map(|(input, output, spills)| Ways::Bought { input, output, spills }),
        1 => (20..200_u64).prop_map(Ways::Fast),
        1 => job.prop_map(|(every, takes)| Ways::Batch(Job { every: Micros(every), takes: Micros(takes) })),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    let cache = option::weighted(0.7, select(vec![0_u32, 850, 1_000]));
    let tier = select(vec![Tier::Standard, Tier::Priority, Tier::Flex]);
    let weights = prop_oneof![Just(vec![1]), vec(1..5_u32, 2..=3)];
    (ways(), tier, select(vec![None, Some("other")]), cache, weights)
        .prop_map(|(ways, tier, account, cache, weights)| Options { ways, tier, account, cache, weights })
}

/// What the model caches that all of them call.
fn caching() -> impl Strategy<Value = cache::Rules> {
    (0..25_u32, 1..4_u32, 0..3_u32).prop_map(|(minimum, checkpoints, look_back)| cache::Rules {
        minimum,
        checkpoints,
        look_back,
    })
}

/// Rules as they are documented, or any.
fn rules() -> impl Strategy<Value = Rules> {
    let share = || prop_oneof![2 => Just(0), 1 => 0..4_u64].prop_map(|tenths| Ratio::new(tenths, 10).expect("a share"));
    let every = option::of(select(vec![100_000, 333_333, 1_000_000, 20_000_000]));
    (any::<bool>(), any::<bool>(), every, share(), share()).prop_map(|(burndown, reads, every, throttled, gone)| {
        Rules {
            burndown_on_reservation: burndown,
            cache_reads_reserved: reads,
            release_every: every.map(Micros),
            shared_throttled: throttled,
            unavailable: gone,
            ..Rules::default()
        }
    })
}

/// Few contents, so that prompts share beginnings; nothing at times.
fn prefixes() -> impl Strategy<Value = Vec<Option<Prefix>>> {
    let block = (0..2_u64, any::<bool>());
    let prefix = (vec(block, 1..=4), 0..4_usize).prop_map(|(blocks, hours)| {
        let blocks = blocks.into_iter().enumerate();
        let chain = blocks.fold(Chain::new(7), |chain, (depth, (content, checkpoint))| {
            let chain = chain.then(content, 6 + depth as u32);
            let ttl = if depth < hours { Ttl::OneHour } else { Ttl::FiveMinutes };
            if checkpoint { chain.checkpoint(ttl) } else { chain }
        });
        chain.prefix()
    });
    vec(option::weighted(0.8, prefix), 60)
}

/// A world with options; a pause somewhere lets what is cached die, or not.
pub fn rich_worlds() -> impl Strategy<Value = World> {
    let later = vec(vec((0..5_usize, 0..150_000_000_u64, 1..500_u64), 0..3), 2);
    let pause = (0..60_usize, select(vec![0, 299_000_000, 300_000_000, 3_599_000_000, 3_600_000_000]));
    (worlds(), vec(options(), 3), (rules(), caching()), later, prefixes(), pause).prop_map(
        |(mut world, options, (rules, caching), later, prefixes, pause)| {
            world.plan.rules = rules;
            date_limits(&mut world.plan, later);
            for (number, options) in options.iter().enumerate().take(world.plan.apps.len()) {
                let app = furnished(&mut world.plan.pools, world.plan.apps[number].clone(), options);
                let caches = options.cache.is_some() && !matches!(options.ways, Ways::Batch(_));
                world.plan.apps[number] = super::caching(app, caches.then_some(caching));
            }
            begin_calls(&mut world, &options, prefixes);
            wait_before(&mut world, pause);
            world
        },
    )
}

fn date_limits(plan: &mut Plan, later: Vec<Later>) {
    for (pool, later) in plan.pools.iter_mut().zip(later) {
        let limits = pool.limits.len();
        let change = |(limit, at, amount)| Change { at: SimTime(at), limit, amount };
        let mut changes: Vec<Change> = later.into_iter().filter(|(limit, ..)| *limit < limits).map(change).collect();
        changes.sort_by_key(|change| (change.limit, change.at));
        changes.dedup_by_key(|change| (change.limit, change.at));
        pool.changes = changes;
    }
}

fn furnished(pools: &mut Vec<Pool>, app: App, options: &Options) -> App {
    let mut first = app.lanes[0].clone();
    first.offer.tier = options.tier;
    first.service.cached_saves_thousandths = options.cache.unwrap_or(0);
    first.destinations = options
        .weights
        .iter()
        .enumerate()
        .map(|(number, weight)| Destination { region: format!("region-{number}"), weight: *weight })
        .collect();
    let mut drawing_from = |access, limits| {
        let mut pool = Pool::quota(format!("{} of its own", app.name), limits);
        pool.changes = Vec::new();
        pools.push(pool);
        let pool = pools.len() - 1;
        Lane { access, pool, route: route(pools, pool), ..first.clone() }
    };
    let of_minute = |measure, amount| limit(measure, amount, Micros::MINUTE);
    let mut lanes = match options.ways {
        Ways::Quota => vec![first.clone()],
        Ways::Bought { input, output, spills } => {
            let limits = vec![of_minute(Measure::InputTokens, input), of_minute(Measure::OutputTokens, output)];
            let bought = drawing_from(Access::Purchased, limits);
            if spills { vec![bought, first.clone()] } else { vec![bought] }
        }
        Ways::Fast(amount) => {
            vec![drawing_from(Access::Quota, vec![of_minute(Measure::Tokens, amount)]), first.clone()]
        }
        Ways::Batch(job) => vec![drawing_from(Access::Batch(job), Vec::new())],
    };
    lanes.iter_mut().for_each(|lane| lane.account = options.account.map(str::to_owned));
    App { lanes, ..app }
}

/// A beginning is part of the input.
fn begin_calls(world: &mut World, options: &[Options], prefixes: Vec<Option<Prefix>>) {
    for (arrival, prefix) in world.arrivals.iter_mut().zip(prefixes) {
        let Some(prefix) = prefix.filter(|_| options[arrival.app as usize].cache.is_some()) else { continue };
        arrival.call.input += prefix.cuts().last().map_or(0, |cut| cut.tokens);
        arrival.call.prefix = Some(prefix);
    }
}

fn wait_before(world: &mut World, (first, pause): (usize, u64)) {
    world.arrivals.iter_mut().skip(first).for_each(|arrival| arrival.at.0 += pause);
    let horizon = world.plan.horizon.map_or(u64::MAX, |horizon| horizon.0);
    world.arrivals.retain(|arrival| arrival.at.0 < horizon);
}
