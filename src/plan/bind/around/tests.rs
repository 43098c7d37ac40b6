//! Retrieval, guardrails and their prices.

use super::super::tests::bound;
use crate::plan::App;
use crate::rng::Distribution;
use crate::units::{Ratio, Usd};

const HAIKU: &str = "model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1, max_tokens: 100";

fn app(keys: &str) -> App {
    bound("2026-12-01", &format!("{HAIKU}, {keys}"), "").unwrap_or_else(|problems| panic!("{problems}")).apps.remove(0)
}

#[track_caller]
fn refused(keys: &str, expected: &str) {
    let problems = bound("2026-12-01", &format!("{HAIKU}, {keys}"), "").unwrap_err();
    assert!(problems.contains(expected), "no {expected:?} in:\n{problems}");
}

fn meters(app: &App) -> Vec<(&str, String)> {
    app.meters.iter().map(|meter| (meter.sku.as_str(), meter.rates.first().rate.to_string())).collect()
}

#[test]
fn a_search_brings_chunks_an_embedding_call_and_the_queries_of_a_reranker() {
    let app = app(
        "retrieval: {chunks: 10, chunk_tokens: {median: 400, p95: 500}, embedding: 'amazon.titan-embed-text-v2:0', \
                   rerank: amazon, candidates: 150, search: 150ms}",
    );
    let retrieval = app.work.as_ref().unwrap().retrieval.as_ref().unwrap();
    assert_eq!(retrieval.chunks, Distribution::Constant(10));
    assert_eq!(retrieval.search_ms, Distribution::Constant(150));
    assert_eq!((retrieval.embedding, retrieval.meters.as_slice()), (Some(1), [(0, 2)].as_slice()));
    assert_eq!(meters(&app), [("rerank-amazon", "0.001".to_owned())]);
    let embedding = app.target(1);
    assert_eq!((embedding.max_tokens, embedding.place, embedding.writes()), (0, "retrieval.embedding", false));
    assert_eq!(embedding.first().service.ttft_us, Distribution::Constant(100_000));
    assert_eq!(app.own_targets().count(), 1);
}

#[test]
fn a_vector_store_is_paid_for_by_the_hour() {
    let app = app("retrieval: {chunks: 4, chunk_tokens: 300, store: {kind: opensearch_serverless, storage_gb: 50}}");
    let held: Vec<_> =
        app.standing.iter().map(|held| (held.sku.as_str(), held.units, held.rates.first().rate, held.hours)).collect();
    let usd = |text: &str| Usd::parse(text).unwrap();
    assert_eq!(
        held,
        [
            ("opensearch-serverless-ocu", 4, usd("0.24 USD"), 1),
            ("opensearch-serverless-storage", 50, usd("0.024 USD"), 730)
        ]
    );
}

/// O18: an agentic retrieval is billed itself, and so are the two searches below it.
#[test]
fn a_managed_knowledge_base_bills_searches_and_storage() {
    let app = app("retrieval: {chunks: 4, chunk_tokens: 300, knowledge_base: {retrieve: agentic, storage_gb: 50}}");
    let billed = &app.work.as_ref().unwrap().retrieval.as_ref().unwrap().meters;
    assert_eq!(billed, &[(0, 1), (1, 2)]);
    let named =
        [("knowledge-base-agentic-retrieve", "0.004".to_owned()), ("knowledge-base-retrieve", "0.001".to_owned())];
    assert_eq!(meters(&app), named);
    assert_eq!((app.standing[0].units, app.standing[0].hours), (50, 730));
}

#[test]
fn each_policy_of_a_guardrail_has_its_price_and_reads_what_it_checks() {
    let app = app("guardrails: {policies: [content, pii, words, grounding], characters_per_token: 3.5, check: 250ms, \
                   blocked_input: 1%, blocked_output: 0.5%}");
    let guardrails = app.work.as_ref().unwrap().guardrails.as_ref().unwrap();
    assert_eq!(
        (guardrails.before.as_slice(), guardrails.after.as_slice()),
        ([0, 1, 2].as_slice(), [0, 1, 2, 3].as_slice())
    );
    assert_eq!((guardrails.characters_per_token_hundredths, &guardrails.check_ms), (350, &Distribution::Constant(250)));
    assert_eq!(
        (Some(guardrails.blocked_before), Some(guardrails.blocked_after)),
        (Ratio::new(1, 100), Ratio::new(5, 1_000))
    );
    let rates: Vec<_> = meters(&app).into_iter().map(|(_, rate)| rate).collect();
    assert_eq!(rates, ["0.00015", "0.0001", "0.00", "0.0001"], "word filters are free, and that is a price");
}

#[test]
fn simple_tasks_of_an_agent_can_have_a_model_of_their_own() {
    let agent = "agent: {steps: 4, tool_call: 50, tool_result: 200, tool_time: 1s, direct: {share: 70%";
    let nova = app(&format!("{agent}, model: 'us.amazon.nova-2-lite-v1:0'}}}}"));
    let target = |app: &App| app.work.as_ref().and_then(|work| work.agent.as_ref()?.direct.as_ref()?.target);
    assert_eq!(target(&nova), Some(1));
    let direct = nova.target(1);
    assert_eq!((direct.name, direct.place, direct.max_tokens), ("us.amazon.nova-2-lite-v1:0", "agent", 100));
    let same = app(&format!("{agent}, model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0'}}}}"));
    assert_eq!((target(&same), same.lanes.len()), (Some(0), 1), "the app's own model is no second target");
    assert_eq!(target(&app(&format!("{agent}}}}}"))), None);
}

#[test]
fn what_has_no_price_where_it_is_asked_for_is_refused() {
    let found = "retrieval: {chunks: 4, chunk_tokens: 300";
    refused(
        &format!("{found}, store: {{kind: opensearch_serverless, ocus: 1}}}}"),
        "1 OCU of OpenSearch Serverless compute unit; 2 are the least",
    );
    refused(&format!("{found}, embedding: 'amazon.nova-pro-v1:0'}}"), "Nova Pro writes answers; it embeds nothing");
    let far = "model: global.anthropic.claude-haiku-4-5-20251001-v1:0, region: eu-west-1, max_tokens: 9";
    let far = format!("{far}, {found}, store: {{kind: opensearch_serverless}}}}");
    let problems = bound("2026-12-01", &far, "").unwrap_err();
    assert!(problems.contains("no price for opensearch-serverless-ocu in eu-west-1 on 2026-12-01"), "{problems}");
}
