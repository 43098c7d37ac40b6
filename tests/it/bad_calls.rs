//! Targets, fallbacks, retrieval and guardrails that cannot be: code 2, and a message where it stands.

use crate::command::Folder;

/// A good scenario with several models in each way; tests change one thing of it.
const GOOD: &str = "\
name: good
start: 2026-12-01T00:00:00Z
horizon: 1h
accounts:
  labs: {tokens_per_day: 100M}
apps:
  shared:
    split:
      - {model: global.anthropic.claude-haiku-4-5-20251001-v1:0, share: 70%}
      - {model: us.anthropic.claude-sonnet-4-6, share: 30%}
    region: us-east-1
    max_tokens: 100
    guardrails: {policies: [content, pii], blocked_input: 1%}
    traffic: {rate: 1/s, input: 42, output: 5}
  tiered:
    cascade:
      - {model: global.anthropic.claude-haiku-4-5-20251001-v1:0, escalate: 20%}
      - {model: global.anthropic.claude-sonnet-4-6}
    region: us-east-1
    max_tokens: 200
    traffic: {rate: 1/s, input: 42, output: 5}
  safe:
    model: us.anthropic.claude-sonnet-4-6
    region: us-east-1
    max_tokens: 300
    fallback: {to: [{region: us-west-2}, {account: labs}], cooldown: 5s}
    retrieval: {chunks: 4, chunk_tokens: 300, embedding: amazon.titan-embed-text-v2:0, rerank: amazon}
    traffic: {rate: 1/s, input: 42, output: 5}
";

/// The good scenario with one change is refused, with that text and nothing else.
#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str]) {
    assert!(GOOD.matches(from).count() == 1, "{from:?} is not in the scenario once");
    let folder = Folder::with("s.yaml", GOOD.replace(from, to));
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[command, "s.yaml"]).ended(2);
        for text in expected.iter().chain(&["1 problem; nothing was run"]) {
            assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
        }
    }
}

#[test]
fn the_scenario_that_is_changed_is_good() {
    Folder::with("s.yaml", GOOD).tokencast(&["check", "s.yaml"]).ended(0);
}

#[test]
fn shares_sum_to_all_tasks() {
    refused("share: 30%", "share: 20%", &["s.yaml:9:73: error: the shares of `split` sum to 90%", "sum to 100%"]);
    refused("share: 30%", "share: 30.5%", &["the shares of `split` sum to 100.5%"]);
    let nothing = "share: 30%}\n      - {model: us.amazon.nova-2-lite-v1:0, share: 0%";
    refused("share: 30%", nothing, &["s.yaml:11:52: error: a share of nothing"]);
    let alone = "      - {model: us.anthropic.claude-sonnet-4-6, share: 30%}\n";
    refused(alone, "", &["error: a `split` of 1 models", "list two or more"]);
    refused(
        "us.anthropic.claude-sonnet-4-6, share",
        "global.anthropic.claude-haiku-4-5-20251001-v1:0, share",
        &["s.yaml:10:17: error: `global.anthropic.claude-haiku-4-5-20251001-v1:0` stands here a second time"],
    );
}

#[test]
fn a_cascade_escalates_from_all_models_but_the_last() {
    refused(
        "{model: global.anthropic.claude-sonnet-4-6}",
        "{model: global.anthropic.claude-sonnet-4-6, escalate: 5%}",
        &["s.yaml:18:63: error: the last model of a cascade has no `escalate`"],
    );
    refused(", escalate: 20%", "", &["s.yaml:17:17: error: `escalate` is missing here"]);
    refused("escalate: 20%", "escalate: 0%", &["what follows is never asked"]);
}

#[test]
fn an_app_says_once_what_it_calls() {
    refused(
        "    split:\n",
        "    model: us.anthropic.claude-sonnet-4-6\n    split:\n",
        &["s.yaml:9:5: error: `model` and `split` in one app"],
    );
    refused(
        "    model: us.anthropic.claude-sonnet-4-6\n    region: us-east-1\n    max_tokens: 300",
        "    region: us-east-1\n    max_tokens: 300",
        &["s.yaml:23:5: error: `model` is missing here", "several in `split` or `cascade`"],
    );
}

#[test]
fn a_fallback_goes_on_and_never_back() {
    let back = "this fallback goes back to a target that the call comes from";
    refused("[{region: us-west-2},", "[{region: us-east-1},", &[back, "s.yaml:26:21: error"]);
    refused("[{region: us-west-2},", "[{account: labs},", &[back]);
    refused("to: [{region: us-west-2}, {account: labs}]", "to: []", &["a fallback to nothing"]);
    refused("cooldown: 5s", "cooldown: 2d", &["a cooldown of more than a day"]);
    refused("cooldown: 5s", "on: [slow]", &["unknown kind of failure `slow`"]);
    refused("{account: labs}", "{account: lab}", &["unknown account `lab`", "did you mean `labs`?"]);
    refused("{to: [{region: us-west-2}, {account: labs}], cooldown: 5s}", "on_demand", &["a fallback from nothing"]);
    refused(
        "    max_tokens: 100\n",
        "    max_tokens: 100\n    fallback: {to: [{region: us-west-2}]}\n",
        &["`model` is missing here", "name the one that takes over"],
    );
}

#[test]
fn several_models_take_no_tier_or_capacity_of_one() {
    let with = |key: &str| format!("    max_tokens: 200\n    {key}\n");
    for tier in ["batch", "reserved", "latency_optimized"] {
        let message = format!("the `{tier}` tier with several models is not simulated");
        refused("    max_tokens: 200\n", &with(&format!("tier: {tier}")), &["s.yaml:21:11: error", &message]);
    }
    refused("    max_tokens: 200\n", &with("provisioned: llama"), &["provisioned throughput is of one model"]);
    refused("    max_tokens: 200\n", &with("routing: {us-east-1: 1}"), &["`routing` is of one profile"]);
}

#[test]
fn what_is_looked_up_can_be_bought() {
    let titan = "amazon.titan-embed-text-v2:0, rerank: amazon";
    refused(
        titan,
        "us.anthropic.claude-sonnet-4-6, rerank: amazon",
        &["Claude Sonnet 4.6 writes answers; it embeds nothing"],
    );
    refused(
        titan,
        "amazon.titan-embed-text-v2:0, rerank: cohare",
        &["unknown reranker `cohare`", "did you mean `cohere`?"],
    );
    refused(titan, "amazon.titan-embed-text-v2:0, knowledge_base: {}", &["`embedding` beside `knowledge_base`"]);
    refused(titan, "amazon.titan-embed-text-v2:0, candidates: 9", &["`candidates` without `rerank`"]);
    refused(titan, "amazon.titan-embed-text-v2:0, search: -1s", &["-1s"]);
    refused(titan, "amazon.titan-embed-text-v2:0, store: {kind: faiss}", &["unknown vector store `faiss`"]);
}

#[test]
fn a_guardrail_checks_something_once() {
    refused("[content, pii]", "[]", &["s.yaml:13:18: error: guardrails without a policy"]);
    refused("[content, pii]", "[content, content]", &["the policy `content` stands here a second time"]);
    refused("[content, pii]", "[contents]", &["unknown guardrail policy `contents`", "did you mean `content`?"]);
    refused("blocked_input: 1%", "blocked_input: 101%", &["is not between 0 % and 100 %"]);
    refused("blocked_input: 1%", "characters_per_token: 0", &["`0` is not from 0.5 to 20 characters"]);
}
