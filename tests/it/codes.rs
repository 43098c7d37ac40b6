//! Every code is given somewhere, and `tokencast explain` knows each.

use crate::bundled::{pages, path, text};
use crate::command::Folder;
use std::fs;
use std::path::{Path, PathBuf};
use tokencast::codes::Code;

/// Explained already; the rules that give them are not there yet.
const AWAITED: [Code; 0] = [];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The program without its tests and without the catalogue itself.
fn program() -> String {
    let files = rust_files(&path("src")).into_iter();
    let files = files.filter(|file| !file.starts_with(path("src/codes")) && !file.ends_with("tests.rs"));
    let read = |file: PathBuf| fs::read_to_string(file).expect("a source is text");
    files.map(|file| read(file).split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_code_is_given_by_some_rule_but_for_those_that_are_awaited() {
    let program = program();
    let given = |code: &Code| {
        let name = format!("Code::{code:?}");
        let whole = |at: usize| !program[at + name.len()..].starts_with(|next: char| next.is_alphanumeric());
        program.match_indices(&name).any(|(at, _)| whole(at))
    };
    let never: Vec<Code> = Code::ALL.iter().copied().filter(|code| !given(code)).collect();
    assert_eq!(never, AWAITED, "a code that no rule gives, or one that is not awaited any more");
}

#[test]
fn every_code_can_be_explained_and_a_slip_is_put_right() {
    let folder = Folder::new();
    let list = folder.tokencast(&["explain"]).ended(0).stdout;
    assert_eq!(list.lines().filter(|line| !line.starts_with(' ')).count(), Code::ALL.len(), "{list}");
    for code in Code::ALL {
        let text = folder.tokencast(&["explain", code.name()]).ended(0).stdout;
        assert!(
            text.starts_with(&format!("{code}: ")) && text.contains(code.entry().cures.lines().next().unwrap()),
            "{text}"
        );
    }
    let slip = folder.tokencast(&["explain", "max-token-unset"]).ended(2);
    assert!(slip.stdout.is_empty() && slip.stderr.contains("did you mean `max-tokens-unset`?"), "{}", slip.stderr);
    let nonsense = folder.tokencast(&["explain", "xyz"]).ended(2).stderr;
    assert!(nonsense.contains("`tokencast explain` lists them"), "{nonsense}");
}

#[test]
fn a_default_that_nobody_confirmed_is_noted_with_how_much_of_it_is_used() {
    let pages = pages("streaming-timeouts");
    let noted = pages.report.findings.iter().find(|finding| finding.code == "quota-default-unverified");
    assert!(noted.is_none(), "this scenario gives its quota: {noted:?}");
    let starter = text("scenarios/growing-assistant.yaml");
    assert!(!starter.contains("tokens_per_day:"), "the scenario confirms its day quota: choose another one");
    let pages = crate::bundled::pages("growing-assistant");
    let day =
        pages.report.findings.iter().find(|finding| finding.place == "account.tokens_per_day").expect("a finding");
    assert!(day.message.contains("700,000,000 tokens per day") && day.message.contains("% of it"), "{}", day.message);
}
