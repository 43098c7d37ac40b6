//! Prompts meet what their models cache.

use crate::bedrock::cache::{Rules, Ttl};
use crate::document::Source;
use crate::plan::{App, PromptSection, Traffic, bind};
use crate::pricing::bundled;
use crate::scenario;
use crate::units::Micros;

/// Haiku with both times to live, Sonnet 4 with one and one checkpoint only, Llama without a price in us-east-1.
const FACTS: &str = "
sources: {own: {title: Measured}}
models:
  claude-haiku-4-5: {cache: {minimum: 4096, ttls: [5m, 1h], source: own, checked: 2026-11-20}}
  claude-sonnet-4: {cache: {minimum: 1024, ttls: [5m], checkpoints: 1, look_back: 0, source: own, checked: 2026-11-20}}
  llama-3-3-70b:
    cache: {minimum: 1024, ttls: [5m], source: own, checked: 2026-11-20}
    prices:
      - via: on_demand
        regions: [us-west-2]
        from: 2026-01-01
        per_million: {input: 1, output: 1, cache_read: 0.1, cache_write_5m: 1}
        source: own
        checked: 2026-11-20
";

const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const SONNET_4: &str = "us.anthropic.claude-sonnet-4-20250514-v1:0";
const LLAMA: &str = "meta.llama3-3-70b-instruct-v1:0";
const TITAN: &str = "amazon.titan-embed-text-v2:0";
const DRAWN: &str = "{rate: 1/s, input: 1, output: 1}";

fn bound(model: &str, prompt: &str, traffic: &str) -> Result<App, String> {
    let text = format!(
        "name: t\nstart: 2026-05-01T00:00:00Z\nhorizon: 1h\napps:\n  a:\n    model: {model}\n    region: us-east-1\n    \
         prompt: {prompt}\n    traffic: {traffic}\n"
    );
    let book = bundled().and_then(|book| book.overlay(&[Source::new("own.yaml", FACTS)]));
    let book = book.map_err(|problems| problems.render())?;
    let file = scenario::parse(&Source::new("t.yaml", text)).map_err(|problems| problems.render())?;
    let mut plan = bind(&file.base, &book).map_err(|problems| problems.render())?;
    Ok(plan.apps.remove(0))
}

#[track_caller]
fn assert_refused(model: &str, prompt: &str, expected: &[&str]) {
    let report = bound(model, prompt, DRAWN).unwrap_err();
    for text in expected {
        assert!(report.contains(text), "no {text:?} in:\n{report}");
    }
}

#[test]
fn sections_stand_in_the_order_of_the_prompt_and_the_checkpoint_behind_the_last() {
    let prompt = "{documents: {tokens: 9k, distinct: 20, changes_every: 1d}, tools: 600, cache: 1h}";
    let app = bound(HAIKU, prompt, DRAWN).unwrap();
    let tools = PromptSection { tokens: 600, distinct: 1, changes_every: None, checkpoint: None };
    let documents =
        PromptSection { tokens: 9_000, distinct: 20, changes_every: Some(Micros::DAY), checkpoint: Some(Ttl::OneHour) };
    let bound = app.prompt.unwrap();
    assert_eq!((bound.tokens(), bound.0), (9_600, vec![tools, documents]));
    assert_eq!(app.lanes[0].cache, Some(Rules { minimum: 4_096, checkpoints: 4, look_back: 20 }));
}

#[test]
fn each_checkpoint_stands_behind_its_section() {
    let prompt =
        "{system: 5k, history: 3k, tools: 600, cache: {checkpoints: [{after: history}, {after: system, ttl: 1h}]}}";
    let app = bound(HAIKU, prompt, DRAWN).unwrap();
    let checkpoints: Vec<_> = app.prompt.unwrap().0.iter().map(|section| section.checkpoint).collect();
    assert_eq!(checkpoints, [None, Some(Ttl::OneHour), Some(Ttl::FiveMinutes)]);
}

#[test]
fn a_prompt_that_is_not_cached_is_input_of_any_model() {
    let app = bound(TITAN, "{system: 1_800}", DRAWN).unwrap();
    assert_eq!((app.prompt.unwrap().tokens(), app.lanes[0].cache), (1_800, None));
    assert_eq!(bound(HAIKU, "{}", DRAWN).unwrap().prompt, None);
}

#[test]
fn what_the_model_does_not_cache_is_refused_where_it_is_asked_for() {
    assert_refused(TITAN, "{system: 9k, cache: 5m}", &["t.yaml:8:33: error: ", "does not cache prompts"]);
    assert_refused(SONNET_4, "{system: 9k, cache: 1h}", &["t.yaml:8:33: error: ", "caches for 5m, not for 1h"]);
    let two = "{tools: 9k, system: 9k, cache: {checkpoints: [{after: tools}, {after: system}]}}";
    assert_refused(SONNET_4, two, &["t.yaml:8:44: error: 2 checkpoints; ", "takes 1"]);
    assert_refused(
        LLAMA,
        "{system: 9k, cache: 5m}",
        &["no price for llama-3-3-70b on_demand us-east-1 standard cache_read"],
    );
}

#[test]
fn the_blocks_of_a_trace_take_the_time_to_live_of_the_prompt() {
    let trace = "{trace: {file: t.csv, time: {column: t, format: seconds}, input: i, output: o, \
                 blocks: {column: hash_ids, tokens: 512}}}";
    let checkpoint = |prompt: &str| {
        let app = bound(HAIKU, prompt, trace).unwrap();
        let Traffic::Trace(trace) = app.traffic else { panic!("not a trace") };
        assert_eq!(app.prompt, None);
        (trace.checkpoint, app.lanes[0].cache.is_some())
    };
    assert_eq!(checkpoint("{cache: {ttl: 1h}}"), (Some(Ttl::OneHour), true));
    assert_eq!(checkpoint("{}"), (None, false));
}
