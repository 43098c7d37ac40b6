//! `tokencast reconcile` from outside.

use crate::bundled::path;
use crate::command::{Folder, GOOD};
use crate::shared;
use jiff::civil::date;
use serde_json::Value;
use tokencast::bedrock::profile::Via;
use tokencast::bedrock::usage_type::{Meter, UsageType};
use tokencast::document::Source;
use tokencast::pricing::bundled;
use tokencast::reconcile::actuals;
use tokencast::upkeep::aws;

/// A run of a bundled scenario with reserved capacity, and its own export as the bill.
fn own_bill(to: &str) -> (Folder, String) {
    let scenario = path("scenarios/reserved-tier.yaml").display().to_string();
    let folder = Folder::new();
    folder.tokencast(&["run", &scenario, "--out", "run"]).ended(0);
    let written = folder.tokencast(&["export", &scenario, "--to", to, "--out", "bill"]).ended(0).stdout;
    let bill = written.lines().find(|line| line.ends_with(".csv")).expect("a CSV").to_owned();
    (folder, bill)
}

#[test]
fn a_run_has_no_residual_against_its_own_export() {
    for to in ["cur", "focus"] {
        let (folder, bill) = own_bill(to);
        let answer = folder.tokencast(&["reconcile", "run", "--actual", &bill, "--format", "json"]).ended(0).stdout;
        let found: Value = serde_json::from_str(&answer).expect("JSON");
        let rows = found["rows"].as_array().expect("rows");
        assert!(rows.iter().any(|row| row["unit"] != "token") && rows.len() >= 4, "{to}: {answer}");
        for row in rows {
            assert_eq!(row["residual"], "0.00", "{to}: {row}");
            assert_eq!(row["predicted"], row["billed"], "{to}: {row}");
        }
        assert_eq!((&found["unreconciled"], &found["totals"]["residual"]), (&Value::Array(Vec::new()), &"0.00".into()));
        let text = folder.tokencast(&["reconcile", "run/summary.json", "--actual", &bill]).ended(0).stdout;
        assert!(text.contains("No residual."), "{to}: {text}");
    }
}

#[test]
fn a_dearer_bill_is_split_and_what_cannot_be_compared_is_named() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.tokencast(&["run", "good.yaml", "--out", "run"]).ended(0);
    folder.write(
        "bill.csv",
        "line_item_product_code,line_item_usage_type,total_tokens,total_cost\n\
         AmazonBedrock,USE1-Claude4.5Haiku-input-tokens,151.2,0.3024\n\
         AmazonBedrock,USE1-Claude4.5Haiku-output-tokens,18,0.099\n\
         AmazonBedrock,USE1-Claude9Haiku-output-tokens,18,0.5\n\
         AmazonEC2,USE1-BoxUsage:m5.large,1,9\n",
    );
    let text = folder.tokencast(&["reconcile", "run", "--actual", "bill.csv"]).ended(0).stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "USE1-Claude4.5Haiku-input-tokens",
        "price",
        "$0.50 was billed that could not be reconciled",
        "Claude9Haiku",
        "1 row of other services",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
}

#[test]
fn what_is_no_run_no_bill_or_no_variant_is_refused() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.tokencast(&["run", "good.yaml", "--out", "run"]).ended(0);
    folder.write("bill.csv", "line_item_usage_type,total_tokens,total_cost\nUSE1-NovaPro-input-tokens,1,dear\n");
    folder.write("good.csv", "line_item_usage_type,total_tokens,total_cost\n");
    let refused = |arguments: &[&str]| folder.tokencast(arguments).ended(2).stderr;
    let said = refused(&["reconcile", "run", "--actual", "bill.csv"]);
    assert!(said.contains("bill.csv:2:1: error: its cost: `dear` is not a number"), "{said}");
    let said = refused(&["reconcile", "good.yaml", "--actual", "good.csv"]);
    assert!(said.contains("good.yaml: error: this is not the summary.json of a run"), "{said}");
    let said = refused(&["reconcile", "run", "--actual", "good.csv", "--variant", "bsae"]);
    assert!(said.contains("no variant `bsae`") && said.contains("did you mean `base`?"), "{said}");
    let said = refused(&["reconcile", "run", "--actual", "good.yaml"]);
    assert!(said.contains("none of the exports of AWS"), "{said}");
}

/// The example rows of a vendor's article on the cost of Bedrock by caller; amounts are cut at four decimals there.
#[test]
fn the_rows_of_a_published_report_are_read_and_cost_what_the_book_says() {
    let Some(file) = shared::file("samples/cur2_bedrock_rows_aws_blog.csv") else { return };
    let text = std::fs::read_to_string(file).expect("a text");
    let actuals = actuals::read(&Source::new("cur.csv", text)).expect("a bill");
    assert_eq!((actuals.format, actuals.charges.len(), actuals.others), ("CUR", 8, 0));
    let book = bundled().expect("the book");
    for charge in actuals.charges {
        let read: UsageType = charge.usage_type.parse().expect("a usage type");
        let model = book.billed_as(read.named.name().expect("a name")).expect("a model");
        let Meter::Tokens { class, tier, .. } = read.meter else { panic!("{}", charge.usage_type) };
        let row = model.rates(Via::Geo, read.region.region, tier, date(2026, 11, 1)).expect("a price");
        let rate = row.rate(class).expect("a price").femtos();
        // Thousands of tokens in 1e-15, times femtodollars for a token.
        let expected = charge.amount.expect("a quantity") / 1_000_000 * rate / 1_000_000;
        let off = charge.cost.femtos() - expected;
        assert!(off.abs() < 1_000_000_000_000, "{}: {} and {expected}", charge.usage_type, charge.cost);
    }
}

#[test]
fn a_published_product_whose_usage_type_and_model_disagree_is_not_believed() {
    let Some(file) = shared::file("samples/price_list_product_fragment.json") else { return };
    let text = std::fs::read_to_string(file).expect("a text");
    let import = aws::read(&text, &bundled().expect("the book")).expect("an import");
    assert!(import.stated.is_empty());
    let why = "its usage type is of Claude Sonnet 4, and its attribute of Claude Sonnet 4.5";
    assert_eq!(import.skipped[0].why, why);
}
