//! The reference job M0, shared by the benchmarks and the example: one pool with a token bucket,
//! 5x burndown, 500 ms and 20 ms a token, at most five attempts with full-jitter backoff.

use tokencast::bedrock::quota::{Limit, Measure, Route, Window};
use tokencast::bedrock::service::Service;
use tokencast::client::Policy;
use tokencast::plan::{App, Burndown, Caller, Lane, Offer, Plan, Pool, Synthetic, Traffic};
use tokencast::rng::{Distribution, Stream};
use tokencast::sim::{Engine, Run};
use tokencast::traffic::Arrival;
use tokencast::units::{Micros, Rate, SimTime};

/// Every call asks for so many output tokens at most.
pub const MAX_TOKENS: u32 = 32_768;

/// The plan of M0 with a quota of so many tokens per minute.
pub fn plan(quota_tpm: u64) -> Plan {
    let limit = Limit { measure: Measure::Tokens, amount: quota_tpm, period: Micros::MINUTE };
    Plan {
        window: Window::TokenBucket,
        pools: vec![Pool::quota("m0".to_owned(), vec![limit])],
        apps: vec![App {
            name: "m0".to_owned(),
            tags: Vec::new(),
            lanes: vec![Lane {
                burndown: Burndown::new(vec![(SimTime(0), 5)]),
                ..Lane::on_demand(
                    Offer::unpriced("m0"),
                    0,
                    Route { tokens: vec![0], ..Route::default() },
                    Service::steady(Distribution::Constant(500_000), Distribution::Constant(50_000)),
                )
            }],
            targets: Vec::new(),
            work: None,
            meters: Vec::new(),
            standing: Vec::new(),
            max_tokens: MAX_TOKENS,
            max_tokens_unset: false,
            client: Caller::patient(Policy::own(5, Micros::SECOND, Micros(20_000_000))),
            prompt: None,
            traffic: Traffic::Given,
        }],
        ..Plan::default()
    }
}

/// M0 with Poisson arrivals and log-normal lengths: input with median 1,000 and sigma 1, output with
/// median 150 and sigma 0.9. At 4,000,000 tokens a minute, a load of 1 is 24.05 calls a second.
pub fn synthetic(quota_tpm: u64, rate: &str, horizon: Option<Micros>) -> Plan {
    let mut plan = plan(quota_tpm);
    plan.horizon = horizon;
    plan.apps[0].traffic = Traffic::Synthetic(Box::new(Synthetic {
        rate: Rate::parse(rate).expect("a rate"),
        shape: [[1; 24]; 7],
        timezone: jiff::tz::TimeZone::UTC,
        monthly_growth: None,
        dispersion_thousandths: 1_000,
        input: Distribution::LogNormal { median: 1_000, p95: 5_180, max: 100_000 },
        output: Distribution::LogNormal { median: 150, p95: 659, max: MAX_TOKENS },
    }));
    plan
}

/// Runs M0 over arrivals, with the delays that its specification fixes for seed 1.
pub fn run(plan: &Plan, arrivals: impl Iterator<Item = Arrival>) -> Run {
    Engine::new(plan, 1).with_jitter(0, Stream::with_key(1, 8)).run(arrivals)
}
