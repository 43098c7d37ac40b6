//! The bundled book, and what it says of known calls.

use super::{book_of, day};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::{Usage, UsageClass};
use crate::pricing::{BUNDLED, PriceBook, RateRow, Sku, bundled, schema};
use crate::units::{Tokens, Usd};
use proptest::prelude::*;

fn the_book() -> PriceBook {
    bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn cost(row: &RateRow, usage: Usage) -> Usd {
    let priced = |class: &UsageClass| usage.of(*class) > 0;
    UsageClass::ALL.into_iter().filter(priced).map(|class| row.rate(class).unwrap().times(usage.of(class))).sum()
}

fn input_and_output(uncached_input: u64, output: u64) -> Usage {
    Usage { uncached_input, output, ..Usage::default() }
}

#[test]
fn the_bundled_book_reads_without_a_problem_and_lists_every_file_of_its_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pricing");
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut found: Vec<String> = names.filter(|name| name.ends_with(".yaml")).collect();
    let mut listed = BUNDLED.map(|(path, _)| path.trim_start_matches("pricing/").to_owned());
    found.sort();
    listed.sort();
    assert_eq!(found, listed);
    assert_eq!(the_book().models().count(), 134);
}

#[test]
fn every_bundled_figure_cites_a_defined_source() {
    let book = the_book();
    assert!(book.provenances().count() > 100);
    for cited in book.provenances() {
        assert_eq!(book.sources[&cited.source].title, cited.title);
        assert!(!cited.overlay && cited.checked <= book.as_of().unwrap());
    }
}

#[test]
fn a_short_classification_on_haiku_4_5_costs_what_oracle_o11_says() {
    let book = the_book();
    for (id, dollars) in [("us.", "0.0000737"), ("global.", "0.000067")] {
        let id = format!("{id}anthropic.claude-haiku-4-5-20251001-v1:0");
        let found = book.resolve(&id).unwrap();
        let row = book.rates(&found.model.key, found.via, "us-east-1", Tier::Standard, day("2026-12-01")).unwrap();
        assert_eq!(cost(row, input_and_output(42, 5)).to_string(), dollars);
    }
}

#[test]
fn a_call_of_claude_3_sonnet_costs_twelve_of_haiku() {
    let book = the_book();
    let cost = |model| {
        let row = book.rates(model, Via::OnDemand, "us-east-1", Tier::Standard, day("2025-06-01")).unwrap();
        cost(row, input_and_output(1_234, 56)).femtos()
    };
    assert_eq!(cost("claude-3-sonnet"), 12 * cost("claude-3-haiku"));
}

#[test]
fn the_price_of_claude_3_5_sonnet_changes_on_its_day() {
    let book = the_book();
    let input = |on| {
        let row = book.rates("claude-3-5-sonnet", Via::OnDemand, "us-west-2", Tier::Standard, day(on)).unwrap();
        row.rate(UsageClass::UncachedInput).unwrap().per_million().to_string()
    };
    assert_eq!(input("2025-11-30"), "3.00");
    assert_eq!(input("2025-12-01"), "6.00");
}

#[test]
fn a_missing_rate_is_an_error_that_names_the_sku_and_what_there_is() {
    let book = the_book();
    let missing =
        |via, on| book.rates("claude-haiku-4-5", via, "us-east-1", Tier::Standard, day(on)).unwrap_err().to_string();
    assert_eq!(
        missing(Via::OnDemand, "2026-12-01"),
        "no price for claude-haiku-4-5 on_demand us-east-1 standard on 2026-12-01; \
         the price book has on_demand us-gov-east-1, us-gov-west-1 standard from 2025-10-15; geo any standard from 2025-10-15; global any standard from 2025-10-15"
    );
    assert!(missing(Via::Geo, "2025-10-14").contains("geo us-east-1 standard on 2025-10-14"));
    assert!(book.rates("claude-9", Via::Geo, "us-east-1", Tier::Standard, day("2026-12-01")).is_err());
}

#[test]
fn a_class_that_is_not_sold_has_no_rate() {
    let book = the_book();
    let row = book.rates("titan-embed-text-v2", Via::OnDemand, "us-east-1", Tier::Standard, day("2026-12-01")).unwrap();
    assert_eq!(UsageClass::ALL.map(|class| row.rate(class).is_some()), [true, false, false, false, false]);
    let sku = Sku {
        model: "titan-embed-text-v2".into(),
        via: row.via,
        region: "us-east-1".into(),
        tier: row.tier,
        input_above: None,
        class: UsageClass::Output,
    };
    assert_eq!(sku.to_string(), "titan-embed-text-v2 on_demand us-east-1 standard output");
}

#[test]
fn ids_resolve_with_the_prefixes_that_exist_and_no_others() {
    let book = the_book();
    let ids = book.ids();
    assert!(ids.iter().all(|id| book.resolve(id).is_ok()));
    assert!(ids.contains(&"jp.anthropic.claude-haiku-4-5-20251001-v1:0".to_owned()));
    for unknown in ["in.anthropic.claude-haiku-4-5-20251001-v1:0", "global.amazon.titan-embed-text-v2:0", "us.", ""] {
        assert_eq!(book.resolve(unknown).unwrap_err().known, ids, "{unknown:?}");
    }
    let typing_error = book.resolve("us.antropic.claude-haiku-4-5-20251001-v1:0").unwrap_err().to_string();
    assert!(typing_error.ends_with("did you mean `us.anthropic.claude-haiku-4-5-20251001-v1:0`?"), "{typing_error}");
}

#[test]
fn quotas_prefer_the_named_region_and_burndown_has_a_first_day() {
    let book = the_book();
    let tokens =
        |region| book.quota_defaults("claude-3-haiku", Via::Geo, region, Tier::Standard).unwrap().tokens_per_minute;
    assert_eq!(tokens("us-east-1"), Some(Tokens(4_000_000)));
    assert_eq!(tokens("eu-west-1"), Some(Tokens(600_000)));
    assert!(book.quota_defaults("claude-3-haiku", Via::Global, "us-east-1", Tier::Standard).is_none());
    let haiku = book.model("claude-haiku-4-5").unwrap();
    assert_eq!(haiku.burndown_on(day("2026-12-01")).map(|row| row.times), Some(5));
    assert!(haiku.burndown_on(day("2025-10-14")).is_none());
    assert_eq!(haiku.max_output.as_ref().map(|limit| limit.tokens), Some(Tokens(64_000)));
    let across = |on| book.account_tokens_per_day(day(on)).map(|row| row.tokens_per_day);
    assert_eq!((across("2026-09-20"), across("2026-09-21")), (None, Some(Tokens(700_000_000))));
}

#[test]
fn the_schema_is_draft_7_and_knows_the_keys() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["additionalProperties"], false);
    let mut keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["account", "discounts", "models", "platforms", "profiles", "services", "sources"]);
}

#[test]
fn the_schema_file_that_editors_read_is_current() {
    let file = include_str!("../../../schema/pricing.schema.json");
    assert_eq!(file, serde_json::to_string_pretty(&schema()).unwrap() + "\n");
}

fn book_with_price(millionths: u64) -> PriceBook {
    let price = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    let per_million = format!("{{input: {price}, output: {price}, cache_read: {price}}}");
    let row = format!("{{via: on_demand, regions: any, from: 2026-01-01, per_million: {per_million}, source: s");
    let text = format!("    burndown: []\n    prices: [{row}, checked: 2026-01-01}}]\n");
    book_of(&super::file_of(&text)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scaling_every_price_scales_every_amount(price in 1_u64..100_000_000, k in 1_u64..100, tokens in 0_u64..1 << 40) {
        let (base, scaled) = (book_with_price(price), book_with_price(price * k));
        for class in [UsageClass::UncachedInput, UsageClass::CacheRead, UsageClass::Output] {
            let amount = |book: &PriceBook| {
                let row = book.rates("m", Via::OnDemand, "us-east-1", Tier::Standard, day("2026-01-01")).unwrap();
                row.rate(class).unwrap().times(tokens).femtos()
            };
            prop_assert_eq!(amount(&scaled), amount(&base) * i128::from(k));
        }
    }
}
