//! What the README shows is what the program prints.

use crate::bundled::{pages, path, text};
use crate::command::Folder;
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

fn shown(what: &str) -> String {
    let readme = text("README.md");
    let marked = format!("<!-- output: {what} -->\n```text\n");
    let start = readme.find(&marked).expect("the output's begin is marked") + marked.len();
    readme[start..].split("```\n").next().unwrap_or_default().to_owned()
}
