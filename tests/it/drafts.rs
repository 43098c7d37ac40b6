//! From logs to an answer: the project's own sample logs, imported, drafted and run.

use crate::bundled::path;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use tokencast::draft::{Draft, Found};
use tokencast::intake::{Options, Tally, import};
use tokencast::trace::{Given, Row};
use tokencast::{draft, pricing};

#[expect(dead_code, reason = "its main is for the command line")]
#[path = "../../examples/make_logs.rs"]
mod make_logs;

const LOGS: &str = "scenarios/logs";

/// The files of the sample by their paths, unpacked.
fn files() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("the sample is there") {
            let file = entry.expect("an entry").path();
            if file.is_dir() {
                walk(&file, found);
                continue;
            }
            let mut text = String::new();
            GzDecoder::new(File::open(&file).expect("a file")).read_to_string(&mut text).expect("gzip of text");
            let name = file.strip_prefix(path(LOGS)).expect("a path below").to_str().expect("UTF-8").replace('\\', "/");
            found.insert(name, text);
        }
    }
    let mut found = BTreeMap::new();
    walk(&path(LOGS), &mut found);
    found
}

fn records() -> Vec<Value> {
    let files = files();
    files.values().flat_map(|text| text.lines()).map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Imported and put in order.
fn rows() -> Vec<Row> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    for (name, _) in files() {
        let file = File::open(path(LOGS).join(&name)).expect("a file");
        import(&name, Box::new(file), None, &Options::default(), &mut tally, &mut rows).expect("the sample is good");
    }
    assert_eq!((tally.rows, tally.all_skipped()), (1_587, 0));
    rows.sort_by_key(|row| row.at_us);
    rows
}

fn drafted(rows: &[Row]) -> Draft {
    let found = Found::of(&mut Given(rows.iter().cloned())).expect("the rows are at hand");
    draft::scenario(&found, "logs.parquet", "logs", None, &pricing::bundled().expect("a good book")).expect("it runs")
}

#[test]
fn the_sample_logs_are_what_their_program_writes() {
    let (written, files) = (make_logs::files().expect("it writes"), files());
    assert_eq!(files.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (name, text) in &files {
        assert!(*text == written[name], "{name} differs: `cargo run --example make_logs {LOGS}`");
    }
}

#[test]
fn the_sample_logs_hold_what_logs_hold() {
    let records = records();
    let count = |is: &dyn Fn(&Value) -> bool| records.iter().filter(|record| is(record)).count();
    assert_eq!(count(&|record| record["errorCode"] == "ThrottlingException"), 1);
    assert!(count(&|record| record["output"]["outputBodyJson"]["stopReason"] == "guardrail_intervened") > 3);
    assert!(count(&|record| record["output"]["outputBodyJson"][2]["delta"]["stop_reason"] == "max_tokens") > 20);
    assert!(count(&|record| record["input"]["cacheReadInputTokenCount"].as_u64() > Some(0)) > 1_000);
    assert!(count(&|record| record["input"]["cacheWriteInputTokenCount"].as_u64() > Some(0)) > 1);
}

#[test]
fn the_sample_logs_become_two_apps() {
    let draft = drafted(&rows());
    assert_eq!(draft.told, ["replayed as `triage` (1,395 calls), `reports` (182 calls)"]);
    for line in [
        "start: 2026-11-02T08:00:0",
        "  # `triage`: 1,395 answered calls, 7,339,428 input and 8,004 output tokens. Also recorded and not replayed: 9 blocked.",
        "    # max_tokens as used, and by how many calls: 2,000 (182).",
        "    # 50 answers were cut at max_tokens",
        "        recorded: [max_tokens, cache]\n",
    ] {
        assert!(draft.yaml.contains(line), "no {line:?} in\n{}", draft.yaml);
    }
}
