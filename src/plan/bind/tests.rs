//! Names, limits and prices meet the bundled book.

use super::bind;
use crate::bedrock::quota::Measure;
use crate::codes::Code;
use crate::document::Source;
use crate::plan::Plan;
use crate::pricing::bundled;
use crate::scenario;
use crate::units::{Micros, SimTime};

/// Binds a scenario with one application; `app` is its model, Region and `max_tokens`.
pub(super) fn bound(start: &str, app: &str, more: &str) -> Result<Plan, String> {
    let text = format!(
        "name: t\nstart: {start}T00:00:00Z\nhorizon: 1h\n{more}\napps:\n  a: {{{app}, traffic: {{rate: 1/s, input: 1, output: 1}}}}\n"
    );
    let book = bundled().map_err(|problems| problems.render())?;
    let file = scenario::parse(&Source::new("t.yaml", text)).map_err(|problems| problems.render())?;
    bind(&file.base, &book).map_err(|problems| problems.render())
}

const HAIKU: &str = "model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1";
const SONNET_4: &str = "model: us.anthropic.claude-sonnet-4-20250514-v1:0, region: us-east-1";

fn refused(start: &str, app: &str) -> String {
    bound(start, app, "").unwrap_err()
}

/// O8: 200,000 tokens per minute across Regions are 288,000,000 a day, twice the row of the quota table.
#[test]
fn before_the_limit_across_models_each_model_has_its_own_day() {
    let plan = bound("2026-01-01", SONNET_4, "").unwrap();
    let day = plan.limits().find(|limit| limit.period == Micros::DAY).unwrap();
    assert_eq!((day.measure, day.amount), (Measure::Tokens, 288_000_000));
    assert_eq!(plan.pools.len(), 1);
    let haiku = bound("2026-01-01", HAIKU, "").unwrap();
    let day = haiku.limits().find(|limit| limit.period == Micros::DAY).unwrap();
    assert_eq!(day.amount, 5_000_000 * 1_440);
}

#[test]
fn since_2026_09_21_one_day_limit_spans_the_models_of_a_region() {
    let plan = bound("2026-09-21", HAIKU, "").unwrap();
    let across = plan.pools.iter().find(|pool| pool.id == "all models us-east-1").unwrap();
    assert_eq!(across.limits[0].amount, 700_000_000);
    assert_eq!(plan.apps[0].first().route.tokens.len(), 2);
    let own = bound("2026-09-21", HAIKU, "account: {tokens_per_day: 150M}").unwrap();
    assert!(own.limits().any(|limit| limit.amount == 150_000_000));
}

#[test]
fn a_scenarios_quota_replaces_the_default_limit_by_limit() {
    let quota = "account: {quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 1M}]}";
    let plan = bound("2026-12-01", HAIKU, quota).unwrap();
    let amounts: Vec<_> = plan.limits().map(|limit| (limit.name(), limit.amount)).collect();
    assert!(amounts.contains(&("tokens_per_minute", 1_000_000)), "{amounts:?}");
    assert!(amounts.contains(&("requests_per_minute", 10_000)), "{amounts:?}");
}

#[test]
fn unset_max_tokens_is_the_models_maximum() {
    let plan = bound("2026-12-01", HAIKU, "").unwrap();
    assert_eq!((plan.apps[0].max_tokens, plan.apps[0].max_tokens_unset), (64_000, true));
    let capped = bound("2026-12-01", &format!("{HAIKU}, max_tokens: 100"), "").unwrap();
    assert_eq!((capped.apps[0].max_tokens, capped.apps[0].max_tokens_unset), (100, false));
    assert!(refused("2026-12-01", &format!("{HAIKU}, max_tokens: 64_001")).contains("writes at most 64,000 tokens"));
}

#[test]
fn names_that_nothing_has_are_refused_with_the_nearest_one() {
    let near = refused("2026-12-01", "model: us.anthropic.claude-haiku-4-5-20251001-v1:1, region: us-east-1");
    assert!(near.contains("did you mean `us.anthropic.claude-haiku-4-5-20251001-v1:0`?"), "{near}");
    let key = refused("2026-12-01", "model: claude-haiku-4-5, region: us-east-1");
    assert!(key.contains("write its id, `anthropic.claude-haiku-4-5-20251001-v1:0`"), "{key}");
    let abroad = refused("2026-12-01", "model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: eu-west-1");
    assert!(abroad.contains("the `us.` profile of this model cannot be called from eu-west-1"), "{abroad}");
    let region = refused("2026-12-01", "model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: virginia");
    assert!(region.contains("`virginia` is not an AWS Region"), "{region}");
    let quota = "account: {quotas: [{model: claude-haiku-4-5, via: geo, region: us-east, tokens_per_minute: 1M}]}";
    let region = bound("2026-12-01", HAIKU, quota).unwrap_err();
    assert!(region.contains("`us-east` is not an AWS Region"), "{region}");
    let gov = refused("2026-12-01", "model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-gov-west-1");
    assert!(gov.contains("the `us.` profile of this model cannot be called from us-gov-west-1"), "{gov}");
}

#[test]
fn a_missing_price_stops_the_run_and_names_what_is_sold() {
    let bare = refused("2026-12-01", "model: anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1");
    assert!(bare.contains("error[bare-model-id]: Claude Haiku 4.5 cannot be called by its bare id"), "{bare}");
    let global = "`global.anthropic.claude-haiku-4-5-20251001-v1:0`";
    let meant = format!("from us-east-1 it can be called as `us.anthropic.claude-haiku-4-5-20251001-v1:0`, {global}");
    assert!(bare.contains(&meant), "{bare}");
    let early = refused("2020-01-01", HAIKU);
    assert!(early.contains("no price for claude-haiku-4-5 geo us-east-1 standard on 2020-01-01"), "{early}");
}

#[test]
fn burndown_is_that_of_the_model() {
    assert_eq!(bound("2026-12-01", HAIKU, "").unwrap().apps[0].first().burndown.at(SimTime(0)), 5);
    let llama = "model: meta.llama3-3-70b-instruct-v1:0, region: us-east-1";
    assert_eq!(bound("2026-12-01", llama, "").unwrap().apps[0].first().burndown.at(SimTime(0)), 1);
}

#[test]
fn only_calls_that_take_the_apps_max_tokens_are_said_never_to_fit() {
    let quota = "account: {quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 50k}]}";
    let codes = |plan: &Plan| plan.findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(&bound("2026-12-01", HAIKU, quota).unwrap()), [Code::ReservationLargerThanQuota]);
    let text = format!(
        "name: t\nstart: 2026-12-01T00:00:00Z\n{quota}\napps:\n  a: {{{HAIKU}, traffic: {{trace: {{file: t.csv, \
         time: {{column: t, format: seconds}}, input: in, output: out, max_tokens: m}}}}}}\n"
    );
    let book = bundled().map_err(|problems| problems.render()).unwrap();
    let file = scenario::parse(&Source::new("t.yaml", text)).map_err(|problems| problems.render()).unwrap();
    assert_eq!(codes(&bind(&file.base, &book).unwrap()), []);
}

#[test]
fn a_prefix_that_the_model_lacks_is_told_from_a_model_that_is_not_there() {
    let haiku = "anthropic.claude-haiku-4-5-20251001-v1:0";
    let asia = refused("2026-12-01", &format!("model: ap.{haiku}, region: ap-southeast-1"));
    assert!(
        asia.contains("error[unknown-profile-prefix]: Claude Haiku 4.5 has no profile with the prefix `ap.`"),
        "{asia}"
    );
    assert!(asia.contains(&format!("did you mean `apac.{haiku}`?")), "{asia}");
    let far = refused("2026-12-01", &format!("model: zz.{haiku}, region: eu-west-1"));
    assert!(far.contains(&format!("from eu-west-1 it can be called as `eu.{haiku}`, `global.{haiku}`")), "{far}");
    let titan = refused("2026-12-01", "model: us.amazon.titan-embed-text-v2:0, region: us-east-1");
    assert!(titan.contains("call it as `amazon.titan-embed-text-v2:0`"), "{titan}");
    let nothing = refused("2026-12-01", "model: us.anthropic.claude-haiku-9, region: us-east-1");
    assert!(nothing.contains("error: unknown model"), "{nothing}");
}

#[test]
fn a_model_that_is_sold_elsewhere_says_where() {
    let abroad = refused("2026-12-01", "model: meta.llama3-3-70b-instruct-v1:0, region: eu-west-1");
    assert!(
        abroad.contains("error[model-not-in-region]: Llama 3.3 70B Instruct is not sold on_demand in eu-west-1"),
        "{abroad}"
    );
    assert!(abroad.contains("it is in us-east-"), "{abroad}");
}

#[test]
fn a_bare_id_beside_a_profile_with_more_quota_is_noted() {
    let llama =
        bound("2026-12-01", "model: meta.llama3-3-70b-instruct-v1:0, region: us-east-2, max_tokens: 9", "").unwrap();
    let [noted] = llama.findings.as_slice() else { panic!("{:?}", llama.findings) };
    assert_eq!(noted.code, Code::BareModelId);
    let numbers = [
        "300,000 tokens per minute",
        "`us.meta.llama3-3-70b-instruct-v1:0`",
        "by default of 600,000, at the same price",
    ];
    assert!(numbers.iter().all(|number| noted.message.contains(number)), "{}", noted.message);
    let profile =
        bound("2026-12-01", "model: us.meta.llama3-3-70b-instruct-v1:0, region: us-east-2, max_tokens: 9", "");
    assert!(profile.unwrap().findings.is_empty());
}
