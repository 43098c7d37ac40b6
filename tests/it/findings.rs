//! Findings that need a run, through the program: what is found, where, and the numbers in it.

use crate::bundled::pages;
use crate::command::{Folder, GOOD};
use serde_json::Value;

/// The finding of a code, with its place and message, in a run of one app.
fn found(code: &str, start: &str, horizon: &str, app: &str) -> (String, String) {
    let folder = Folder::with(
        "s.yaml",
        format!("name: s\nstart: {start}T00:00:00Z\nhorizon: {horizon}\napps:\n  a:\n    region: us-east-1\n{app}"),
    );
    let run = folder.tokencast(&["run", "s.yaml", "--format", "json"]).ended(0);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let one = findings.iter().find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("{findings:#?}"));
    (text(one, "where"), text(one, "message"))
}

const SONNET_4: &str = "    model: us.anthropic.claude-sonnet-4-20250514-v1:0\n    max_tokens: 100\n    \
                        traffic: {rate: 1/h, burstiness: 0, input: 10, output: 10}\n";

/// Sonnet 4 is legacy from 2026-04-14 on and gone from 2026-10-14 on: of four days with a call an hour, 48 calls
/// are on the last two; of two days, 24 on the last.
#[test]
fn a_model_that_goes_within_the_run_is_named_with_the_calls_of_those_days() {
    let (place, message) = found("legacy-model", "2026-04-12", "4d", SONNET_4);
    assert_eq!(place, "apps.a.model");
    assert!(message.contains("legacy since 2026-04-14: 48 of 96 calls"), "{message}");
    let (place, message) = found("end-of-life", "2026-10-13", "2d", SONNET_4);
    assert_eq!(place, "apps.a.model");
    assert!(message.contains("on 2026-10-14: 24 of 48 calls"), "{message}");
}

#[test]
fn a_prompt_below_the_minimum_of_its_model_is_not_cached_and_told() {
    let haiku = "    model: us.anthropic.claude-haiku-4-5-20251001-v1:0\n    max_tokens: 100\n    \
                 prompt: {system: 3_000, cache: 5m}\n    traffic: {rate: 1/min, burstiness: 0, input: 10, output: 10}\n";
    let (place, message) = found("cache-below-minimum", "2026-12-01", "1h", haiku);
    assert_eq!(place, "apps.a.prompt.cache");
    assert!(
        message.contains("is 3,000 tokens up to its last checkpoint, and its model caches from 4,096 on"),
        "{message}"
    );
    assert!(message.contains("none of 180,000 tokens of 60 calls"), "{message}");
}

/// Every ten minutes a prompt of 6,000 tokens is written for five: 1.25 times the input instead of once, at
/// $3.30 per million. Six calls an hour: 6 x 6,000 x $0.825.
#[test]
fn a_cache_that_dies_before_every_call_costs_more_than_none() {
    let sonnet = "    model: us.anthropic.claude-sonnet-4-6\n    max_tokens: 100\n    \
                  prompt: {system: 6_000, cache: 5m}\n    traffic: {rate: 6/h, burstiness: 0, input: 10, output: 10}\n";
    let (place, message) = found("cache-never-hit", "2026-12-01", "1h", sonnet);
    assert_eq!(place, "apps.a.prompt.cache");
    assert!(message.contains("36,000 tokens were written to it, which cost 0.0297 USD more"), "{message}");
}

#[test]
fn a_finding_of_several_variants_is_told_once_with_all_their_names() {
    let findings = pages("pilot-to-production").report.findings;
    let hidden: Vec<_> = findings.iter().filter(|finding| finding.code == "hidden-tokens").collect();
    let places: Vec<_> = hidden.iter().map(|finding| finding.place.as_str()).collect();
    assert_eq!(places, ["apps.chat of variant agent, and of guardrails, knowledge_base, retries"]);
}

/// The prices of Claude Haiku 4.5 were checked on 2026-11-20: 193 days before 2027-06-01, 11 before 2026-12-01.
#[test]
fn old_prices_are_told_and_can_be_limited() {
    let haiku = "    model: us.anthropic.claude-haiku-4-5-20251001-v1:0\n    max_tokens: 100\n    \
                 traffic: {rate: 1/min, input: 42, output: 5}\n";
    let (place, message) = found("prices-stale", "2027-06-01", "1h", haiku);
    assert_eq!(place, "price book");
    assert!(message.contains("on 2026-11-20, 193 days before"), "{message}");
    let checked = |start: &str| {
        let good = GOOD.replace("2026-12-01", start).replace("cost.total < 1 USD", "prices.age <= 90d");
        Folder::with("s.yaml", good).tokencast(&["check", "s.yaml"])
    };
    assert!(checked("2026-12-01").ended(0).stdout.contains("11 days"));
    assert!(checked("2027-06-01").ended(1).stdout.contains("193 days"));
}
