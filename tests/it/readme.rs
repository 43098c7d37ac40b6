//! What the README shows is what the program prints.

use crate::bundled::{pages, text};
use tokencast::report::terminal;

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let readme = text("README.md");
    let start = readme.find("<!-- output: support-triage -->\n```text\n").expect("the output's begin is marked");
    let shown = readme[start..].split("```text\n").nth(1).and_then(|rest| rest.split("```\n").next());
    assert_eq!(shown, Some(terminal::render(&pages("support-triage").report, 100, false).as_str()));
}
