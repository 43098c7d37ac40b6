//! On what a run and the model must agree.

use tokencast::histogram::Histogram;
use tokencast::sim::{AppRecord, MinuteRow, RetryRow, Run};

/// One lane of one application. `latency_sums` are of waiting, time to first token and end to end; `jobs` are
/// their number and the calls of the smallest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaneOutcome {
    pub minutes: Vec<MinuteRow>,
    /// Those of which anything is known, in order of time.
    pub retries: Vec<RetryRow>,
    pub latency_sums: [u128; 3],
    pub calls_throttled: u64,
    pub throttled_by_fleet: u64,
    pub max_input: u32,
    pub executed: Vec<u64>,
    pub jobs: (u64, u64),
}

/// Everything on which they must agree. `balance` is debited, charged, released, held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// By application and lane.
    pub apps: Vec<Vec<LaneOutcome>>,
    pub refusals: Vec<u64>,
    pub end: u64,
    pub in_flight: u64,
    pub balance: [i128; 4],
}

/// What a run of the engine says in the model's words.
pub fn outcome(run: &Run) -> Outcome {
    let of_app = |app: &AppRecord| match app.lanes.as_slice() {
        [] => vec![of_lane(app)],
        lanes => lanes.iter().map(of_lane).collect(),
    };
    let balance = run.balance;
    Outcome {
        apps: run.apps.iter().map(of_app).collect(),
        refusals: run.refusals.clone(),
        end: run.end.0,
        in_flight: run.in_flight,
        balance: [balance.debited, balance.charged, balance.released, balance.held],
    }
}

fn of_lane(record: &AppRecord) -> LaneOutcome {
    LaneOutcome {
        minutes: record.minutes.clone(),
        retries: record.retries.clone(),
        latency_sums: [&record.wait, &record.ttft.from_sending(), &record.e2e.from_sending()].map(Histogram::sum),
        calls_throttled: record.calls_throttled,
        throttled_by_fleet: record.throttled_by_fleet,
        max_input: record.max_input,
        executed: record.executed.clone(),
        jobs: (record.jobs, record.smallest_job),
    }
}
