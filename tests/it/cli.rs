//! Exit codes, files, and which stream says what.

use crate::command::{Folder, GOOD};
use std::fs;
use tempfile::TempDir;

fn good() -> Folder {
    Folder::with("good.yaml", GOOD)
}

const REPORT: [&str; 7] =
    ["cost.svg", "demand.svg", "lines.csv", "report.html", "summary.json", "throttled.svg", "timeline.csv"];

#[test]
fn code_0_is_within_every_limit() {
    let held = good().tokencast(&["check", "good.yaml"]).ended(0);
    assert!(held.stdout.starts_with("held    cost.total < 1 USD  $0.2"), "{}", held.stdout);
}

#[test]
fn code_1_is_a_broken_limit() {
    let folder = Folder::with("dear.yaml", GOOD.replace("< 1 USD", "< 0.01 USD"));
    let broken = folder.tokencast(&["check", "dear.yaml"]).ended(1);
    assert!(broken.stdout.starts_with("BROKEN  cost.total < 0.01 USD"), "{}", broken.stdout);
}

#[test]
fn code_2_is_wrong_input() {
    let folder = Folder::with("wrong.yaml", GOOD.replace("USD", "EUR"));
    let refused = folder.tokencast(&["check", "wrong.yaml"]).ended(2);
    assert!(refused.stdout.is_empty() && refused.stderr.starts_with("wrong.yaml:11:18: error: "), "{}", refused.stderr);
    for arguments in [&["frobnicate"][..], &[], &["run"], &["check"], &["run", "x.yaml", "--format", "xml"]] {
        let refused = folder.tokencast(arguments).ended(2);
        assert!(refused.stdout.is_empty() && refused.stderr.contains("help"), "{}", refused.stderr);
    }
}

#[test]
fn code_3_is_a_failure_of_the_tool_or_of_the_machine() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let full = good().shell("$tokencast check good.yaml > /dev/full").ended(3);
    assert!(full.stderr.contains("stdout: error: the result cannot be written: No space left"), "{}", full.stderr);
}

#[test]
fn the_gravest_of_several_files_decides_and_each_is_told() {
    let folder = good();
    folder.write("dear.yaml", GOOD.replace("< 1 USD", "< 0.01 USD"));
    folder.write("free.yaml", GOOD.split("budgets").next().unwrap());
    let both = folder.tokencast(&["check", "dear.yaml", "good.yaml"]).ended(1);
    assert!(both.stdout.starts_with("dear.yaml:\nBROKEN ") && both.stdout.contains("\ngood.yaml:\nheld "));
    let all = folder.tokencast(&["check", "nowhere.yaml", "dear.yaml", "free.yaml"]).ended(2);
    assert!(all.stdout.contains("BROKEN") && all.stderr.contains("nowhere.yaml: error"), "{}", all.stderr);
    assert!(all.stderr.contains("free.yaml: nothing to check"), "{}", all.stderr);
}

#[test]
fn a_run_writes_the_documented_files_and_no_others() {
    let folder = good();
    let run = folder.tokencast(&["run", "good.yaml"]).ended(0);
    assert!(run.stdout.starts_with("good costs $0.2") && !run.stdout.contains("Report:"), "{}", run.stdout);
    assert!(run.stderr == "Report: reports/good/report.html\n", "{}", run.stderr);
    assert_eq!(folder.names("reports/good"), REPORT);
    assert_eq!(folder.names("."), ["good.yaml", "reports"]);
}

#[test]
fn a_report_goes_where_it_is_sent_and_replaces_the_one_before() {
    let folder = Folder::with("with space/it's good.yaml", GOOD);
    folder.write("else where/summary.json", "old");
    let arguments = ["run", "with space/it's good.yaml", "--out", "else where"];
    folder.tokencast(&arguments).ended(0);
    assert_eq!(folder.names("else where"), REPORT);
    assert_eq!(folder.names("."), ["else where", "with space"]);
    assert!(folder.read("else where/summary.json").contains("schema_version"));
}

#[test]
fn json_on_stdout_is_summary_json_and_nothing_else() {
    let folder = good();
    let run = folder.tokencast(&["run", "good.yaml", "--format", "json"]).ended(0);
    assert_eq!(run.stdout, folder.read("reports/good/summary.json"));
}

#[test]
fn init_writes_a_scenario_that_runs_and_never_overwrites() {
    let folder = Folder::new();
    folder.tokencast(&["init"]).ended(0);
    folder.tokencast(&["run", "scenario.yaml"]).ended(0);
    folder.write("mine.yaml", "mine");
    let refused = folder.tokencast(&["init", "mine.yaml"]).ended(2);
    assert!(refused.stderr.contains("mine.yaml: error: this file exists"), "{}", refused.stderr);
    assert_eq!(folder.read("mine.yaml"), "mine");
    folder.tokencast(&["init", "no/such/folder.yaml"]).ended(2);
}

#[test]
fn schemas_are_json_and_say_what_they_describe() {
    for (format, word) in [
        ("scenario", "horizon"),
        ("pricing", "per_million"),
        ("report", "schema_version"),
        ("breakeven", "rule_of_thumb"),
    ] {
        let schema = good().tokencast(&["schema", format]).ended(0);
        let read: serde_json::Value = serde_json::from_str(&schema.stdout).unwrap();
        assert!(read.is_object() && schema.stdout.contains(word), "{format}");
    }
}

#[test]
fn prices_laid_over_the_book_change_the_bill_and_are_marked_in_the_report() {
    let folder = good();
    folder.write(
        "prices/ours.yaml",
        "sources: {contract: {title: Our contract}}
models:
  claude-haiku-4-5:
    prices:
      - {via: geo, regions: any, from: 2026-01-01, per_million: {input: 1_000, output: 5_000}, source: contract, checked: 2026-11-01}
",
    );
    let listed = folder.tokencast(&["run", "good.yaml"]).ended(0);
    let ours = folder.tokencast(&["run", "good.yaml", "--pricing", "prices", "--out", "ours"]).ended(0);
    assert_ne!(listed.stdout, ours.stdout);
    assert!(folder.read("ours/lines.csv").contains("your price book: Our contract"));
    assert!(!folder.read("reports/good/lines.csv").contains("your price book"));
}

#[test]
fn help_and_version_are_results() {
    let help = good().tokencast(&["--help"]).ended(0);
    assert!(help.stderr.is_empty() && help.stdout.contains("Exit codes: 0 "), "{}", help.stdout);
    assert!(good().tokencast(&["--version"]).ended(0).stdout.starts_with("tokencast "));
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let folder = good();
    // The reader is gone before anything is printed.
    for command in ["run good.yaml", "check good.yaml", "schema scenario", "init new.yaml"] {
        let line = format!("(sleep 0.3; $tokencast {command}; echo code $? >&2) | true; sleep 0.6");
        let told = folder.shell(&line).stderr;
        assert!(told.contains("code 0") && !told.contains("panicked") && !told.contains("error"), "{command}: {told}");
    }
    folder.shell("$tokencast check good.yaml 2>&- >&-").ended(0);
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads_and_from_any_folder() {
    let variants = "replications: 4\nvariants:\n  b: {apps.a.max_tokens: 3}\n  c: {apps.a.max_tokens: null}\n";
    let scenario = format!("{GOOD}{variants}");
    let (one, two) = (Folder::with("good.yaml", &scenario), Folder::with("deep/good.yaml", &scenario));
    let run = |folder: &Folder, threads: &str, arguments: &[&str]| {
        let output = folder.command().env("RAYON_NUM_THREADS", threads).args(arguments).output().unwrap();
        (output.status.code(), output.stdout)
    };
    let first = run(&one, "1", &["run", "good.yaml", "--out", "out"]);
    let absolute = two.path("deep/good.yaml");
    let second = run(&two, "2", &["run", absolute.to_str().unwrap(), "--out", "deep/out"]);
    assert_eq!(first.0, Some(0));
    assert_eq!(first, second);
    assert_eq!(one.names("out"), two.names("deep/out"));
    for name in one.names("out") {
        assert_eq!(one.read(&format!("out/{name}")), two.read(&format!("deep/out/{name}")), "{name}");
    }
}

#[test]
fn no_output_names_a_folder_of_this_machine() {
    let temporary = TempDir::new().unwrap();
    let folder = Folder::with("calls.csv", "t,in,out\n1,10,5\n2,10,5\n");
    folder.write("replay.yaml", crate::command::REPLAY);
    let path = folder.path("replay.yaml");
    let run = folder.tokencast(&["run", path.to_str().unwrap(), "--out", temporary.path().to_str().unwrap()]).ended(0);
    let root = std::env::temp_dir();
    let mut texts = vec![run.stdout];
    texts.extend(fs::read_dir(temporary.path()).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap()));
    assert!(texts.len() > 5);
    for forbidden in [root.to_str().unwrap(), env!("CARGO_MANIFEST_DIR")] {
        assert!(texts.iter().all(|text| !text.contains(&format!("{forbidden}/"))), "{forbidden}");
    }
}
