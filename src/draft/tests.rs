//! What is drafted from rows that are at hand.

use super::*;
use crate::bedrock::usage::Usage;
use crate::document::Source;
use crate::trace::{Blocks, Given, Outcome, Row};
use crate::{plan, pricing};

const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
/// 2026-11-02T09:00:00Z.
const MONDAY_US: i64 = 1_793_610_000_000_000;

fn call(app: &str, model: &str) -> Row {
    Row {
        at_us: MONDAY_US,
        app: Some(app.into()),
        model: Some(model.into()),
        region: Some("us-east-1".into()),
        account: Some("111122223333".into()),
        usage: Usage { uncached_input: 42, output: 5, ..Usage::default() },
        max_tokens: Some(100),
        ..Row::default()
    }
}

fn found(rows: Vec<Row>) -> Found {
    Found::of(&mut Given(rows.into_iter())).unwrap()
}

fn draft(rows: Vec<Row>) -> Result<Draft, NothingRuns> {
    scenario(&found(rows), "logs.parquet", "logs", None, &pricing::bundled().unwrap())
}

fn bound(draft: &Draft) -> plan::Plan {
    let mut page = yaml::Page::default();
    page.text.clone_from(&draft.yaml);
    trial::bind(&page, &pricing::bundled().unwrap()).unwrap()
}

#[test]
fn a_scenario_says_who_called_what_and_runs() {
    let draft = draft(vec![call("triage", HAIKU), call("triage", HAIKU)]).unwrap();
    let plan = bound(&draft);
    assert_eq!((plan.apps.len(), plan.apps[0].name.as_str()), (1, "triage"));
    assert_eq!(plan.start.to_string(), "2026-11-02T09:00:00Z");
    for line in [
        "name: logs",
        "    region: us-east-1",
        &format!("        where: {{app: triage, model: {HAIKU}, region: us-east-1, tier: standard}}"),
        "        recorded: [max_tokens]",
        "    # max_tokens as used, and by how many calls: 100 (2).",
    ] {
        assert!(draft.yaml.lines().any(|one| one == line), "no {line:?} in\n{}", draft.yaml);
    }
}

fn has(draft: &Draft, text: &str) {
    assert!(draft.yaml.contains(text), "no {text:?} in\n{}", draft.yaml);
}

#[test]
fn what_cannot_run_stays_as_a_comment_with_the_reason() {
    let rows = vec![
        call("triage", HAIKU),
        call("profiled", "abcd1234efgh"),
        call("strange", "acme.model-v1:0"),
        Row { region: None, ..call("nowhere", HAIKU) },
        Row { region: Some("eu-west-1".into()), ..call("abroad", HAIKU) },
        Row { outcome: Outcome::Blocked, ..call("blocked", HAIKU) },
        Row { tier: Some("swift".into()), ..call("swift", HAIKU) },
        Row { model: None, ..call("modelless", HAIKU) },
    ];
    let draft = draft(rows).unwrap();
    assert_eq!(bound(&draft).apps.len(), 1);
    for (app, reason) in [
        ("profiled", "with `--models FILE`"),
        ("strange", "`--pricing DIR`"),
        ("nowhere", "with `--region`"),
        ("abroad", "cannot be called from eu-west-1"),
        ("blocked", "none of its calls was answered"),
        ("swift", "unknown service tier `swift`"),
        ("modelless", "with `--model`"),
    ] {
        assert_eq!(draft.yaml.contains(&format!("  # {app}:\n")), app != "blocked", "{app} in\n{}", draft.yaml);
        let told = draft.told.iter().find(|told| told.starts_with(&format!("`{app}` is left out")));
        assert!(told.is_some_and(|told| told.contains(reason)), "{app}: {:?}", draft.told);
    }
    assert_eq!(draft.told[0], "replayed as `triage` (1 call)");
}

#[test]
fn when_nothing_runs_the_reasons_are_the_answer() {
    let NothingRuns(reasons) = draft(vec![call("profiled", "abcd1234efgh")]).unwrap_err();
    assert_eq!(reasons.len(), 1);
    let NothingRuns(reasons) = draft(Vec::new()).unwrap_err();
    assert_eq!(reasons, ["the recording holds no call"]);
}

#[test]
fn a_class_of_tokens_without_a_price_is_no_surprise_at_the_end() {
    let usage = Usage { uncached_input: 9, cache_write_1h: 5_000, output: 1, ..Usage::default() };
    let old = Row {
        usage,
        at_us: MONDAY_US - 60 * 86_400_000_000,
        ..call("old", "us.anthropic.claude-sonnet-4-20250514-v1:0")
    };
    let NothingRuns(reasons) = draft(vec![old]).unwrap_err();
    assert!(reasons[0].contains("no price for") && reasons[0].contains("cache_write_1h"), "{reasons:?}");
}

#[test]
fn the_prompt_cache_is_taken_as_recorded_and_the_other_way_is_shown() {
    let usage = Usage { uncached_input: 400, cache_read: 4_620, output: 5, ..Usage::default() };
    let draft = draft(vec![Row { usage, session: Some("s".into()), ..call("triage", HAIKU) }]).unwrap();
    has(&draft, "        recorded: [max_tokens, session, cache]\n");
    has(&draft, "    # prompt: {system: 4_620, cache: 5m}\n    # traffic: {rate: 1.000/min, input: 400, output: 5}\n");
}

#[test]
fn prompts_in_blocks_have_a_variant_that_caches_them() {
    let blocks = Blocks { tokens: 512, ids: vec![1, 2, 3] };
    let usage = Usage { uncached_input: 5_000, output: 5, ..Usage::default() };
    let draft = draft(vec![Row { usage, blocks, ..call("triage", HAIKU) }]).unwrap();
    has(&draft, "  cached:\n    apps.triage.prompt: {cache: 5m}\n");
    has(&draft, "    apps.triage.traffic.trace.recorded: [max_tokens, blocks]\n");
}

#[test]
fn calls_without_max_tokens_take_what_a_reader_can_set() {
    let draft = draft(vec![call("triage", HAIKU), Row { max_tokens: None, ..call("triage", HAIKU) }]).unwrap();
    has(&draft, "        recorded: [max_tokens]\n");
    has(&draft, "What stands here is for 1 call that brought none.");
    has(&draft, "    # max_tokens: 1_000\n");
}

#[test]
fn max_tokens_that_a_model_does_not_take_are_not_replayed() {
    let embedding = Usage { uncached_input: 31, ..Usage::default() };
    let draft = draft(vec![
        Row { usage: embedding, ..call("embed", "amazon.titan-embed-text-v2:0") },
        Row { max_tokens: Some(1_000_000), ..call("triage", HAIKU) },
    ]);
    assert_eq!(draft.unwrap().yaml.matches("        recorded: []\n").count(), 2);
}

#[test]
fn accounts_are_told_apart_where_there_are_several() {
    let other = Row { account: Some("999999999999".into()), ..call("triage", HAIKU) };
    let none = Row { account: None, app: None, ..call("triage", HAIKU) };
    let draft = draft(vec![call("triage", HAIKU), other, none]).unwrap();
    let plan = bound(&draft);
    let accounts: Vec<_> = plan.apps.iter().map(|app| app.first().account.as_deref()).collect();
    assert_eq!(accounts, [None, Some("111122223333"), Some("999999999999")]);
    has(&draft, "tier: standard, account: \"\"}");
    has(&draft, "where: {app: \"\", model:");
}

#[test]
fn times_without_a_date_begin_on_the_day_of_the_price_book() {
    let draft = draft(vec![Row { at_us: 5_000_000, ..call("triage", HAIKU) }]).unwrap();
    has(&draft, "\nstart: 2026-11-20T00:00:00Z\n");
    assert!(draft.told.iter().any(|told| told.contains("no date")), "{:?}", draft.told);
}

#[test]
fn quotas_of_the_account_are_written_and_defaults_are_comments() {
    const LISTED: &str = r#"{"Quotas": [
      {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-58BE175A",
       "QuotaName": "Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5", "Value": 90000.0},
      {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-CCA5DF70",
       "QuotaName": "Cross-region model inference requests per minute for Anthropic Claude Haiku 4.5", "Value": 0.0},
      {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-E3F10727",
       "QuotaName": "Cross-Model Max Tokens Per Day", "Value": 150000000.0}], "NextToken": "x"}"#;
    let quotas = AccountQuotas::read(&Source::new("quotas.json", LISTED)).unwrap();
    let rows = vec![call("triage", HAIKU), call("reports", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")];
    let draft = scenario(&found(rows), "l.parquet", "l", Some(&quotas), &pricing::bundled().unwrap()).unwrap();
    has(&draft, "\n  quotas:\n");
    has(&draft, "\n    - {model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 90_000}\n");
    has(&draft, "\n    # - {model: claude-sonnet-4-5, via: geo, region: us-east-1, tokens_per_minute: 5_000_000");
    has(&draft, "a limit of zero");
    has(&draft, "\n  tokens_per_day: 150_000_000\n");
    assert!(draft.told.iter().any(|told| told.contains("NextToken")), "{:?}", draft.told);
    assert_eq!(bound(&draft).unverified, ["claude-sonnet-4-5 geo us-east-1"]);
}

#[test]
fn calls_from_before_any_price_are_run_on_the_day_of_the_price_book() {
    let old = Row { at_us: MONDAY_US - 3 * 365 * 86_400_000_000, ..call("triage", HAIKU) };
    let draft = draft(vec![old.clone()]).unwrap();
    has(&draft, "\nstart: 2026-11-20T00:00:00Z\n");
    assert!(draft.told.iter().any(|told| told.contains("at the time of this recording")), "{:?}", draft.told);
    let NothingRuns(reasons) = self::draft(vec![Row { region: None, ..old }]).unwrap_err();
    assert_eq!(reasons.len(), 1, "said once");
}
