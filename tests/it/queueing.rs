//! Formulas of queueing theory against runs: what is lost, how long is waited, and how fast a closed loop turns.
//!
//! Each figure is the mean over independent seeds; it has to lie within four standard errors of the formula, which
//! a right engine misses once in fifteen thousand times. The seeds are fixed.

use crate::world;
use tokencast::bedrock::service::Service;
use tokencast::plan::{App, Closed, Concurrency, Plan, Synthetic, Traffic, Work};
use tokencast::rng::Distribution;
use tokencast::sim::{self, Run, Tasks};
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::units::{Micros, Rate};

const SEEDS: u64 = 24;
/// A second of service on average.
const EXPONENTIAL: Distribution = Distribution::Exponential { mean: 1_000_000, max: u32::MAX - 1 };
const CONSTANT: Distribution = Distribution::Constant(1_000_000);

/// So many calls at once; the others wait, as long as there is room.
fn limited(service: Distribution, most: u32, queue: u32) -> App {
    let concurrency = Some(Concurrency { most, queue, patience: None });
    let service = Service::steady(service, Distribution::Constant(u32::MAX));
    App { work: Some(Box::new(Work { concurrency, ..Work::default() })), ..world::served("a", 0, service) }
}

/// Poisson arrivals at a rate, for an hour.
fn poisson(app: App, rate: &str) -> Plan {
    let traffic = Traffic::Synthetic(Box::new(Synthetic {
        rate: Rate::parse(rate).expect("a rate"),
        shape: [[1; 24]; 7],
        timezone: jiff::tz::TimeZone::UTC,
        monthly_growth: None,
        dispersion_thousandths: 1_000,
        input: Distribution::Constant(1),
        output: Distribution::Constant(0),
    }));
    let plan = world::plan(vec![Vec::new()], vec![App { traffic, ..app }]);
    Plan { horizon: Some(Micros(2 * Micros::HOUR.0)), ..plan }
}

/// The mean of a figure over the seeds, and its standard error.
fn over_seeds(plan: &Plan, figure: impl Fn(&Run) -> f64) -> (f64, f64) {
    let runs = (0..SEEDS).map(|seed| sim::run(plan, seed, Arrivals::new(plan, seed, &NoFiles)));
    let figures: Vec<f64> = runs.map(|run| figure(&run)).collect();
    let mean = figures.iter().sum::<f64>() / SEEDS as f64;
    let variance = figures.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (SEEDS - 1) as f64;
    (mean, (variance / SEEDS as f64).sqrt())
}

fn tasks(run: &Run) -> &Tasks {
    run.apps[0].tasks.as_deref().expect("an application with tasks")
}

#[track_caller]
fn assert_near((mean, error): (f64, f64), formula: f64) {
    assert!(error < formula / 20.0, "{error} is no interval for {formula}");
    assert!((mean - formula).abs() < 4.0 * error, "{mean} +- {error}, and the formula says {formula}");
}

/// The share of calls that find all of `servers` busy and are lost, at a load in erlangs.
fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |blocked, n| load * blocked / (f64::from(n) + load * blocked))
}

/// The share of calls that wait where none is lost.
fn erlang_c(servers: u32, load: f64) -> f64 {
    let (b, n) = (erlang_b(servers, load), f64::from(servers));
    n * b / (n - load * (1.0 - b))
}

#[test]
fn without_a_line_the_erlang_loss_formula_holds_whatever_the_service_time() {
    // Erlang's own table: ten lines, eight erlangs.
    assert!((erlang_b(10, 8.0) - 0.121_661).abs() < 1e-6);
    for service in [EXPONENTIAL, CONSTANT] {
        let plan = poisson(limited(service, 10, 0), "8/s");
        let lost = |run: &Run| tasks(run).shed as f64 / tasks(run).begun as f64;
        assert_near(over_seeds(&plan, lost), erlang_b(10, 8.0));
    }
}

#[test]
fn with_a_line_waits_are_those_of_m_m_c() {
    let plan = poisson(limited(EXPONENTIAL, 10, u32::MAX), "8/s");
    let wait_s = |run: &Run| tasks(run).waited.sum() as f64 / 1e6 / tasks(run).waited.count() as f64;
    let waiting = |run: &Run| tasks(run).waited.above(Micros(0)) as f64 / tasks(run).waited.count() as f64;
    assert_near(over_seeds(&plan, wait_s), erlang_c(10, 8.0) / (10.0 - 8.0));
    assert_near(over_seeds(&plan, waiting), erlang_c(10, 8.0));
}

/// A constant service time halves the wait of one server (Pollaczek and Khinchine).
#[test]
fn one_server_with_constant_service_waits_half_as_long() {
    let plan = poisson(limited(CONSTANT, 1, u32::MAX), "0.7/s");
    let wait_s = |run: &Run| tasks(run).waited.sum() as f64 / 1e6 / tasks(run).waited.count() as f64;
    assert_near(over_seeds(&plan, wait_s), 0.7 / (2.0 * (1.0 - 0.7)));
}

/// Little's law around the loop: users are either served or think.
#[test]
fn a_closed_loop_turns_as_fast_as_response_and_think_time_allow() {
    let closed = Closed {
        users: 50,
        think_ms: Distribution::Exponential { mean: 3_000, max: u32::MAX - 1 },
        ramp: Micros(0),
        input: Distribution::Constant(1),
        output: Distribution::Constant(0),
    };
    let app = App { traffic: Traffic::Closed(closed), ..limited(EXPONENTIAL, 8, u32::MAX) };
    let hour = Micros::HOUR;
    let plan = Plan { horizon: Some(hour), ..world::plan(vec![Vec::new()], vec![app]) };
    let users = |run: &Run| {
        let throughput = tasks(run).done as f64 / (hour.0 as f64 / 1e6);
        let response_s = tasks(run).e2e.sum() as f64 / 1e6 / tasks(run).done as f64;
        throughput * (response_s + 3.0)
    };
    let (mean, error) = over_seeds(&plan, users);
    assert!((mean - 50.0).abs() < 4.0 * error + 50.0 * 0.001, "{mean} +- {error}: 50 users and the edges of the hour");
    assert!(error < 0.1);
    // Eight servers are busy all the time: a second of service each.
    let (throughput, _) = over_seeds(&plan, |run| tasks(run).done as f64 / 3_600.0);
    assert!((throughput - 8.0).abs() < 0.05, "{throughput}");
}
