//! A percentile is a whole run, and its file says which.

use super::{export, read, sum, usd};
use crate::bundled;
use crate::command::{Folder, GOOD};
use tokencast::report::export::Percentile;
use tokencast::report::export::focus::{Version, table};

const SCENARIO: &str = "growing-assistant";

fn percentiles() -> Vec<Percentile> {
    ["p50", "p90"].map(|text| text.parse().expect("a percentile")).to_vec()
}

#[test]
fn the_rows_of_a_percentile_sum_to_the_cost_that_the_report_states() {
    let spread = bundled::variant(&bundled::pages(SCENARIO), "base").spread.clone().expect("it is replicated");
    let exports = export(SCENARIO, &percentiles());
    let stated = [spread.cost.total.p50, spread.cost.total.p90];
    for (export, cost) in exports.iter().zip(stated) {
        let (_, rows) = read(&table(export, Version::V1_2));
        assert_eq!(sum(&rows, "BilledCost"), usd(&cost.to_string()));
        let name = export.percentile.expect("it is one").to_string();
        assert!(rows.iter().all(|row| row["x_Percentile"] == name && row["x_Seed"] == export.seed.to_string()));
    }
    assert_ne!(exports[0].run_id(), exports[1].run_id());
    assert!(stated[0] < stated[1]);
}

#[test]
fn a_percentile_of_one_run_is_refused_with_advice() {
    let refused = Folder::with("good.yaml", GOOD)
        .tokencast(&["export", "good.yaml", "--to", "focus", "--percentile", "p90"])
        .ended(2);
    assert!(refused.stderr.contains("a percentile is one of several runs"), "{}", refused.stderr);
    assert!(refused.stderr.contains("replications: 20"), "{}", refused.stderr);
}

#[test]
fn each_percentile_is_a_file_of_its_own() {
    let folder = Folder::with("good.yaml", format!("{GOOD}replications: 3\n"));
    let arguments =
        ["export", "good.yaml", "--to", "focus", "--out", "out", "--percentile", "p90", "--percentile", "p50"];
    folder.tokencast(&arguments).ended(0);
    let expected = ["p50.focus.csv", "p50.focus.metadata.json", "p90.focus.csv", "p90.focus.metadata.json"];
    assert_eq!(folder.names("out"), expected.map(|name| format!("forecast.{name}")));
    let once = folder.read("out/forecast.p90.focus.csv");
    folder.tokencast(&arguments).ended(0);
    assert_eq!(folder.read("out/forecast.p90.focus.csv"), once, "the same bytes every time");
    let wrong = folder.tokencast(&["export", "good.yaml", "--to", "focus", "--percentile", "90"]).ended(2);
    assert!(wrong.stderr.contains("write p50, p90 or p95"), "{}", wrong.stderr);
    let mixed = folder.tokencast(&["export", "good.yaml", "--to", "cur", "--focus-version", "1.4"]).ended(2);
    assert!(mixed.stderr.contains("`--to focus` only"), "{}", mixed.stderr);
    let nobody = folder.tokencast(&["export", "good.yaml", "--to", "cur", "--variant", "bse"]).ended(2);
    assert!(nobody.stderr.contains("did you mean `base`?"), "{}", nobody.stderr);
}
