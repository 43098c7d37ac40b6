//! Whole clients against a server: every attempt at the instant, and with the outcome, of the real one.

use super::harness::{Client, Ended, Entry};
use super::{PROFILES, assert_state, count, error, golden, list, micros, number, outcome};
use serde_json::{Value, json};
use tokencast::client::Outcome;

/// A tenth of a millisecond.
const NEAR_US: u64 = 100;

#[test]
fn standard_clients_in_an_open_loop() {
    ["open_std_window", "open_std_storm", "open_std_mixed"].into_iter().for_each(compare);
}

#[test]
fn standard_clients_in_a_closed_loop() {
    compare("closed_std_window");
}

#[test]
fn legacy_clients() {
    compare("open_legacy_window");
}

#[test]
fn adaptive_clients_in_an_open_loop() {
    ["open_adaptive_window", "open_adaptive_storm"].into_iter().for_each(compare);
}

#[test]
fn adaptive_clients_in_a_closed_loop() {
    compare("closed_adaptive_window");
}

fn compare(name: &str) {
    for profile in PROFILES {
        let Some(golden) = golden(&format!("e2e_{name}_{profile}")) else { return };
        let mut client = Client::new(&golden).run();
        let order: Vec<Value> = client.log.iter().map(|entry| json!([entry.call, entry.attempt])).collect();
        assert_eq!(order, list(&golden["log_order"]), "{name} {profile}: order of responses");
        client.log.sort_by_key(|entry| (entry.call, entry.attempt));
        for (entry, expected) in client.log.iter().zip(list(&golden["log"])) {
            compare_attempt(entry, expected, &format!("{name} {profile}"));
        }
        for (ended, expected) in client.ended.iter().zip(list(&golden["results"])) {
            compare_call(ended, expected, &format!("{name} {profile}"));
        }
        compare_summary(&client, &golden["summary"]);
    }
}

fn compare_attempt(entry: &Entry, expected: &Value, what: &str) {
    let what = format!("{what}, call {} attempt {}", entry.call, entry.attempt);
    assert_eq!((entry.call as u64, entry.attempt as u64), (count(&expected["call"]), count(&expected["attempt"])));
    assert_eq!(entry.outcome, outcome(&expected["outcome"]), "{what}");
    assert_eq!(entry.quota.map(u64::from), expected["quota_after"].as_u64(), "{what}: quota");
    for (found, key) in [(entry.ready, "t_ready"), (entry.sent, "t_send"), (entry.responded, "t_resp")] {
        assert!(found.abs_diff(micros(&expected[key])) <= NEAR_US, "{what}: {key} {found}");
    }
    assert_eq!(entry.delay.is_some(), !expected["delay"].is_null(), "{what}: delay");
    if let Some(delay) = entry.delay {
        assert!(delay.abs_diff(micros(&expected["delay"])) <= NEAR_US, "{what}: delay {delay}");
    }
    assert_eq!(entry.limiter.is_some(), expected.get("limiter").is_some(), "{what}");
    if let Some(state) = entry.limiter {
        let keys = ["enabled", "measured_rate", "fill_rate", "max_capacity", "capacity", "w_max", "k", "last_fail"];
        let mut columns = keys.map(|key| expected["limiter"][key].clone());
        columns[0] = u8::from(columns[0] == true).into();
        assert_state(state, &columns, 1e-3, &what);
    }
}

fn compare_call(ended: &Ended, expected: &Value, what: &str) {
    let what = format!("{what}: {expected}");
    assert_eq!(ended.error, expected["error"].as_str(), "{what}");
    assert_eq!(ended.error.is_none(), expected["ok"] == true, "{what}");
    assert_eq!(ended.attempts as u64, count(&expected["attempts"]), "{what}");
    assert_eq!(ended.most_attempts, expected["max_attempts_reached"] == true, "{what}");
    assert_eq!(ended.quota_reached, expected["retry_quota_reached"] == true, "{what}");
    assert_eq!(ended.quota.map(u64::from), expected["quota_after"].as_u64(), "{what}");
    assert!(ended.at.abs_diff(micros(&expected["t_end"])) <= NEAR_US, "{what}: ended at {}", ended.at);
}

fn compare_summary(client: &Client<'_>, expected: &Value) {
    let throttles = client.log.iter().filter(|entry| entry.outcome == Outcome::Throttled).count();
    let ok = client.ended.iter().filter(|ended| ended.error == error(Outcome::Ok)).count();
    let reached = client.ended.iter().filter(|ended| ended.quota_reached).count();
    let found = [client.ended.len(), ok, client.log.len(), throttles, reached];
    let keys = ["calls", "ok", "attempts", "throttles", "quota_reached"];
    assert_eq!(found.map(|found| found as u64), keys.map(|key| count(&expected[key])));
    assert!(number(&expected["makespan"]) > 0.0);
}
