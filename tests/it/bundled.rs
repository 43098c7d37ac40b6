//! The scenarios that come with the project.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use tokencast::document::Source;
use tokencast::pipeline::{Ask, Prepared, prepare};
use tokencast::pricing::{self, PriceBook};
use tokencast::report::breakeven::BreakevenPages;
use tokencast::report::model::{Pages, Variant};
use tokencast::traffic::{Progress, TraceFiles};

/// A path of the repository.
pub fn path(of: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(of)
}

/// The text of a file of the repository.
pub fn text(of: &str) -> String {
    fs::read_to_string(path(of)).unwrap_or_else(|error| panic!("{of}: {error}"))
}

/// The names of all bundled scenarios, sorted.
pub fn names() -> Vec<String> {
    let entries = fs::read_dir(path("scenarios")).expect("the folder is there");
    let files = entries.map(|entry| entry.expect("a readable entry").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = files.filter_map(|file| Some(file.strip_suffix(".yaml")?.to_owned())).collect();
    names.sort();
    names
}

/// What a bundled scenario comes to.
pub fn pages(name: &str) -> Pages {
    run(name, &text(&format!("scenarios/{name}.yaml")))
}

/// The same, with some of its text replaced by other text first.
pub fn pages_with(name: &str, replaced: &[(&str, &str)]) -> Pages {
    run(name, &text_with(name, replaced))
}

/// The text of a bundled scenario with some of it replaced.
pub fn text_with(name: &str, replaced: &[(&str, &str)]) -> String {
    let mut scenario = text(&format!("scenarios/{name}.yaml"));
    for (old, new) in replaced {
        assert!(scenario.contains(old), "{name} has no {old:?} any more");
        scenario = scenario.replace(old, new);
    }
    scenario
}

/// The bundled scenarios that buy capacity: their reports tell when that pays.
pub fn buys_capacity(name: &str) -> bool {
    let scenario = text(&format!("scenarios/{name}.yaml"));
    ["\n  provisioned:\n", "\n  reserved:\n"].iter().any(|key| scenario.contains(key))
}

/// When capacity pays for the traffic of a bundled scenario, with some of its text replaced.
pub fn breakeven_with(name: &str, replaced: &[(&str, &str)]) -> BreakevenPages {
    let (prepared, book) = prepared(name, &text_with(name, replaced));
    prepared.breakeven(&book, &Ask::default(), &Traces, &Progress::default()).expect("something can be bought")
}

fn run(name: &str, scenario: &str) -> Pages {
    prepared(name, scenario).0.evaluate(&Traces, &Progress::default()).expect("its traces can be read")
}

/// A bundled scenario, or what became of it, ready to run.
pub fn prepared(name: &str, scenario: &str) -> (Prepared, PriceBook) {
    let source = Source::new(format!("scenarios/{name}.yaml"), scenario);
    let book = pricing::bundled().expect("the bundled price book is good");
    let prepared = prepare(&source, &book, &Traces).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    (prepared, book)
}

/// A variant by its name.
pub fn variant<'a>(pages: &'a Pages, name: &str) -> &'a Variant {
    let mut variants = pages.report.variants.iter();
    variants.find(|variant| variant.name == name).unwrap_or_else(|| panic!("no variant {name}"))
}

/// The traces of the bundled scenarios.
pub struct Traces;

impl TraceFiles for Traces {
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(io::BufReader::new(File::open(path("scenarios").join(file))?)))
    }
}
