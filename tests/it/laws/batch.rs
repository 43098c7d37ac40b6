//! Jobs of many calls: outside the quotas of minutes, answered as a whole.

use crate::world::{self, World, arrival, cases, numbered, rich_worlds};
use proptest::prelude::*;
use tokencast::bedrock::batch::Job;
use tokencast::plan::{Access, App, Pool};
use tokencast::traffic::Arrival;
use tokencast::units::Micros;

fn batch(name: &str, pool: usize, every: u64, takes: u64) -> App {
    let mut app = world::app(name, pool);
    app.lanes[0].access = Access::Batch(Job { every: Micros(every), takes: Micros(takes) });
    app
}

fn alone(every: u64, takes: u64, calls: Vec<Arrival>) -> World {
    let plan = world::plan(vec![Vec::new()], vec![batch("batch", 0, every, takes)]);
    World { plan, terms: Vec::new(), arrivals: numbered(calls), seed: 0 }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_batch_beside_them_changes_nothing_for_the_others(world in rich_worlds(), times in prop::collection::vec(0..200_000_000_u64, 1..30)) {
        let mut beside = world.clone();
        let app = beside.plan.apps.len() as u32;
        beside.plan.pools.push(Pool::quota("batch".to_owned(), Vec::new()));
        beside.plan.apps.push(batch("batch", beside.plan.pools.len() - 1, 7_000_000, 40_000_000));
        beside.arrivals.extend(times.iter().map(|at| arrival(*at, app, 1_000_000, 1_000_000, 1_000_000)));
        beside.arrivals.sort_by_key(|arrival| arrival.at);
        let horizon = beside.plan.horizon.map_or(u64::MAX, |horizon| horizon.0);
        beside.arrivals.retain(|arrival| arrival.at.0 < horizon);
        beside.arrivals = numbered(beside.arrivals);
        for (world, beside) in world.under_each_window().zip(beside.under_each_window()) {
            let (without, with) = (world.run(), beside.run());
            prop_assert_eq!(&without.apps[..], &with.apps[..app as usize]);
            prop_assert_eq!((without.refusals, without.balance), (with.refusals, with.balance));
            prop_assert_eq!(with.apps[app as usize].sum(|row| row.offered + row.reserved + row.charged), 0);
        }
    }

    /// Each waits until the next multiple, and then as long as the job takes.
    #[test]
    fn every_call_of_a_job_ends_at_its_end(times in prop::collection::vec(0..50_000_000_u64, 1..200), every in 3_000_000..60_000_000_u64, takes in 0..500_000_000_u64) {
        let mut times = times;
        times.sort_unstable();
        let run = alone(every, takes, times.iter().map(|at| arrival(*at, 0, 9, 9, 5)).collect()).run();
        let record = &run.apps[0];
        let closes: Vec<u64> = times.iter().map(|at| (at / every + 1) * every).collect();
        let waited: u64 = closes.iter().zip(&times).map(|(closes, at)| closes - at).sum();
        let count = times.len() as u64;
        prop_assert_eq!(record.sum(|row| row.served.into()), count);
        prop_assert_eq!(record.wait.sum(), waited.into());
        prop_assert_eq!(record.e2e.from_admission().sum(), u128::from(count * takes));
        prop_assert_eq!(record.ttft.from_admission().sum(), u128::from(count * takes));
        let mut jobs = closes.clone();
        jobs.dedup();
        prop_assert_eq!(record.jobs, jobs.len() as u64);
        let smallest = jobs.iter().map(|job| closes.iter().filter(|closes| *closes == job).count() as u64).min();
        prop_assert_eq!(Some(record.smallest_job), smallest);
    }
}

/// The first fifty thousand leave at once, the others when the hour is over.
#[test]
fn a_job_is_submitted_as_soon_as_it_is_full() {
    let calls = vec![arrival(1_000_000, 0, 1, 1, 1); 50_003];
    let run = alone(Micros::HOUR.0, 60_000_000, calls).run();
    let record = &run.apps[0];
    assert_eq!((record.jobs, record.smallest_job), (2, 3));
    assert_eq!(record.wait.sum(), 3 * u128::from(Micros::HOUR.0 - 1_000_000));
    assert_eq!(
        record.minutes.iter().map(|row| row.served).filter(|served| *served > 0).collect::<Vec<_>>(),
        [50_000, 3]
    );
}

/// Jobs of a second each that take an hour: the one of the 21st second begins when the first one ends.
#[test]
fn at_most_twenty_jobs_of_a_model_are_in_progress() {
    let calls = (0..21).map(|second| arrival(second * 1_000_000, 0, 1, 1, 1)).collect();
    let run = alone(1_000_000, Micros::HOUR.0, calls).run();
    assert_eq!(run.end.0, 1_000_000 + 2 * Micros::HOUR.0);
    assert_eq!(run.apps[0].wait.sum(), 20 * 1_000_000 + u128::from(Micros::HOUR.0 - 20 * 1_000_000 + 1_000_000));
}
