//! From logs to an answer: the project's own sample logs, imported, drafted and run.

use crate::bundled::path;
use crate::command::Folder;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::Path;
use tokencast::document::Source;
use tokencast::draft::{Draft, Found};
use tokencast::intake::{Options, Tally, import};
use tokencast::pipeline::prepare;
use tokencast::report::model::Report;
use tokencast::report::money::Money;
use tokencast::trace::{Given, Row, TraceFiles, store};
use tokencast::traffic::Progress;
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
        "  # `triage`: 1,395 calls with an answer, 7,339,428 input and 8,004 output tokens.",
        "    # max_tokens as used, and by how many calls: 2,000 (182).",
        "    # Cut at max_tokens: 50.",
        "        recorded: [max_tokens, cache]\n",
    ] {
        assert!(draft.yaml.contains(line), "no {line:?} in\n{}", draft.yaml);
    }
}

/// The one store that a drafted scenario names.
struct Store(Vec<u8>);

impl TraceFiles for Store {
    fn open(&self, _: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }
}

fn ran(rows: &[Row]) -> Report {
    let (mut bytes, book) = (Vec::new(), pricing::bundled().expect("a good book"));
    store::write(&mut Given(rows.iter().cloned()), &[], &mut bytes).expect("it is in memory");
    let (files, source) = (Store(bytes), Source::new("logs.yaml", drafted(rows).yaml));
    let prepared = prepare(&source, &book, &files).unwrap_or_else(|refused| panic!("{refused:?}\n{}", source.text));
    prepared.evaluate(&files, &Progress::default()).expect("it can be read").report
}

/// Femtodollars of a token: input, read from the cache, written to it, output. The price lists of the geographic
/// profiles: 1.10, 0.11, 1.375 and 5.50, and 3.30 and 16.50 US dollars per million tokens.
fn femtos(model: &str) -> [i128; 4] {
    match model {
        "us.anthropic.claude-haiku-4-5-20251001-v1:0" => [1_100_000_000, 110_000_000, 1_375_000_000, 5_500_000_000],
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0" => [3_300_000_000, 330_000_000, 4_125_000_000, 16_500_000_000],
        other => panic!("{other} is not in the sample"),
    }
}

fn plain_sum() -> i128 {
    let cost = |record: &Value| -> i128 {
        let counts = [
            &record["input"]["inputTokenCount"],
            &record["input"]["cacheReadInputTokenCount"],
            &record["input"]["cacheWriteInputTokenCount"],
            &record["output"]["outputTokenCount"],
        ];
        let femtos = femtos(record["modelId"].as_str().expect("a model"));
        counts.iter().zip(femtos).map(|(count, femtos)| i128::from(count.as_u64().unwrap_or(0)) * femtos).sum()
    };
    records().iter().map(cost).sum()
}

fn median(values: impl Iterator<Item = u64>) -> u64 {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    values[values.len() / 2]
}

#[test]
fn what_is_drafted_from_the_sample_logs_runs_and_costs_what_the_logs_say() {
    let report = ran(&rows());
    let names: Vec<&str> = report.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["base", "doubled", "global"]);
    let totals = &report.variants[0].totals;
    assert_eq!(totals.served, 1_395 + 182);
    assert_eq!(totals.cost.total.to_string(), Money::from(plain_sum()).to_string());
    assert_eq!(report.variants[1].totals.served, 2 * totals.served);
    let recorded = records();
    let latency = |record: &Value| record["output"]["outputBodyJson"]["metrics"]["latencyMs"].as_u64();
    let recorded = median(recorded.iter().filter_map(latency));
    let simulated = report.variants[0].apps[0].latency.e2e.as_ref().expect("answers").p50 / 1_000;
    assert!(simulated.abs_diff(recorded) * 10 < recorded, "triage took {recorded} ms and takes {simulated} ms");
}

/// The second example of the README.
#[test]
fn logs_become_an_answer_by_two_commands_and_nothing_is_written_over() {
    let (folder, logs) = (Folder::new(), path(LOGS).display().to_string());
    folder.tokencast(&["init", "--from", &logs, "logs.yaml"]).ended(0);
    assert!(folder.path("logs.parquet").is_file());
    let found = folder.tokencast(&["run", "logs.yaml"]).ended(0);
    assert!(found.stdout.starts_with("logs costs $10.15 for 2 h 59 min."), "{}", found.stdout);
    let (scenario, trace) =
        (fs::read(folder.path("logs.yaml")).unwrap(), fs::read(folder.path("logs.parquet")).unwrap());
    let refused = folder.tokencast(&["init", "--from", &logs, "logs.yaml"]).ended(2);
    assert!(refused.stderr.contains("never overwritten"), "{}", refused.stderr);
    assert_eq!(fs::read(folder.path("logs.yaml")).unwrap(), scenario);
    assert_eq!(fs::read(folder.path("logs.parquet")).unwrap(), trace);
}

#[test]
fn quotas_of_an_account_throttle_what_they_are_too_small_for() {
    const LISTED: &str = r#"{"Quotas": [{
        "QuotaArn": "arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-58BE175A", "Value": 20000.0,
        "QuotaName": "Cross-region model inference tokens per minute for Anthropic Claude Haiku 4.5"}]}"#;
    let (folder, logs) = (Folder::with("quotas.json", LISTED), path(LOGS).display().to_string());
    folder.tokencast(&["init", "--from", &logs, "--quotas", "quotas.json", "logs.yaml"]).ended(0);
    let found = folder.tokencast(&["run", "logs.yaml", "--format", "json"]).ended(0);
    let report: Value = serde_json::from_str(&found.stdout).expect("JSON");
    let apps = report["variants"][0]["apps"].as_array().expect("apps");
    let throttled = |app: &Value| app["totals"]["requests_throttled"].as_u64().expect("a count");
    assert!(throttled(&apps[0]) > 10, "{}", apps[0]);
    assert_eq!(throttled(&apps[1]), 0, "another model's quota");
    folder.write("quotas.json", "[]");
    let refused = folder.tokencast(&["init", "--from", &logs, "--quotas", "quotas.json", "other.yaml"]).ended(2);
    assert!(refused.stderr.contains("quotas.json:1:"), "{}", refused.stderr);
}
