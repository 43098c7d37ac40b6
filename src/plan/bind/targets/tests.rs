//! Apps with several models.

use super::super::tests::bound;
use crate::bedrock::profile::Via;
use crate::plan::{Access, App, Choice, Fallback};
use crate::units::{Micros, Ratio};

const HAIKU: &str = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
const SONNET: &str = "us.anthropic.claude-sonnet-4-6";

fn app(keys: &str, more: &str) -> App {
    bound("2026-12-01", keys, more).unwrap_or_else(|problems| panic!("{problems}")).apps.remove(0)
}

fn share(percent: u64) -> Ratio {
    Ratio::new(percent, 100).unwrap()
}

fn targets(app: &App) -> Vec<(&str, u32, std::ops::Range<usize>, &str)> {
    app.targets().map(|target| (target.name, target.max_tokens, target.range.clone(), target.place)).collect()
}

#[test]
fn an_app_with_one_model_has_no_list_of_targets_and_one_view() {
    let app = app(&format!("model: {SONNET}, region: us-east-1, max_tokens: 9"), "");
    assert_eq!((app.targets.len(), app.work.is_none()), (0, true));
    assert_eq!(targets(&app), [(SONNET, 9, 0..1, "model")]);
}

#[test]
fn models_that_share_the_tasks_are_targets_with_lanes_of_their_own() {
    let split = format!(
        "split: [{{model: {HAIKU}, share: 70%}}, {{model: {SONNET}, region: us-west-2, max_tokens: 50, share: 30%}}], region: us-east-1, max_tokens: 100"
    );
    let app = app(&split, "");
    let work = app.work.as_ref().unwrap();
    assert_eq!(work.choice, Choice::Split(vec![share(70), share(30)]));
    let second = format!("{SONNET} in us-west-2");
    assert_eq!(targets(&app), [(HAIKU, 100, 0..1, "split"), (&second, 50, 1..2, "split")]);
    let lanes: Vec<_> = app.lanes.iter().map(|lane| (lane.offer.via, lane.offer.region.as_str())).collect();
    assert_eq!(lanes, [(Via::Global, "us-east-1"), (Via::Geo, "us-west-2")]);
    assert_ne!(app.lanes[0].pool, app.lanes[1].pool);
    assert_eq!((app.max_tokens, app.max_tokens_unset), (100, false));
}

#[test]
fn a_cascade_escalates_from_each_model_but_the_last() {
    let cascade = format!("cascade: [{{model: {HAIKU}, escalate: 20%}}, {{model: {SONNET}}}], region: us-east-1");
    let app = app(&cascade, "");
    assert_eq!(app.work.as_ref().unwrap().choice, Choice::Cascade(vec![share(20)]));
    assert_eq!((app.targets.len(), app.max_tokens_unset, app.own_targets().count()), (2, true, 2));
    assert_eq!((app.target_of_lane(0), app.target_of_lane(1)), (0, 1));
}

#[test]
fn a_fallback_lists_what_takes_over_and_inherits_what_it_leaves_out() {
    let keys = format!(
        "model: {SONNET}, region: us-east-1, max_tokens: 100, \
         fallback: {{to: [{{region: us-west-2}}, {{model: {HAIKU}, account: labs}}], on: [throttled], cooldown: 5s}}"
    );
    let app = app(&keys, "accounts: {labs: {tokens_per_day: 1M}}");
    let (west, labs) = (format!("{SONNET} in us-west-2"), format!("{HAIKU} of labs"));
    assert_eq!(
        targets(&app),
        [(SONNET, 100, 0..1, "model"), (&west, 100, 1..2, "fallback"), (&labs, 100, 2..3, "fallback")]
    );
    let expected = Fallback {
        to: vec![1, 2],
        on_throttled: true,
        on_failed: false,
        on_timeout: false,
        cooldown: Micros(5_000_000),
    };
    assert_eq!(app.work.as_ref().unwrap().fallback, Some(expected));
    assert_eq!(app.lanes[2].account.as_deref(), Some("labs"));
}

#[test]
fn bought_throughput_falls_back_to_other_targets_instead_of_its_own_quota() {
    let llama = "model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, max_tokens: 100, provisioned: units";
    let held = "account: {provisioned: {units: {model: llama-3-1-70b, region: us-west-2, units: 1, term: none, \
                input_tokens_per_minute: 600k, output_tokens_per_minute: 60k}}}";
    let app = app(&format!("{llama}, fallback: {{to: [{{}}]}}"), held);
    let access: Vec<_> = app.lanes.iter().map(|lane| lane.access).collect();
    assert_eq!(access, [Access::Purchased, Access::Quota]);
    assert_eq!(app.targets().map(|target| target.range).collect::<Vec<_>>(), [0..1, 1..2]);
    let fallback = app.work.unwrap().fallback.unwrap();
    assert!(fallback.on_throttled && fallback.on_failed && fallback.on_timeout && fallback.cooldown.0 == 0);
}

#[test]
fn each_target_caches_as_its_own_model_does() {
    let split = format!("split: [{{model: {HAIKU}, share: 50%}}, {{model: {SONNET}, share: 50%}}], region: us-east-1");
    let app = app(&format!("{split}, prompt: {{system: 6_000, cache: 5m}}"), "");
    let minima: Vec<_> = app.lanes.iter().map(|lane| lane.cache.map(|rules| rules.minimum)).collect();
    assert!(minima[0].is_some() && minima[1].is_some() && minima[0] != minima[1], "{minima:?}");
}
