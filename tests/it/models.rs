//! `tokencast models`: what the price book says to whoever asks.

use crate::command::Folder;
use jiff::civil::{Date, date};
use serde_json::Value;
use std::process::{Command, Output};
use tokencast::pricing::{self, PriceBook};
use tokencast::report::models::{json, list, show, text};

const ON: Date = date(2026, 12, 1);
const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

fn book() -> PriceBook {
    pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn sheet(id: &str) -> Value {
    let sheet = show(&book(), id, ON).unwrap_or_else(|unknown| panic!("{unknown}"));
    serde_json::from_str(&json(&sheet)).unwrap()
}

fn tokencast(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tokencast")).args(arguments).output().unwrap()
}

#[test]
fn the_sheet_of_a_profile_answers_every_question_with_a_source_and_the_day_it_was_checked() {
    let sheet = sheet(HAIKU);
    assert_eq!(sheet["profile"], HAIKU);
    assert_eq!(
        (sheet["context"]["tokens"].as_u64(), sheet["max_output"]["tokens"].as_u64()),
        (Some(200_000), Some(64_000))
    );
    assert_eq!(sheet["burndown"][0]["times"], 5);
    let cache = &sheet["cache"];
    assert_eq!((cache["minimum_tokens"].as_u64(), cache["checkpoints"].as_u64()), (Some(4_096), Some(4)));
    assert_eq!((cache["look_back_blocks"].as_u64(), &cache["ttls"][1]), (Some(20), &Value::from("1h")));
    assert_eq!(sheet["profiles"].as_array().unwrap().len(), 1);
    assert_eq!(sheet["profiles"][0]["destinations"][2], "us-west-2");
    let tiers: Vec<&Value> = sheet["prices"].as_array().unwrap().iter().map(|row| &row["tier"]).collect();
    assert_eq!(tiers, ["standard", "batch"]);
    assert_eq!(sheet["prices"][0]["cache_write_1h"], "2.20");
    assert!(sheet["prices"].as_array().unwrap().iter().all(|row| row["via"] == "geo"));
    assert_eq!(sheet["quotas"][0]["tokens_per_minute"], 5_000_000);
    assert_eq!(sheet["account_quota"]["tokens_per_day"], 700_000_000);
    assert_eq!(sheet["reserved"][1]["input"], "0.0594");
    assert_eq!(sheet["regions_on_demand"], serde_json::json!(["us-gov-east-1", "us-gov-west-1"]));
    let mut cited = 0;
    each_source(&sheet, &mut |source| {
        assert!(source["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert!(source["checked"].as_str().unwrap().parse::<Date>().is_ok());
        cited += 1;
    });
    assert_eq!(cited, 11);
}

/// Every object under a key `source`.
fn each_source(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "source" { visit(field) } else { each_source(field, visit) }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_source(item, visit)),
        _ => {}
    }
}

#[test]
fn a_profile_shows_the_rows_that_its_callers_meet_and_a_short_name_shows_all() {
    let inputs = |id: &str| {
        let sheet = sheet(id);
        let rows: Vec<Value> = sheet["prices"].as_array().unwrap().clone();
        let short = rows.into_iter().filter(|row| row["input_above"].is_null());
        let standard = short.filter(|row| row["tier"] == "standard");
        standard.map(|row| row["input"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(inputs("us.anthropic.claude-sonnet-4-5-20250929-v1:0"), ["3.30"]);
    assert_eq!(inputs("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0"), ["3.60"]);
    assert_eq!(inputs("global.anthropic.claude-sonnet-4-5-20250929-v1:0"), ["3.00"]);
    assert_eq!(inputs("claude-sonnet-4-5"), ["3.60", "3.30", "3.60", "3.00"]);
    assert_eq!(inputs("claude-sonnet-4-5"), inputs("anthropic.claude-sonnet-4-5-20250929-v1:0"));
}

#[test]
fn the_text_has_every_figure_of_the_sheet_and_fits_its_columns() {
    let book = book();
    for model in book.models() {
        let sheet = show(&book, &model.key, ON).unwrap();
        for columns in [80, 120] {
            let text = text::show(&sheet, columns);
            let long = text.lines().find(|line| line.chars().count() > columns && !line.contains("https://"));
            assert_eq!(long, None, "{}", model.key);
        }
        let text = text::show(&sheet, 120);
        for row in &sheet.prices {
            let input = row.input.unwrap().to_string();
            assert!(text.contains(&input), "{}: {input}", model.key);
        }
        for row in &sheet.quotas {
            let named = row.regions.split(", ").all(|region| text.contains(region));
            assert!(named, "{}: {}", model.key, row.regions);
        }
        for row in &sheet.provisioned {
            assert!(text.contains(&row.per_hour.to_string()), "{}", model.key);
        }
        assert!(text.contains("checked 2026-11-20"));
    }
}

#[test]
fn the_sheet_of_llama_3_1_70b_reads_as_it_did() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/models_llama_80.txt");
    let now = text::show(&show(&book(), "llama-3-1-70b", ON).unwrap(), 80);
    if std::env::var_os("TOKENCAST_BLESS").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    assert_eq!(now, std::fs::read_to_string(path).unwrap());
}

#[test]
fn the_list_tells_the_state_of_a_day() {
    let state = |key: &str, on: Date| {
        let list = list(&book(), on);
        list.models.into_iter().find(|entry| entry.key == key).unwrap().state
    };
    assert_eq!(state("claude-3-5-haiku", date(2025, 1, 1)), "active until 2026-06-19");
    assert_eq!(state("claude-3-5-haiku", date(2025, 12, 19)), "legacy until 2026-06-19");
    assert_eq!(state("claude-3-5-haiku", date(2026, 3, 19)), "extended access until 2026-06-19");
    assert_eq!(state("claude-3-5-haiku", date(2026, 6, 19)), "ended 2026-06-19");
    assert_eq!(state("claude-opus-5", date(2025, 1, 1)), "not priced yet");
    assert_eq!(list(&book(), ON).models.len(), book().models().count());
}

#[test]
fn the_command_lists_shows_and_refuses() {
    let out = |arguments: &[&str]| {
        let output = tokencast(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let listed = out(&["models"]);
    assert!(listed.contains("claude-haiku-4-5") && listed.contains("burndown on 2026-11-20"), "{listed}");
    assert!(out(&["models", "--on", "2025-01-01"]).contains("not priced yet"));
    assert!(out(&["models", "show", HAIKU]).contains("from 4,096 tokens up to a checkpoint"));
    let json: Value = serde_json::from_str(&out(&["models", "show", "nova-pro", "--format", "json"])).unwrap();
    assert_eq!(json["id"], "amazon.nova-pro-v1:0");
    for (asked, meant) in
        [("claude-haiku-45", "claude-haiku-4-5"), ("ap.amazon.nova-pro-v1:0", "apac.amazon.nova-pro-v1:0")]
    {
        let output = tokencast(&["models", "show", asked]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(said.contains(&format!("unknown model `{asked}`")) && said.contains(meant), "{said}");
    }
    assert_eq!(tokencast(&["models", "--on", "yesterday"]).status.code(), Some(2));
}

#[test]
fn an_overlay_is_shown_as_the_users_own() {
    let own = "sources: {deal: {title: Our contract}}\nmodels: {claude-haiku-4-5: {prices: [{via: geo, regions: any, from: 2026-12-01, per_million: {input: 0.77}, source: deal, checked: 2026-11-21}]}}";
    let folder = Folder::with("own/o.yaml", own);
    let output = tokencast(&["models", "show", HAIKU, "--pricing", folder.path("own").to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("0.77") && text.contains("your own file: Our contract"), "{text}");
}
