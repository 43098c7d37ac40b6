//! Prices that cannot be: code 2, a message where it stands, and what to do.

use crate::bundled::{path, text};
use crate::command::{Folder, GOOD};

/// A good overlay; tests change one thing of it.
const OVERLAY: &str = "\
sources:
  contract: {title: Our contract}
models:
  claude-haiku-4-5:
    prices:
      - {via: geo, regions: [us-east-1], from: 2026-01-01, per_million: {input: 1.00, output: 5.00}, source: contract, checked: 2026-11-20}
      - {via: geo, regions: [us-east-1], from: 2026-06-01, per_million: {input: 0.99, output: 4.95}, source: contract, checked: 2026-11-20}
discounts:
  edp: {percent: 12.5%, models: any, from: 2026-01-01, source: contract, checked: 2026-11-20}
";

fn folder(overlay: &str) -> Folder {
    let folder = Folder::with("good.yaml", GOOD);
    folder.write("prices/a.yaml", overlay);
    folder
}

/// The good overlay with one text replaced is refused at that line, and each text is in what is said.
#[track_caller]
fn refused(from: &str, to: &str, line: u32, expected: &[&str]) {
    assert!(OVERLAY.matches(from).count() == 1, "{from:?} is not in the overlay once");
    let folder = folder(&OVERLAY.replace(from, to));
    let place = format!("prices/a.yaml:{line}:");
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[command, "good.yaml", "--pricing", "prices"]).ended(2);
        for text in expected.iter().chain(&[place.as_str()]) {
            assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
        }
    }
}

#[test]
fn the_overlay_that_the_tests_break_is_good() {
    folder(OVERLAY).tokencast(&["check", "good.yaml", "--pricing", "prices"]).ended(0);
}

#[test]
fn a_rate_of_ten_decimals_or_below_zero_or_of_zero_is_refused() {
    refused("input: 0.99", "input: 0.1234567891", 7, &["more than nine decimals per million tokens"]);
    refused("input: 0.99", "input: -0.99", 7, &["the price `-0.99` is negative"]);
    refused("input: 0.99", "input: 0", 7, &["write `free`"]);
    refused("input: 0.99", "input: .nan", 7, &["nan"]);
}

#[test]
fn two_rates_for_one_sku_and_day_are_refused_and_so_are_days_out_of_order() {
    refused("from: 2026-06-01", "from: 2026-01-01", 7, &["a second time", "line 6"]);
    refused(
        "from: 2026-06-01",
        "from: 2025-06-01",
        7,
        &["2025-06-01 stands after 2026-01-01", "put the oldest row first"],
    );
}

#[test]
fn a_discount_of_more_than_everything_or_of_nobody_is_refused() {
    refused("percent: 12.5%", "percent: 100.1%", 9, &["100"]);
    refused("percent: 12.5%", "percent: -5%", 9, &["-5%"]);
    refused("models: any", "models: [claude-haiku-9]", 9, &["claude-haiku-9"]);
    refused("models: any, ", "", 9, &["models"]);
    refused("from: 2026-01-01, source", "from: 2026-01-01, until: 2025-01-01, source", 9, &["2025-01-01"]);
}

/// What is refused of a file to import, by the words that tell it.
#[track_caller]
fn not_imported(kind: &str, file: &str, content: &str, expected: &[&str]) {
    let folder = Folder::with(file, content);
    let answer = folder.tokencast(&["prices", "import", kind, file]).ended(2);
    assert_eq!(answer.stdout, "");
    for text in expected.iter().chain(&[file]) {
        assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
    }
}

#[test]
fn an_offer_file_that_is_cut_off_or_of_another_service_is_refused() {
    let offer = text("tests/data/offer_bedrock.json");
    not_imported("aws", "cut.json", &offer[..offer.len() / 2], &["line"]);
    not_imported("aws", "ec2.json", &offer.replace("\"AmazonBedrock\"", "\"AmazonEC2\""), &["AmazonEC2"]);
    not_imported("aws", "empty.json", "{}", &["products"]);
    not_imported("aws", "page.html", "<html></html>", &["line 1"]);
    not_imported("litellm", "list.json", "[1, 2", &["list.json:1:1", "not a price map"]);
    not_imported("page", "map.json", "{\"a\": 1}", &["rows"]);
    assert!(path("tests/data/offer_bedrock.json").exists());
}

#[test]
fn a_filter_that_nothing_can_pass_is_refused() {
    let folder = Folder::with("good.yaml", GOOD);
    let refused = |arguments: [&str; 4]| folder.tokencast(&arguments).ended(2).stderr;
    assert!(refused(["prices", "list", "--region", "mars-1"]).contains("a Region is written as `us-east-1`"));
    assert!(refused(["prices", "list", "--model", "claude-haku-4-5"]).contains("did you mean `claude-haiku-4-5`?"));
}
