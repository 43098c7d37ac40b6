//! The adaptive limiter of one client: of botocore, and of the SDKs that differ.

use super::{assert_near, assert_state, count, golden, list, micros, number, text};
use serde_json::Value;
use tokencast::client::{Limiter, LimiterRules};

/// Responses at given instants; columns: t, throttled, then the state after the response.
fn replay(golden: &Value, rules: &LimiterRules, tolerance: f64) {
    for sequence in list(&golden["sequences"]) {
        let mut limiter = Limiter::new(rules, micros(&sequence["t0"]));
        for (row, number) in list(&sequence["rows"]).iter().zip(0..) {
            let row = list(row);
            limiter.respond(micros(&row[0]), count(&row[1]) == 1);
            let what = format!("{} row {number}", text(&sequence["name"]));
            assert_state(limiter.state(), &row[2..], tolerance, &what);
        }
        assert_eq!(list(&sequence["rows"]).len(), 200);
    }
    assert_eq!(list(&golden["sequences"]).len(), 9);
}

#[test]
fn the_rate_follows_that_of_botocore() {
    if let Some(golden) = golden("cubic") {
        replay(&golden, &LimiterRules::BOTOCORE, 1e-9);
    }
}

#[test]
fn the_rate_of_the_rust_sdk_follows_it() {
    if let Some(golden) = golden("xsdk_rust_limiter") {
        replay(&golden, &LimiterRules::RUST, 1e-9);
    }
}

#[test]
fn the_rate_of_the_javascript_sdk_follows_it() {
    if let Some(golden) = golden("xsdk_js_limiter") {
        replay(&golden, &LimiterRules::JS, 1e-6);
    }
}

#[test]
fn one_caller_in_a_loop_waits_as_in_botocore() {
    let Some(golden) = golden("limiter_waits") else { return };
    for sequence in list(&golden["sequences"]) {
        let mut now = number(&sequence["t0"]);
        let mut limiter = Limiter::new(&LimiterRules::BOTOCORE, micros(&sequence["t0"]));
        for (row, place) in list(&sequence["rows"]).iter().zip(0..) {
            let row = list(row);
            let what = format!("{} row {place}", text(&sequence["name"]));
            now += number(&row[0]);
            assert_near(now, number(&row[3]), 1e-8, &what);
            let start = now;
            while let Err(short) = limiter.acquire_at(now) {
                now = (now + short).max(now.next_up());
            }
            assert_near(now - start, number(&row[4]), 1e-8, &what);
            now += number(&row[1]);
            limiter.respond_at(now, count(&row[2]) == 1);
            assert_state(limiter.state(), &row[6..], 1e-8, &what);
        }
        assert_eq!(list(&sequence["rows"]).len(), 200);
    }
    assert_eq!(list(&golden["sequences"]).len(), 4);
}
