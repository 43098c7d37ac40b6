//! What is sold around the models: figures, and what can be wrong with them.

use super::{book_of, day};
use crate::document::Source;
use crate::pricing::{PriceBook, bundled};
use crate::units::Usd;

const GOOD: &str = "sources: {s: {title: S}}
services:
  filter:
    name: A filter
    unit: text unit
    per: thousand
    prices:
      - {regions: any, from: 2026-01-01, usd: 0.15, source: s, checked: 2026-01-01}
      - {regions: any, from: 2026-02-01, usd: 0, source: s, checked: 2026-01-01}
      - {regions: [us-east-1], from: 2026-01-01, usd: 0.2, source: s, checked: 2026-01-01}
";

fn of_one(book: &PriceBook, key: &str, region: &str, on: &str) -> Option<String> {
    let charge = book.charge(key)?;
    charge.price(region, day(on)).map(|row| charge.of_one(row).to_string())
}

#[track_caller]
fn refused(from: &str, to: &str, expected: &str) {
    assert!(GOOD.matches(from).count() == 1, "{from:?} is not there once");
    let problems = book_of(&GOOD.replace(from, to)).unwrap_err();
    assert!(problems.contains(expected), "no {expected:?} in:\n{problems}");
}

/// Facts of 2026-11-20: guardrails by 1,000 text units, rerankers by 1,000 queries, knowledge bases by 1,000 searches and
/// by gigabyte and month (pricing page of 2026-07-24), OpenSearch Serverless by hour.
#[test]
fn the_bundled_services_cost_what_their_sources_say() {
    let book = bundled().unwrap_or_else(|problems| panic!("{}", problems.render()));
    let figures = [
        ("guardrail-content-filters", "0.15"),
        ("guardrail-denied-topics", "0.15"),
        ("guardrail-sensitive-information", "0.10"),
        ("guardrail-contextual-grounding", "0.10"),
        ("guardrail-automated-reasoning", "0.17"),
        ("guardrail-word-filters", "0"),
        ("rerank-amazon", "1"),
        ("rerank-cohere-3-5", "2"),
        ("knowledge-base-retrieve", "1"),
        ("knowledge-base-agentic-retrieve", "4"),
        ("knowledge-base-storage", "5"),
        ("opensearch-serverless-ocu", "0.24"),
        ("opensearch-serverless-storage", "0.024"),
    ];
    for (key, dollars) in figures {
        let row = book.charge(key).and_then(|charge| charge.price("us-east-1", day("2026-12-01")));
        assert_eq!(row.map(|row| row.usd), Usd::parse(&format!("{dollars} USD")).ok(), "{key}");
    }
    assert_eq!(of_one(&book, "guardrail-content-filters", "eu-west-1", "2026-12-01").unwrap(), "0.00015");
    assert_eq!(of_one(&book, "opensearch-serverless-ocu", "ap-south-1", "2026-12-01").unwrap(), "0.2472");
    assert_eq!(of_one(&book, "opensearch-serverless-ocu", "eu-west-1", "2026-12-01"), None, "unknown is not free");
    assert_eq!(book.charge("opensearch-serverless-ocu").unwrap().least, Some(2));
}

#[test]
fn a_listed_region_goes_first_then_the_latest_price_and_zero_is_a_price() {
    let book = book_of(GOOD).unwrap();
    assert_eq!(of_one(&book, "filter", "eu-west-1", "2025-12-31"), None);
    assert_eq!(of_one(&book, "filter", "eu-west-1", "2026-01-31").unwrap(), "0.00015");
    assert_eq!(of_one(&book, "filter", "eu-west-1", "2026-02-01").unwrap(), "0.00");
    assert_eq!(of_one(&book, "filter", "us-east-1", "2026-02-01").unwrap(), "0.0002");
}

#[test]
fn an_overlay_replaces_the_row_of_its_place_and_leaves_the_others() {
    let own =
        "services: {filter: {prices: [{regions: any, from: 2026-02-01, usd: 0.05, source: s, checked: 2026-03-01}]}}";
    let book =
        book_of(GOOD).unwrap().overlay(&[Source::new("o.yaml", own)]).unwrap_or_else(|all| panic!("{}", all.render()));
    assert_eq!(of_one(&book, "filter", "eu-west-1", "2026-02-01").unwrap(), "0.00005");
    assert_eq!(of_one(&book, "filter", "eu-west-1", "2026-01-01").unwrap(), "0.00015");
    assert_eq!(book.charge("filter").unwrap().prices.len(), 3);
}

#[test]
fn what_is_wrong_with_a_service_is_told_where_it_stands() {
    refused("usd: 0.15", "usd: -1", "p.yaml:8:47: error: the price `-1` is negative");
    refused("usd: 0.15", "usd: 0.0000000001", "the price `0.0000000001` has more than nine decimals");
    refused("usd: 0.15", "usd: 1_001", "the price `1_001` is more than a thousand dollars");
    refused("from: 2026-02-01", "from: 2026-01-01", "the price for `any` from 2026-01-01 stands here a second time");
    refused("from: 2026-02-01", "from: 2025-01-01", "2025-01-01 stands after 2026-01-01 of line 8");
    refused("per: thousand", "per: million", "unknown count `million`");
    refused("    unit: text unit\n", "", "p.yaml:3:3: error: the service `filter` is new and lacks `name`");
}
