//! An old bill under another book, and under its own.

use crate::bundled;
use crate::command::{Folder, GOOD};
use proptest::prelude::*;
use tokencast::document::Source;
use tokencast::pipeline::prepare;
use tokencast::pricing::{self, PriceBook};
use tokencast::report::json;
use tokencast::report::model::Pages;
use tokencast::reprice::{Repriced, reprice, total};
use tokencast::statement::{Billed, Statement};
use tokencast::traffic::Progress;

fn statement(pages: &Pages) -> Statement {
    Statement::read(&json::render(&pages.report)).unwrap_or_else(|error| panic!("{error}"))
}

fn again<'a>(statement: &Statement, billed: &'a Billed, book: &PriceBook) -> Vec<Repriced<'a>> {
    reprice(statement, billed, book).unwrap_or_else(|unpriced| panic!("{unpriced:?}"))
}

fn nothing_changes(name: &str, statement: &Statement, book: &PriceBook) {
    for billed in &statement.variants {
        let lines = again(statement, billed, book);
        for repriced in &lines {
            let line = repriced.line;
            assert_eq!(repriced.amount, line.amount, "{name}, {}: {line:?}", billed.name);
            assert_eq!(repriced.rates, [line.rate], "{name}, {}: {line:?}", billed.name);
            let told = repriced.is_given() || repriced.sources == [line.source.clone()];
            assert!(told, "{name}: {:?} of {line:?}", repriced.sources);
        }
        assert_eq!(total(&lines), billed.total(), "{name}, {}", billed.name);
    }
}

#[test]
fn repricing_with_the_same_book_changes_nothing_in_any_bundled_report() {
    let book = pricing::bundled().expect("the bundled price book is good");
    let mut lines = 0;
    for name in bundled::names() {
        let statement = statement(&bundled::pages(&name));
        assert_eq!(statement.price_book.sha256, book.sha256());
        nothing_changes(&name, &statement, &book);
        lines += statement.variants.iter().map(|variant| variant.lines.len()).sum::<usize>();
    }
    assert!(lines > 100, "only {lines} lines were priced");
}

/// The first three are called from a Region that a vector store is priced in.
const MODELS: [(&str, &str, &str); 5] = [
    ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "us-east-1", "standard"),
    ("amazon.nova-pro-v1:0", "us-east-1", "flex"),
    ("amazon.nova-pro-v1:0", "us-east-1", "priority"),
    ("global.anthropic.claude-sonnet-4-6", "eu-west-1", "standard"),
    ("us.amazon.nova-lite-v1:0", "us-west-2", "standard"),
];

/// A price that changes twice within the scenarios below, and a discount that ends within them.
const OWN: &str = "\
sources:
  own: {title: Our contract}
models:
  claude-haiku-4-5:
    prices:
      - {via: geo, regions: any, from: 2026-12-02, per_million: {input: 0.7, output: 3.3, cache_read: 0.07, cache_write_5m: 0.9}, source: own, checked: 2026-11-20}
      - {via: geo, regions: [us-east-1], from: 2026-12-03, per_million: {input: 0.9, output: 3.1, cache_read: 0.07, cache_write_5m: 0.9}, source: own, checked: 2026-11-20}
discounts:
  nova: {percent: 7.3%, models: [nova-pro], until: 2026-12-03, source: own, checked: 2026-11-20}
  store: {percent: 11%, services: [opensearch-serverless-storage], from: 2026-12-02, source: own, checked: 2026-11-20}
";

fn own_book() -> PriceBook {
    let overlay = [Source::new("own.yaml", OWN)];
    let book = pricing::bundled().expect("the bundled price book is good").overlay(&overlay);
    book.unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn run(scenario: &str, book: &PriceBook) -> Pages {
    let source = Source::new("law.yaml", scenario);
    let prepared = prepare(&source, book, &bundled::Traces).unwrap_or_else(|refused| panic!("{refused:?}\n{scenario}"));
    prepared.evaluate(&bundled::Traces, &Progress::default()).expect("no trace")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn repricing_with_the_same_book_changes_nothing_in_random_scenarios(
        seed in 0_u64..1_000,
        first in 0_usize..3,
        second in 0..MODELS.len(),
        hours in 1_u64..80,
        storage in 0_u64..40,
    ) {
        let app = |name: &str, of: usize, extra: &str| {
            let (model, region, tier) = MODELS[of];
            format!(
                "  {name}:\n    model: {model}\n    region: {region}\n    tier: {tier}\n    max_tokens: 100\n    traffic: \
                 {{rate: 40/h, input: {{median: 300, p95: 900}}, output: 60}}\n{extra}"
            )
        };
        let store = format!(
            "    retrieval: {{chunks: 3, chunk_tokens: 200, store: {{kind: opensearch_serverless, ocus: 2, storage_gb: {storage}}}}}\n"
        );
        let scenario = format!(
            "name: law\nseed: {seed}\nstart: 2026-12-01T07:30:00Z\nhorizon: {hours}h\napps:\n{}{}",
            app("one", first, &store),
            app("two", second, "    guardrails: {policies: [content]}\n")
        );
        let book = own_book();
        nothing_changes("law", &statement(&run(&scenario, &book)), &book);
    }
}

#[test]
fn another_price_is_the_difference_to_the_last_femtodollar() {
    let base = pricing::bundled().expect("the bundled price book is good");
    let scenario = GOOD.replace("horizon: 1h", "horizon: 3d");
    let (then, now) = (statement(&run(&scenario, &base)), statement(&run(&scenario, &own_book())));
    let lines = again(&then, &then.variants[0], &own_book());
    assert_eq!(total(&lines), now.variants[0].total(), "as if the run had been made with the other book");
    assert!(total(&lines) < then.variants[0].total());
    assert!(lines.iter().all(|line| line.rates.len() == 3), "the price changes twice on the way");
    assert!(lines[0].sources[1].starts_with("your price book: Our contract"), "{:?}", lines[0].sources);
}

#[test]
fn the_command_reads_a_report_or_its_folder_and_tells_what_changed() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.write("prices/own.yaml", OWN.replace("2026-12-02", "2026-12-01"));
    folder.tokencast(&["run", "good.yaml"]).ended(0);
    let same = folder.tokencast(&["reprice", "reports/good"]).ended(0);
    assert!(same.stdout.starts_with("good (base) from 2026-12-01 00:00 UTC to"), "{}", same.stdout);
    assert!(same.stdout.contains("was billed $0.26, and costs the same"), "{}", same.stdout);
    let other = folder.tokencast(&["reprice", "reports/good/summary.json", "--pricing", "prices"]).ended(0);
    assert!(other.stdout.contains("costs $0.16 now"), "{}", other.stdout);
    let json = ["reprice", "reports/good", "--pricing", "prices", "--format", "json"];
    let json: serde_json::Value = serde_json::from_str(&folder.tokencast(&json).ended(0).stdout).expect("JSON");
    assert_eq!(json["lines"][0]["rates_now"][0], "0.0000007");
    assert_ne!(json["price_book_then"]["sha256"], json["price_book_now"]["sha256"]);
}

#[test]
fn a_price_that_the_scenario_gives_stays_and_is_told() {
    let statement = statement(&bundled::pages("provisioned-breakeven"));
    let mut billed = statement.variants[0].clone();
    for line in billed.lines.iter_mut().filter(|line| line.pool.is_some()) {
        (line.checked, line.sku) = (None, "nobody's".to_owned());
    }
    let lines = again(&statement, &billed, &pricing::bundled().expect("the bundled price book is good"));
    let given: Vec<_> = lines.iter().filter(|line| line.is_given()).collect();
    assert!(!given.is_empty() && given.iter().all(|line| line.amount == line.line.amount && line.sources.is_empty()));
}

#[test]
fn what_cannot_be_priced_is_refused_by_name() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.tokencast(&["run", "good.yaml"]).ended(0);
    let summary = folder.read("reports/good/summary.json");
    folder.write("gone.json", summary.replace("\"claude-haiku-4-5\"", "\"claude-haiku-9\""));
    let gone = folder.tokencast(&["reprice", "gone.json"]).ended(2);
    assert!(gone.stderr.contains("the price book has no model `claude-haiku-9`"), "{}", gone.stderr);
    assert!(gone.stderr.contains("claude-haiku-4-5 geo us-east-1 standard output"), "{}", gone.stderr);
    folder.write("old.json", summary.replace("\"schema_version\": 1", "\"schema_version\": 9"));
    let old = folder.tokencast(&["reprice", "old.json"]).ended(2);
    assert!(old.stderr.contains("a summary.json of version 9"), "{}", old.stderr);
    folder.write("cut.json", &summary[..summary.len() / 2]);
    let cut = folder.tokencast(&["reprice", "cut.json"]).ended(2);
    assert!(cut.stderr.contains("cut.json: error: this is not the summary.json of a run"), "{}", cut.stderr);
    let nobody = folder.tokencast(&["reprice", "reports/good", "--variant", "bas"]).ended(2);
    assert!(nobody.stderr.contains("did you mean `base`?"), "{}", nobody.stderr);
    assert!(folder.tokencast(&["reprice", "nowhere"]).ended(2).stderr.contains("nowhere: error"));
}
