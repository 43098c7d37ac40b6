//! `tokencast compare-clients` from outside.

use crate::bundled::path;
use crate::command::Folder;
use serde_json::Value;

fn scenario() -> String {
    path("scenarios/office-hours.yaml").display().to_string()
}

#[test]
fn each_mode_sends_the_same_calls_and_no_retries_makes_one_attempt_of_each() {
    let found = Folder::new().tokencast(&["compare-clients", &scenario(), "--format", "json"]).ended(0).stdout;
    let clients: Value = serde_json::from_str(&found).expect("JSON");
    let clients = clients["clients"].as_array().expect("clients");
    let of = |key: &str| clients.iter().map(|client| client[key].clone()).collect::<Vec<Value>>();
    assert_eq!(of("name"), ["as written", "legacy", "standard", "adaptive", "no retries"]);
    assert!(of("calls").iter().all(|calls| *calls == clients[0]["calls"]), "the draws are not the same: {found}");
    let none = &clients[4];
    assert_eq!(none["attempts"], none["calls"]);
    assert!(clients[1]["attempts"].as_u64() > none["attempts"].as_u64(), "legacy tries again: {found}");
    assert!(clients[1]["served"].as_u64() > none["served"].as_u64(), "and serves more: {found}");
    let waited = |client: &Value| client["waiting"]["mean"].as_u64().expect("a time");
    assert!(waited(none) == 0 && waited(&clients[1]) > 0, "{found}");
}

#[test]
fn an_app_that_is_not_there_is_refused_with_those_that_are() {
    let refused = Folder::new().tokencast(&["compare-clients", &scenario(), "--app", "chta"]).ended(2);
    assert!(refused.stdout.is_empty() && refused.stderr.contains("did you mean `chat`?"), "{}", refused.stderr);
}
