//! The user's own files on top of a book.

use super::{book_of, day, file_of};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::document::{Problems, Source};
use crate::pricing::PriceBook;
use crate::units::Tokens;

const BASE: &str = "    burndown: [{from: 2026-01-01, times: 5, source: s, checked: 2026-01-01}]
    geo_prefixes: [us]
    quotas:
      - {via: geo, regions: any, tokens_per_minute: 1M, source: s, checked: 2026-01-01}
    prices:
      - {via: geo, regions: [us-east-1, us-west-2], from: 2026-01-01, per_million: {input: 2}, source: s, checked: 2026-01-01}
      - {via: geo, regions: any, from: 2026-01-01, per_million: {input: 3}, source: s, checked: 2026-01-01}
";

fn overlaid(text: &str) -> Result<PriceBook, Problems> {
    book_of(&file_of(BASE)).unwrap().overlay(&[Source::new("own/o.yaml", text)])
}

fn input(book: &PriceBook, region: &str) -> (String, bool) {
    let row = book.rates("m", Via::Geo, region, Tier::Standard, day("2026-06-01")).unwrap();
    (row.rate(UsageClass::UncachedInput).unwrap().per_million().to_string(), row.provenance.overlay)
}

#[test]
fn a_row_for_the_same_way_regions_and_day_is_replaced_and_marked() {
    let own = "sources: {deal: {title: Our contract}}\nmodels: {m: {prices: [{via: geo, regions: [us-west-2, us-east-1], from: 2026-01-01, per_million: {input: 1.5}, source: deal, checked: 2026-02-02}]}}";
    let book = overlaid(own).unwrap();
    assert_eq!(input(&book, "us-east-1"), ("1.50".into(), true));
    assert_eq!(input(&book, "eu-west-1"), ("3.00".into(), false));
    assert_eq!(book.model("m").unwrap().prices.len(), 2);
    assert_eq!(book.as_of(), Some(day("2026-02-02")));
}

#[test]
fn a_row_for_fewer_regions_on_the_same_day_wins_over_the_book() {
    let own = "models: {m: {prices: [{via: geo, regions: [us-east-1], from: 2026-01-01, per_million: {input: 1}, source: s, checked: 2026-01-01}]}}";
    let book = overlaid(own).unwrap();
    assert_eq!(input(&book, "us-east-1"), ("1.00".into(), true));
    assert_eq!(input(&book, "us-west-2"), ("2.00".into(), false));
}

#[test]
fn quotas_and_limits_are_replaced_and_the_rest_of_the_model_stays() {
    let own = "models: {m: {max_output: {tokens: 7, source: s, checked: 2026-01-01}, quotas: [{via: geo, regions: any, tokens_per_minute: 9M, source: s, checked: 2026-01-01}]}}";
    let book = overlaid(own).unwrap();
    let model = book.model("m").unwrap();
    assert_eq!(
        model.quota_defaults(Via::Geo, "us-east-1", Tier::Standard).unwrap().tokens_per_minute,
        Some(Tokens(9_000_000))
    );
    assert_eq!((model.quotas.len(), model.max_output.as_ref().unwrap().tokens), (1, Tokens(7)));
    assert_eq!((model.name.as_str(), model.burndown.len()), ("M", 1));
}

#[test]
fn an_overlay_adds_models_and_account_quotas() {
    let own = "models: {n: {name: N, id: vendor.n, context: {tokens: 9, source: s, checked: 2026-01-01}, burndown: [], prices: []}}\naccount: {quotas: [{name: all, from: 2026-01-01, tokens_per_day: 5M, source: s, checked: 2026-01-01}]}";
    let book = overlaid(own).unwrap();
    assert_eq!(book.resolve("vendor.n").unwrap().model.key, "n");
    assert!(book.account_tokens_per_day(day("2026-01-01")).unwrap().provenance.overlay);
}

#[test]
fn a_new_model_needs_its_facts_and_a_known_one_keeps_its_id() {
    let problems = overlaid("models: {n: {name: N}, z: {id: vendor.m}, m: {id: v.x}}").unwrap_err().render();
    for message in [
        "own/o.yaml:1:10: error: the model `n` is new and lacks `id`, `context`, `burndown`, `prices`",
        "own/o.yaml:1:32: error: the id of `m` stands here a second time",
        "own/o.yaml:1:51: error: the id of `m` is `vendor.m`",
    ] {
        assert!(problems.contains(message), "{message}: {problems}");
    }
}

#[test]
fn the_hash_follows_names_and_texts_but_not_folders() {
    let base = || book_of("sources: {s: {title: S}}").unwrap();
    let with = |path: &str, text: &str| base().overlay(&[Source::new(path, text)]).unwrap().sha256();
    assert_eq!(base().sha256().len(), 64);
    assert_eq!(with("a/o.yaml", "sources: {}"), with("b/c/o.yaml", "sources: {}"));
    assert_ne!(with("o.yaml", "sources: {}"), with("p.yaml", "sources: {}"));
    assert_ne!(with("o.yaml", "sources: {}"), with("o.yaml", "sources:  {}"));
    assert_ne!(with("o.yaml", "sources: {}"), base().sha256());
}
