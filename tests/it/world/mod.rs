//! Random small scenarios in which everything is scarce and much happens at one instant.

mod callers;
mod draw;
mod options;
pub mod working;

pub use callers::{adaptive, callers, policies, sent_by};
pub use draw::{bursts, calls, gap, limits, rushes, worlds};
pub use options::rich_worlds;

use crate::model::Terms;
use proptest::prelude::*;
use tokencast::bedrock::cache;
use tokencast::bedrock::quota::{Limit, Measure, Route, Window};
use tokencast::bedrock::service::Service;
use tokencast::client::Policy;
use tokencast::plan::{App, Burndown, Caller, Lane, Offer, Plan, Pool, Traffic};
use tokencast::rng::Distribution;
use tokencast::sim::{self, Run};
use tokencast::traffic::{Arrival, Call, Fate};
use tokencast::units::{Micros, SimTime};

pub const WINDOWS: [Window; 3] = [Window::ClockMinute, Window::SlidingMinute, Window::TokenBucket];

/// So many cases, unless PROPTEST_CASES asks for others.
pub fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if asked { default } else { ProptestConfig { cases: count, ..default } }
}

/// A scenario without names and files.
#[derive(Debug, Clone)]
pub struct World {
    pub plan: Plan,
    pub terms: Vec<Terms>,
    pub arrivals: Vec<Arrival>,
    pub seed: u64,
}

impl World {
    pub fn run(&self) -> Run {
        sim::run(&self.plan, self.seed, self.arrivals.iter().cloned())
    }

    /// The same scenario under each of the windows.
    pub fn under_each_window(self) -> impl Iterator<Item = Self> {
        WINDOWS.into_iter().map(move |window| Self { plan: Plan { window, ..self.plan.clone() }, ..self.clone() })
    }

    /// Every limit of every pool changed.
    pub fn map_limits(&mut self, change: impl Fn(&mut Limit)) {
        self.plan.pools.iter_mut().flat_map(|pool| &mut pool.limits).for_each(change);
    }
}

pub fn limit(measure: Measure, amount: u64, period: Micros) -> Limit {
    Limit { measure, amount, period }
}

pub fn tokens_per_minute(amount: u64) -> Limit {
    limit(Measure::Tokens, amount, Micros::MINUTE)
}

/// An application that draws from all limits of one pool, of which there are none yet.
pub fn app(name: &str, pool: usize) -> App {
    served(name, pool, service(1_000_000, 1_000_000))
}

/// The same, served in this way.
pub fn served(name: &str, pool: usize, service: Service) -> App {
    App {
        name: name.to_owned(),
        tags: Vec::new(),
        lanes: vec![Lane::on_demand(Offer::unpriced("m"), pool, Route::default(), service)],
        targets: Vec::new(),
        work: None,
        meters: Vec::new(),
        standing: Vec::new(),
        max_tokens: 100,
        max_tokens_unset: false,
        client: caller(1),
        prompt: None,
        traffic: Traffic::Given,
    }
}

/// A client that tries so often, with a base of one second and a cap of twenty, and never hangs up.
pub fn caller(attempts: u32) -> Caller {
    Caller::patient(Policy::own(attempts, Micros::SECOND, Micros(20_000_000)))
}

/// The same application, whose lanes count each token of output so many times.
pub fn burning(mut app: App, times: u32) -> App {
    let burndown = Burndown::new(vec![(SimTime(0), times)]);
    app.lanes.iter_mut().for_each(|lane| lane.burndown = burndown.clone());
    app
}

/// The same application, whose lanes have a prompt cache or none.
pub fn caching(mut app: App, rules: Option<cache::Rules>) -> App {
    app.lanes.iter_mut().for_each(|lane| lane.cache = rules);
    app
}

pub fn service(ttft_us: u32, output_per_second_thousandths: u32) -> Service {
    Service::steady(Distribution::Constant(ttft_us), Distribution::Constant(output_per_second_thousandths))
}

/// A plan that starts at the epoch and ends when nothing is left to do.
pub fn plan(pools: Vec<Vec<Limit>>, mut apps: Vec<App>) -> Plan {
    let pool = |(id, limits): (usize, Vec<Limit>)| Pool::quota(id.to_string(), limits);
    let pools: Vec<Pool> = pools.into_iter().enumerate().map(pool).collect();
    let lanes = apps.iter_mut().flat_map(|app| &mut app.lanes);
    lanes.for_each(|lane| lane.route = route(&pools, lane.pool));
    Plan { pools, apps, ..Plan::default() }
}

/// All limits of a pool.
pub fn route(pools: &[Pool], pool: usize) -> Route {
    let first: usize = pools[..pool].iter().map(|pool| pool.limits.len()).sum();
    let of = |measure| -> Vec<usize> {
        let limits = pools[pool].limits.iter().zip(first..);
        limits.filter(|(limit, _)| limit.measure == measure).map(|(_, at)| at).collect()
    };
    let tokens = [of(Measure::Tokens), of(Measure::InputTokens)].concat();
    Route { requests: of(Measure::Requests), tokens, output: of(Measure::OutputTokens).pop() }
}

/// The numbers of each application's calls, counted from zero.
pub fn numbered(mut arrivals: Vec<Arrival>) -> Vec<Arrival> {
    let mut counts = Vec::new();
    for arrival in &mut arrivals {
        counts.resize(counts.len().max(arrival.app as usize + 1), 0);
        arrival.request = counts[arrival.app as usize];
        counts[arrival.app as usize] += 1;
    }
    arrivals
}

pub fn arrival(at: u64, app: u32, input: u32, max_tokens: u32, output: u32) -> Arrival {
    Arrival { at: SimTime(at), app, request: 0, call: Call { input, max_tokens, prefix: None }, fate: Fate { output } }
}
