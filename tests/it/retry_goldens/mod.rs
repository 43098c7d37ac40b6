//! Goldens of the retry models, from the real SDKs: `../shared/oracles/retry`, whose README says how they were made
//! and how near to come.

mod backoff;
mod bucket;
mod e2e;
mod harness;
mod limiter;
mod quota;

use crate::shared;
use serde_json::Value;
use tokencast::client::{LimiterState, Mode, Outcome, Policy, Sdk};

/// What is read of a golden file: `v["cases"]`.
fn golden(name: &str) -> Option<Value> {
    let file = shared::file(&format!("oracles/retry/{name}.json"))?;
    let text = std::fs::read_to_string(file).expect("a readable golden");
    Some(serde_json::from_str(&text).expect("a golden in JSON"))
}

const PROFILES: [&str; 2] = ["v2_0", "v2_1"];

/// The SDK that a golden was made with, in one of its modes.
fn policy(golden: &Value, mode: &str) -> Policy {
    let sdk = match golden["profile"].as_str() {
        Some("v2_0") => Sdk::Botocore(43),
        Some("v2_1") => Sdk::Botocore(44),
        other => panic!("unknown profile {other:?}"),
    };
    let mode = [Mode::Legacy, Mode::Standard, Mode::Adaptive].into_iter().find(|known| known.name() == mode);
    Policy::of(sdk, mode.expect("a known mode"))
}

fn outcome(name: &Value) -> Outcome {
    match name.as_str().expect("an outcome") {
        "ok" => Outcome::Ok,
        "throttle" => Outcome::Throttled,
        "bare429" => Outcome::Bare429,
        "not_ready" => Outcome::NotReady,
        "svc503" => Outcome::Unavailable,
        "ise500" => Outcome::ServerError,
        "read_timeout" => Outcome::ReadTimeout,
        "connect_timeout" => Outcome::ConnectTimeout,
        "conn_closed" => Outcome::ConnectionClosed,
        "validation" => Outcome::Refused,
        "model_timeout408" => Outcome::ModelTimeout,
        other => panic!("unknown outcome {other}"),
    }
}

/// What botocore raises.
fn error(outcome: Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Ok => return None,
        Outcome::Throttled => "ThrottlingException",
        Outcome::Bare429 => "429",
        Outcome::NotReady => "ModelNotReadyException",
        Outcome::Unavailable => "ServiceUnavailableException",
        Outcome::ServerError => "InternalServerException",
        Outcome::ReadTimeout => "ReadTimeoutError",
        Outcome::ConnectTimeout => "ConnectTimeoutError",
        Outcome::ConnectionClosed => "ConnectionClosedError",
        Outcome::Refused => "ValidationException",
        Outcome::ModelTimeout => "ModelTimeoutException",
    })
}

/// botocore puts what it says of retries into the metadata of a response, which these do not have.
fn has_metadata(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::ReadTimeout | Outcome::ConnectTimeout | Outcome::ConnectionClosed)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// Seconds with six decimals.
fn micros(value: &Value) -> u64 {
    (number(value) * 1e6).round() as u64
}

/// Uniform in [0, 1), exactly.
fn draw(u: &Value) -> u64 {
    (number(u) * 18_446_744_073_709_551_616.0) as u64
}

/// As near as that: relative, and absolute below one.
fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (found - expected).abs() / expected.abs().max(1.0);
    assert!(error <= tolerance, "{what}: {found} instead of {expected}");
}

/// A state in the order of the columns of `cubic`, from `enabled` on; columns that a golden lacks are not compared.
fn assert_state(found: LimiterState, expected: &[Value], tolerance: f64, what: &str) {
    assert_eq!(u64::from(found.enabled), count(&expected[0]), "{what}: enabled");
    let LimiterState { measured_rate, fill_rate, max_capacity, capacity, w_max, k, last_throttle, .. } = found;
    let found = [measured_rate, fill_rate, max_capacity, capacity, w_max, k, last_throttle];
    let names = ["measured", "fill", "max capacity", "capacity", "w_max", "K", "last throttle"];
    for ((found, expected), name) in found.into_iter().zip(&expected[1..]).zip(names) {
        assert_near(found, number(expected), tolerance, &format!("{what}: {name}"));
    }
}
