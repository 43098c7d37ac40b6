//! Names and values as the Service Quotas console had them: AWS General Reference, table of June 2025, and lists of
//! accounts in public repositories, 2026 (second hand).

use super::*;
use crate::pricing;

/// The shape of the command's output, botocore's model of service-quotas; names of the table of 2025-06 and of 2026.
const LISTED: &str = r#"{"Quotas": [
  {"ServiceCode": "bedrock", "QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-58BE175A",
   "QuotaName": "Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5", "Value": 2000000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-CCA5DF70",
   "QuotaName": "Cross-region model inference requests per minute for Anthropic Claude Haiku 4.5", "Value": 4000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-9A11C666",
   "QuotaName": "Global cross-Region model inference tokens per minute for Anthropic Claude Haiku 4.5", "Value": 3000000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-1",
   "QuotaName": "Cross-Region InvokeModel tokens per minute for Anthropic Claude Sonnet 4.5 V1", "Value": 200000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-2",
   "QuotaName": "Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1 1M Context Length",
   "Value": 1000000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-3",
   "QuotaName": "Model invocation max tokens per day for Anthropic Claude 3.7 Sonnet V1 (doubled for cross-region calls)",
   "Value": 720000000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-4",
   "QuotaName": "On-demand model inference tokens per minute for Amazon Nova Lite", "Value": 4000000.0},
  {"QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-E3F10727",
   "QuotaName": "Cross-Model Max Tokens Per Day", "Value": 150000000.0},
  {"QuotaName": "Batch inference job size (in GB) for Claude 3 Haiku", "Value": 5.0},
  {"QuotaName": "Agents per account", "Value": 1000}
]}"#;

fn read(text: &str) -> Result<AccountQuotas, String> {
    AccountQuotas::read(&Source::new("quotas.json", text)).map_err(|problem| problem.render())
}

fn limits(of: (&str, Via, &str)) -> Limits {
    let book = pricing::bundled().unwrap();
    let (model, via, region) = (book.model(of.0).unwrap(), of.1, of.2);
    let wanted = Wanted { model, via, region, account: Some("111122223333"), pool: QuotaPool::Standard };
    read(LISTED).unwrap().limits(wanted, &book)
}

#[test]
fn each_way_to_a_model_has_its_own_limits() {
    let geo = limits(("claude-haiku-4-5", Via::Geo, "us-east-1"));
    let expected =
        Limits { tokens_per_minute: Some(2_000_000), requests_per_minute: Some(4_000), tokens_per_day: None };
    assert_eq!(geo, expected);
    let global = limits(("claude-haiku-4-5", Via::Global, "us-east-1"));
    assert_eq!(global, Limits { tokens_per_minute: Some(3_000_000), ..Limits::default() });
    assert_eq!(limits(("nova-lite", Via::OnDemand, "us-east-1")).tokens_per_minute, Some(4_000_000));
    assert_eq!(limits(("claude-haiku-4-5", Via::OnDemand, "us-east-1")), Limits::default());
    assert_eq!(limits(("claude-haiku-4-5", Via::Geo, "us-west-2")), Limits::default(), "another Region's");
}

#[test]
fn older_names_are_read_and_a_longer_context_is_another_pool() {
    let sonnet = limits(("claude-sonnet-4-5", Via::Geo, "us-east-1"));
    assert_eq!(sonnet.tokens_per_minute, Some(200_000));
}

/// AWS General Reference, June 2025: Claude 3.7 Sonnet has 1,000,000 a minute across Regions, and its row of the day says 720,000,000, half of
/// 1,000,000 x 1,440.
#[test]
fn a_day_that_is_doubled_for_profiles_is_doubled() {
    assert_eq!(limits(("claude-3-7-sonnet", Via::Geo, "us-east-1")).tokens_per_day, Some(1_440_000_000));
    assert_eq!(limits(("claude-3-7-sonnet", Via::OnDemand, "us-east-1")).tokens_per_day, Some(720_000_000));
}

#[test]
fn what_is_across_models_and_what_is_unknown_are_told() {
    let quotas = read(LISTED).unwrap();
    assert_eq!(quotas.across_models(&["us-east-1"], Some("111122223333")), Some(150_000_000));
    assert_eq!(quotas.across_models(&["eu-west-1"], Some("111122223333")), None);
    assert_eq!(quotas.across_models(&["us-east-1"], Some("999999999999")), None);
    assert_eq!(quotas.unmatched(&pricing::bundled().unwrap()), 1, "the one of the longer context");
    assert!(!quotas.more);
    assert!(read(r#"{"Quotas": [], "NextToken": "x"}"#).unwrap().more);
}

#[test]
fn other_text_is_refused_with_its_place() {
    for (bad, place) in [
        ("", "quotas.json:1:1"),
        ("{\"Quotas\": [\n{\"QuotaName\": 3}]}", "quotas.json:2:15"),
        ("{\"quotas\": []}", "quotas.json:1:14"),
        ("[]", "quotas.json:1:"),
    ] {
        let refused = read(bad).unwrap_err();
        assert!(refused.starts_with(place) && refused.contains("list-service-quotas"), "{bad}: {refused}");
    }
}
