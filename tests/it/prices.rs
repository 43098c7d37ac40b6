//! `tokencast prices`, from outside.

use crate::command::Folder;
use serde_json::Value;
use std::fs;
use std::process::{Command, Output};

fn prices(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tokencast")).arg("prices").args(arguments).output().unwrap()
}

fn good(arguments: &[&str]) -> String {
    let output = prices(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str], code: i32) -> String {
    let output = prices(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(if code == 1 { output.stdout } else { output.stderr }).unwrap()
}

/// One model of the map, a tenth too dear.
const MAP: &str = r#"{"global.anthropic.claude-haiku-4-5-20251001-v1:0": {"litellm_provider": "bedrock_converse",
  "mode": "chat", "input_cost_per_token": 1.1e-06, "output_cost_per_token": 5.0e-06}}"#;

fn overlay(row: &str) -> String {
    format!(
        "models:\n  claude-haiku-4-5:\n    prices:\n      - {{via: global, regions: any, {row}, source: litellm-1.109.1, checked: 2026-11-20}}\n"
    )
}

#[test]
fn the_bundled_book_is_clean_until_its_figures_are_old() {
    assert!(good(&["lint"]).contains("Clean."));
    assert!(good(&["lint", "--on", "2027-02-18"]).contains("ages on 2027-02-18"));
    let old = refused(&["lint", "--on", "2027-02-19"], 1);
    assert!(old.contains("Not clean.") && old.contains("of litellm-1.109.1 were last checked on 2026-11-20"), "{old}");
}

#[test]
fn a_tenfold_price_breaks_a_bound_and_an_unreadable_folder_is_no_finding() {
    let folder = Folder::new();
    let path = folder.path("mine");
    fs::create_dir(&path).unwrap();
    let path = path.to_str().unwrap();
    let file = format!("{path}/own.yaml");
    fs::write(&file, overlay("from: 2026-11-01, per_million: {input: 1.00, output: 50.00}")).unwrap();
    let odd = refused(&["lint", path], 1);
    assert!(odd.contains("output costs 50.00 per million, 50 times"), "{odd}");
    fs::write(&file, overlay("from: 2026-11-01, per_million: {input: 1.00}, unusual: 7")).unwrap();
    assert!(prices(&["lint", path]).status.success());
    fs::write(&file, overlay("from: 2026-11-01, per_million: {input: -1.00}")).unwrap();
    assert!(refused(&["lint", path], 2).contains("own.yaml:4:"));
    assert!(refused(&["lint", "nowhere"], 2).contains("cannot be read"));
}

#[test]
fn a_list_is_what_holds_on_a_day_and_a_history_what_ever_held() {
    let listed: Value = serde_json::from_str(&good(&[
        "list",
        "--model",
        "claude-3-5-sonnet",
        "--region",
        "us-east-1",
        "--via",
        "geo",
        "--tier",
        "standard",
        "--on",
        "2025-11-30",
        "--format",
        "json",
    ]))
    .unwrap();
    let inputs = |of: &Value| {
        let rows = of["prices"].as_array().unwrap().iter();
        rows.map(|row| row["input"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(&listed), ["3.00"]);
    let history: Value =
        serde_json::from_str(&good(&["show", "us.anthropic.claude-3-5-sonnet-20240620-v1:0", "--format", "json"]))
            .unwrap();
    let geo =
        history["prices"].as_array().unwrap().iter().filter(|row| row["via"] == "geo" && row["tier"] == "standard");
    let geo: Vec<(&Value, &Value, &Value)> = geo.map(|row| (&row["from"], &row["input"], &row["holds"])).collect();
    assert_eq!(format!("{geo:?}").matches("String").count(), 4);
    assert_eq!((geo[0].1, geo[0].2, geo[1].1, geo[1].2), (&"3.00".into(), &false.into(), &"6.00".into(), &true.into()));
    let shown = good(&["show", "claude-3-5-sonnet"]);
    assert!(shown.contains("litellm-1.109.1 says: Still 3.00 and 15.00"), "{shown}");
    assert!(refused(&["show", "claude-haiku-4-6"], 2).contains("did you mean"));
    assert!(refused(&["list", "--tier", "fast"], 2).contains("there are standard, priority"));
}

#[test]
fn a_difference_is_told_in_percent_and_an_import_is_a_file_that_can_be_laid_over() {
    let folder = Folder::new();
    let file = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    fs::write(file("map.json"), MAP).unwrap();
    let map = format!("litellm:{}", file("map.json"));
    let found: Value = serde_json::from_str(&good(&["diff", "bundled", &map, "--format", "json"])).unwrap();
    let dearer = |found: &Value| {
        let all = found["differences"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["per_mille"].is_i64()).unwrap()
    };
    let input = dearer(&found);
    assert_eq!((&input["before"], &input["after"], &input["per_mille"]), (&"1.00".into(), &"1.10".into(), &100.into()));
    let back: Value = serde_json::from_str(&good(&["diff", &map, "bundled", "--format", "json"])).unwrap();
    assert_eq!(dearer(&back)["after"], "1.00");
    fs::create_dir(file("mine")).unwrap();
    let out = file("mine/import.yaml");
    let told = prices(&["import", "litellm", &file("map.json"), "--out", &out]);
    assert!(told.status.success() && told.stdout.is_empty());
    assert!(String::from_utf8_lossy(&told.stderr).contains("1 row written"));
    assert!(refused(&["import", "litellm", &file("map.json"), "--out", &out], 2).contains("--overwrite"));
    assert!(prices(&["import", "litellm", &file("map.json"), "--out", &out, "--overwrite"]).status.success());
    let laid = good(&["diff", "bundled", &file("mine")]);
    assert!(laid.contains("1.10"), "{laid}");
    let with: Value =
        serde_json::from_str(&good(&["diff", &file("mine"), &map, "--pricing", &file("mine"), "--format", "json"]))
            .unwrap();
    assert!(with["differences"].as_array().unwrap().iter().all(|one| one["per_mille"].is_null()), "{with}");
}

#[test]
fn a_source_of_another_kind_is_refused_with_its_place() {
    let folder = Folder::new();
    let path = folder.path("map.json");
    fs::write(&path, MAP).unwrap();
    let path = path.to_str().unwrap();
    assert!(refused(&["import", "page", path], 2).contains("map.json:1:"));
    assert!(refused(&["import", "aws", path], 2).contains("map.json"));
    assert!(refused(&["diff", "bundled", "litellm:nowhere.json"], 2).contains("cannot be read"));
}
