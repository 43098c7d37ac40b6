//! Capacity, quotas, tiers, accounts and ways that cannot be: code 2, and a message where it stands.

use crate::command::Folder;

/// A good scenario with all that can be bought; tests change one thing of it.
const GOOD: &str = "\
name: good
start: 2026-12-01T00:00:00Z
horizon: 1h
account:
  quotas:
    - {model: claude-sonnet-4-5, via: geo, region: us-east-1, tokens_per_minute: 1M}
  provisioned:
    llama: {model: llama-3-1-70b, region: us-west-2, units: 2, term: none, input_tokens_per_minute: 600k, output_tokens_per_minute: 60k}
  reserved:
    - {model: claude-sonnet-4-5, via: geo, region: us-east-1, term: 1_month, input_tokens_per_minute: 100k, output_tokens_per_minute: 10k}
accounts:
  labs: {tokens_per_day: 100M}
apps:
  units:
    model: meta.llama3-1-70b-instruct-v1:0
    region: us-west-2
    max_tokens: 100
    provisioned: llama
    fallback: on_demand
    traffic: {rate: 1/s, input: 42, output: 5}
  bought:
    model: us.anthropic.claude-sonnet-4-5-20250929-v1:0
    region: us-east-1
    max_tokens: 100
    tier: reserved
    traffic: {rate: 1/s, input: 42, output: 5}
  other:
    model: us.anthropic.claude-sonnet-4-6
    region: us-east-1
    max_tokens: 100
    account: labs
    prompt: {system: 6_000, cache: 5m}
    routing: {us-east-1: 1, us-west-2: 2}
    traffic: {rate: 1/s, input: 42, output: 5}
budgets: [cost.total < 1_000 USD]
";

/// The good scenario with these changes is refused: each text is in what is said, and nothing else is wrong.
#[track_caller]
fn refused(changes: &[(&str, &str)], expected: &[&str]) {
    let mut scenario = GOOD.to_owned();
    for (from, to) in changes {
        assert!(scenario.matches(from).count() == 1, "{from:?} is not in the scenario once");
        scenario = scenario.replace(from, to);
    }
    let folder = Folder::with("s.yaml", scenario);
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[command, "s.yaml"]).ended(2);
        for text in expected.iter().chain(&["1 problem; nothing was run"]) {
            assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
        }
    }
}

#[test]
fn the_scenario_that_the_others_change_is_good() {
    Folder::with("s.yaml", GOOD).tokencast(&["check", "s.yaml"]).ended(0);
}

#[test]
fn units_that_cannot_be_are_refused() {
    refused(&[("units: 2", "units: -2")], &["s.yaml:8:61: error: `-2` is negative"]);
    refused(&[("units: 2", "units: 0")], &["s.yaml:8:61: error: `0` is not from 1 to 100,000"]);
    refused(&[("units: 2", "units: 1.5")], &["s.yaml:8:61: error: `1.5` is not a whole number"]);
    refused(&[("600k", "-600k")], &["error: `-600k` is negative"]);
    refused(&[("units: 2", "units: 2, price: -1 USD")], &["s.yaml:8:71: error: "]);
}

#[test]
fn a_term_that_is_not_sold_is_refused_with_those_that_are() {
    refused(&[("term: none", "term: 2_months")], &["s.yaml:8:70: error: unknown term `2_months`"]);
    refused(
        &[("term: none", "term: 3_months")],
        &[
            "s.yaml:8:70: error: provisioned throughput is not sold with the term `3_months`",
            "it is sold with `none`, `1_month`, `6_months`",
        ],
    );
    refused(
        &[("term: 1_month", "term: 6_months")],
        &[
            "s.yaml:10:69: error: the reserved tier is not sold with the term `6_months`",
            "it is sold with `1_month`, `3_months`",
        ],
    );
}

#[test]
fn what_no_app_uses_has_to_be_on_sale_too() {
    let unused = ("    provisioned: llama\n    fallback: on_demand\n", "");
    refused(&[("term: none", "term: 3_months"), unused], &["s.yaml:8:70: error: provisioned throughput is not sold"]);
    let unused = ("    tier: reserved\n", "");
    refused(&[("term: 1_month", "term: 6_months"), unused], &["s.yaml:10:69: error: the reserved tier is not sold"]);
}

#[test]
fn a_reservation_below_the_least_or_between_thousands_is_refused() {
    refused(&[("100k", "99k")], &["s.yaml:10:103: error: `99k` is not from 100,000 to"]);
    refused(&[("10k", "9k")], &["s.yaml:10:135: error: `9k` is not from 10,000 to"]);
    let odd = "s.yaml:10:103: error: the reserved tier is sold by 1,000 input tokens per minute, and 100,500 is no";
    refused(&[("100k", "100_500")], &[odd]);
}

#[test]
fn a_quota_list_that_goes_back_in_time_is_refused() {
    let list = |list: &str, expected: &[&str]| {
        refused(&[("tokens_per_minute: 1M", &format!("tokens_per_minute: {list}"))], expected);
    };
    let steps = "[{from: 2026-12-10, limit: 1M}, {from: 2026-12-05, limit: 2M}]";
    list(steps, &["s.yaml:6:121: error: 2026-12-05 does not come after 2026-12-10", "put the oldest limit first"]);
    list("[{from: 2026-12-10, limit: 1M}, {from: 2026-12-10, limit: 2M}]", &["2026-12-10 does not come after 2026"]);
    list("[]", &["s.yaml:6:82: error: no limit is listed", "`{from: 2026-12-10, limit: 2M}`"]);
    list("[{from: 10.12.2026, limit: 1M}]", &["s.yaml:6:90: error: `10.12.2026` is not a date"]);
    list("[{from: 2026-12-10}]", &["s.yaml:6:84: error: `limit` is missing here"]);
}

#[test]
fn a_tier_that_the_model_lacks_is_refused_with_those_that_it_has() {
    refused(
        &[("tier: reserved", "tier: flex")],
        &[
            "s.yaml:25:11: error: Claude Sonnet 4.5 has no `flex` tier by `geo` in us-east-1",
            "it has `standard`, `batch`, `reserved`",
        ],
    );
    refused(&[("tier: reserved", "tier: fast")], &["s.yaml:25:11: error: unknown service tier `fast`"]);
    let batch = [("account: labs", "account: labs\n    batch: {every: 1h}")];
    refused(&batch, &["error: `batch` without the tier", "write `tier: batch`"]);
    let units = [("fallback: on_demand", "tier: batch")];
    refused(&units, &["s.yaml:19:11: error: provisioned throughput has no `batch` tier"]);
    let nothing = [("via: geo, region: us-east-1, term", "via: global, region: us-east-1, term")];
    refused(&nothing, &["s.yaml:25:11: error: no capacity of the reserved tier was bought for claude-sonnet-4-5 geo"]);
}

#[test]
fn names_of_accounts_and_purchases_that_nothing_has_are_refused() {
    refused(&[("account: labs", "account: lab")], &["s.yaml:31:14: error: unknown account `lab`", "`labs`?"]);
    let lama = ["s.yaml:18:18: error: unknown provisioned throughput `lama`", "did you mean `llama`?"];
    refused(&[("provisioned: llama\n", "provisioned: lama\n")], &lama);
    let other = ["s.yaml:18:18: error: `llama` is provisioned for llama-3-1-8b, and the app calls llama-3-1-70b"];
    refused(&[("model: llama-3-1-70b", "model: llama-3-1-8b")], &other);
    let elsewhere = ["s.yaml:18:18: error: `llama` is provisioned in us-east-1, and the app calls us-west-2"];
    refused(&[("region: us-west-2, units", "region: us-east-1, units")], &elsewhere);
    refused(&[("    provisioned: llama\n", "")], &["s.yaml:18:15: error: a fallback from nothing"]);
}

#[test]
fn units_cannot_be_called_through_a_profile() {
    refused(
        &[("    fallback: on_demand\n", ""), ("model: meta.", "model: us.meta.")],
        &["s.yaml:15:12: error[pt-on-profile]: ", "write the bare id, `meta.llama3-1-70b-instruct-v1:0`"],
    );
}

#[test]
fn ways_that_leave_the_residency_or_the_profile_are_refused() {
    refused(
        &[("routing: {us-east-1: 1, us-west-2: 2}", "residency: [us-east-1]")],
        &[
            "s.yaml:28:12: error[residency-broken]: ",
            "outside of the residency `us-east-1`: in us-east-2, us-west-2",
            "`tokencast explain residency-broken` says more",
        ],
    );
    let area = ["s.yaml:33:16: error: unknown area `europe`", "did you mean `eu`?"];
    refused(&[("routing: {us-east-1: 1, us-west-2: 2}", "residency: europe")], &area);
    refused(
        &[("us-west-2: 2", "eu-west-1: 2")],
        &[
            "s.yaml:33:29: error: the `us.` profile of this model runs no calls in eu-west-1",
            "it runs them in us-east-1, us-east-2, us-west-2",
        ],
    );
    refused(
        &[("us.anthropic.claude-sonnet-4-6", "eu.anthropic.claude-sonnet-4-6")],
        &["s.yaml:29:13: error: the `eu.` profile of this model cannot be called from us-east-1", "eu-central-1"],
    );
}

#[test]
fn a_model_past_its_end_of_life_is_refused_and_the_day_before_it_is_not() {
    let haiku = [
        ("us.anthropic.claude-sonnet-4-6", "anthropic.claude-3-haiku-20240307-v1:0"),
        ("    prompt: {system: 6_000, cache: 5m}\n    routing: {us-east-1: 1, us-west-2: 2}\n", ""),
    ];
    let ended = ["s.yaml:28:12: error[end-of-life]: Claude 3 Haiku reached the end of its life on 2026-09-10"];
    refused(&haiku, &ended);
    let mut alive = GOOD.replace("start: 2026-12-01T00", "start: 2026-09-09T00");
    for (from, to) in haiku {
        alive = alive.replace(from, to);
    }
    Folder::with("s.yaml", alive).tokencast(&["check", "s.yaml"]).ended(0);
}

#[test]
fn a_time_to_live_that_the_model_lacks_is_refused() {
    refused(
        &[("us.anthropic.claude-sonnet-4-6", "us.amazon.nova-pro-v1:0"), ("cache: 5m", "cache: 1h")],
        &["s.yaml:32:36: error: Nova Pro caches for 5m, not for 1h", "write 5m, or choose another model"],
    );
    refused(&[("cache: 5m", "cache: 10m")], &["s.yaml:32:36: error: unknown time to live `10m`", "`5m`, `1h`"]);
}
