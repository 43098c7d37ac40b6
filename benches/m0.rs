//! The reference job M0, shared by the benchmarks and the example: one pool with a token bucket,
//! 5x burndown, 500 ms and 20 ms a token, at most five attempts with full-jitter backoff.

use std::path::Path;
use tokencast::bedrock::quota::{Limit, Measure, Route, Window};
use tokencast::bedrock::service::Service;
use tokencast::client::Backoff;
use tokencast::plan::{App, Burndown, Offer, Plan, Pool, Traffic};
use tokencast::rng::{Distribution, Stream};
use tokencast::sim::{Engine, Run};
use tokencast::traffic::{Arrival, Call, Fate};
use tokencast::units::{Micros, SimTime};

/// Every call asks for so many output tokens at most.
const MAX_TOKENS: u32 = 32_768;

/// The plan of M0 with a quota of so many tokens per minute.
pub fn plan(quota_tpm: u64) -> Plan {
    let limit = Limit { measure: Measure::Tokens, amount: quota_tpm, period: Micros::MINUTE };
    Plan {
        window: Window::TokenBucket,
        pools: vec![Pool { id: "m0".to_owned(), limits: vec![limit] }],
        apps: vec![App {
            name: "m0".to_owned(),
            offer: Offer::unpriced("m0"),
            max_tokens: MAX_TOKENS,
            max_tokens_unset: false,
            context: None,
            pool: 0,
            route: Route { requests: Vec::new(), tokens: vec![0] },
            burndown: Burndown::new(vec![(SimTime(0), 5)]),
            service: Service {
                ttft_us: Distribution::Constant(500_000),
                output_per_second_thousandths: Distribution::Constant(50_000),
            },
            backoff: Backoff { attempts: 5, ..Backoff::default() },
            traffic: Traffic::Given,
        }],
        ..Plan::default()
    }
}

/// Runs M0 over arrivals, with the delays that its specification fixes for seed 1.
pub fn run(plan: &Plan, arrivals: impl Iterator<Item = Arrival>) -> Run {
    Engine::new(plan, 1).with_jitter(0, Stream::with_key(1, 8)).run(arrivals)
}

/// One arrival of M0.
pub fn arrival(request: u64, at_us: u64, input: u32, output: u32) -> Arrival {
    let call = Call { input, max_tokens: MAX_TOKENS };
    Arrival { at: SimTime(at_us), app: 0, request, call, fate: Fate { output } }
}

/// Reads the peers' trace file: a count, then columns of arrival times, input and output tokens,
/// all little-endian.
pub fn read_trace(path: &Path) -> std::io::Result<Vec<Arrival>> {
    let bytes = std::fs::read(path)?;
    let n = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    let (times, counts) = bytes[8..].split_at(8 * n);
    let (inputs, outputs) = counts.split_at(4 * n);
    let word = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let calls = times.chunks_exact(8).zip(inputs.chunks_exact(4).zip(outputs.chunks_exact(4)));
    let arrivals = calls.enumerate().map(|(request, (at, (input, output)))| {
        let at_us = u64::from_le_bytes(at.try_into().expect("eight bytes"));
        arrival(request as u64, at_us, word(input), word(output))
    });
    Ok(arrivals.collect())
}

/// The figures that every implementation of M0 must agree on, in the peers' words.
pub fn canonical(run: &Run) -> String {
    let app = &run.apps[0];
    let sum = |count: fn(&tokencast::sim::MinuteRow) -> u64| app.sum(count);
    format!(
        "n={} admitted={} throttled={} dropped={} minutes={} tin={} tout={} sum_delay={} last_t={}",
        sum(|r| r.arrivals.into()),
        sum(|r| u64::from(r.attempts) - u64::from(r.throttled)),
        sum(|r| r.throttled.into()),
        sum(|r| r.gave_up.into()),
        app.minutes.len(),
        sum(|r| r.input),
        sum(|r| r.output),
        app.e2e.sum_us(),
        run.end.0,
    )
}
