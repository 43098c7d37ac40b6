//! Text that a user chose never becomes a formula, through the whole program.

use crate::command::{Folder, GOOD};

/// Names that a spreadsheet would run.
const HOSTILE: [&str; 5] = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\\t=1"];

#[test]
fn no_cell_of_an_export_starts_a_formula() {
    for hostile in HOSTILE {
        let scenario = GOOD.replace("  a:\n", &format!("  \"{hostile}\":\n"));
        let folder = Folder::with("hostile.yaml", scenario);
        for to in ["focus", "cur", "csv"] {
            let found = folder.tokencast(&["export", "hostile.yaml", "--to", to, "--out", "out"]);
            if found.code == Some(2) {
                assert!(found.stderr.contains("hostile.yaml:"), "{}", found.stderr);
                continue;
            }
            found.ended(0);
            let name = if to == "csv" { "lines" } else { to };
            no_formula(&folder.read(&format!("out/forecast.{name}.csv")));
        }
    }
}

#[test]
fn a_model_of_an_own_price_book_starts_no_formula() {
    let overlay = "\
sources:
  own: {title: \"=cmd()\"}
models:
  claude-haiku-4-5:
    prices:
      - {via: geo, regions: any, from: 2026-01-01, per_million: {input: 1, output: 5}, source: own, checked: 2026-11-20}
";
    let folder = Folder::with("prices/own.yaml", overlay);
    folder.write("good.yaml", GOOD);
    for (to, name) in [("focus", "focus"), ("cur", "cur"), ("csv", "lines")] {
        folder.tokencast(&["export", "good.yaml", "--to", to, "--pricing", "prices", "--out", "out"]).ended(0);
        no_formula(&folder.read(&format!("out/forecast.{name}.csv")));
    }
    let focus = folder.read("out/forecast.focus.csv");
    assert!(focus.contains("your price book: =cmd()"), "the title is told, and not first in its cell: {focus}");
}

fn no_formula(table: &str) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut rows = 0;
    for record in reader.records() {
        rows += 1;
        for cell in &record.expect("as long as the header") {
            let risky = cell.starts_with(|first: char| "=+-@".contains(first) || first.is_control());
            assert!(!risky, "{cell:?}");
        }
    }
    assert!(rows > 0);
}
