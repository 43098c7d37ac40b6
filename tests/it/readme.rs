//! What the README shows is what the program prints.

use crate::bundled::{pages, path, text};
use crate::command::{Folder, GOOD};
use tokencast::report::terminal;

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    assert_eq!(shown("support-triage"), terminal::render(&pages("support-triage").report, 100, false));
}

#[test]
fn the_readme_shows_why_the_first_report_was_throttled() {
    let scenario = path("scenarios/office-hours.yaml").display().to_string();
    assert_eq!(shown("why office-hours"), Folder::new().tokencast(&["why", &scenario]).ended(0).stdout);
}

#[test]
fn the_scenario_with_every_key_runs() {
    let folder = Folder::with("everything.yaml", block("<!-- scenario: everything -->\n```yaml\n"));
    let found = folder.tokencast(&["run", "everything.yaml", "--format", "json"]).ended(0);
    let report: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    let apps = report["variants"][0]["apps"].as_array().expect("apps");
    let served = apps.iter().map(|app| app["totals"]["served"].as_u64().expect("a count"));
    assert_eq!(served.filter(|served| *served > 500).count(), 3, "{}", found.stderr);
}

#[test]
fn the_scenario_with_every_key_of_callers_runs_and_its_tasks_are_answered() {
    let folder = Folder::with("callers.yaml", block("<!-- scenario: callers -->\n```yaml\n"));
    let found = folder.tokencast(&["run", "callers.yaml", "--format", "json"]).ended(0);
    let report: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    let apps = report["variants"][0]["apps"].as_array().expect("apps");
    let of_ten = |app: &serde_json::Value| {
        let count = |key: &str| app["tasks"][key].as_u64().expect("a count");
        count("done") * 10 / count("begun")
    };
    assert!(apps.len() == 3 && apps.iter().all(|app| of_ten(app) >= 9), "{}", found.stderr);
}

/// The rows of the agreement hold for Sonnet 4.5, its discount for Haiku 4.5, and the bill says whose they are.
#[test]
fn the_prices_of_ones_own_are_read_and_marked() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.write("prices/contract.yaml", block("<!-- prices: contract -->\n```yaml\n"));
    let found = folder.tokencast(&["run", "good.yaml", "--pricing", "prices", "--format", "json"]).ended(0);
    let report: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    let lines = report["variants"][0]["lines"].as_array().expect("lines");
    assert!(!lines.is_empty());
    for line in lines {
        assert_eq!((&line["overlay"], &line["discount"]), (&true.into(), &"agreement".into()), "{line}");
    }
    let sonnet = folder.tokencast(&[
        "prices",
        "list",
        "--pricing",
        "prices",
        "--model",
        "claude-sonnet-4-5",
        "--on",
        "2026-12-01",
    ]);
    assert!(sonnet.ended(0).stdout.contains("claude-sonnet-4-5 (yours)"));
}

fn shown(what: &str) -> String {
    block(&format!("<!-- output: {what} -->\n```text\n"))
}

/// What stands in a block that opens so.
fn block(marked: &str) -> String {
    let readme = text("README.md");
    let start = readme.find(marked).expect("the output's begin is marked") + marked.len();
    readme[start..].split("```\n").next().unwrap_or_default().to_owned()
}
