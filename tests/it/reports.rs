//! What is checked in and can be generated is what would be generated.

use super::bundled::{breakeven_with, buys_capacity, names, pages, path, text};
use std::collections::BTreeMap;
use std::fs;
use tokencast::report::{breakeven, files, json};
use tokencast::{pricing, scenario};

const ADVICE: &str = "run `just reports` and commit what it writes";

fn checked_in(scenario: &str) -> BTreeMap<String, String> {
    let Ok(folder) = fs::read_dir(path("reports").join(scenario)) else { return BTreeMap::new() };
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().expect("UTF-8");
        let content = fs::read_to_string(entry.path()).expect("a text file");
        (name, content)
    };
    folder.map(|entry| read(entry.expect("a readable entry"))).collect()
}

#[test]
fn every_bundled_scenario_has_its_current_report() {
    let mut wrong = Vec::new();
    for scenario in names() {
        let mut found = checked_in(&scenario);
        let studied = buys_capacity(&scenario).then(|| breakeven::files(&breakeven_with(&scenario, &[])));
        for (name, expected) in files(&pages(&scenario)).into_iter().chain(studied.into_iter().flatten()) {
            match found.remove(&name) {
                Some(content) if content == expected => {}
                Some(_) => wrong.push(format!("reports/{scenario}/{name} is stale")),
                None => wrong.push(format!("reports/{scenario}/{name} is missing")),
            }
        }
        wrong.extend(found.into_keys().map(|name| format!("reports/{scenario}/{name} belongs to nothing; delete it")));
    }
    assert!(wrong.is_empty(), "{}\n{ADVICE}", wrong.join("\n"));
}

#[test]
fn every_report_belongs_to_a_bundled_scenario() {
    let entries = fs::read_dir(path("reports")).expect("the folder is there");
    let folders = entries.map(|entry| entry.expect("a readable entry")).filter(|entry| entry.path().is_dir());
    let mut folders: Vec<_> = folders.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect();
    folders.sort();
    assert_eq!(folders, names(), "{ADVICE}");
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| files(&pages("growing-assistant")))
    };
    assert!(with(1) == with(2), "the report depends on the number of threads");
}

#[test]
fn the_schema_files_are_what_the_program_prints() {
    let pretty = |schema: &serde_json::Value| serde_json::to_string_pretty(schema).expect("JSON") + "\n";
    for (file, expected) in [
        ("scenario", pretty(&scenario::schema())),
        ("pricing", pretty(&pricing::schema())),
        ("report", json::schema()),
        ("breakeven", json::breakeven_schema()),
    ] {
        let file = format!("schema/{file}.schema.json");
        assert!(text(&file) == expected, "{file} is stale; `tokencast schema` prints it");
    }
}

#[test]
fn every_bundled_scenario_opens_with_its_schema_and_is_named_like_its_file() {
    for name in names() {
        let scenario = text(&format!("scenarios/{name}.yaml"));
        let opening = format!("# yaml-language-server: $schema=../schema/scenario.schema.json\nname: {name}\n");
        assert!(scenario.starts_with(&opening), "{name}");
    }
}
