//! What is drafted from rows that are at hand.

use super::*;
use crate::bedrock::usage::Usage;
use crate::trace::{Given, Row};
use crate::{plan, pricing};

const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
/// 2026-11-02T09:00:00Z.
const MONDAY_US: i64 = 1_793_610_000_000_000;

fn call(app: &str, model: &str) -> Row {
    Row {
        at_us: MONDAY_US,
        app: Some(app.into()),
        model: Some(model.into()),
        region: Some("us-east-1".into()),
        account: Some("111122223333".into()),
        usage: Usage { uncached_input: 42, output: 5, ..Usage::default() },
        max_tokens: Some(100),
        ..Row::default()
    }
}

fn found(rows: Vec<Row>) -> Found {
    Found::of(&mut Given(rows.into_iter())).unwrap()
}

fn draft(rows: Vec<Row>) -> Result<Draft, NothingRuns> {
    scenario(&found(rows), "logs.parquet", "logs", None, &pricing::bundled().unwrap())
}

fn bound(draft: &Draft) -> plan::Plan {
    let mut page = Page::default();
    page.text.clone_from(&draft.yaml);
    trial::bind(&page, &pricing::bundled().unwrap()).unwrap()
}

#[test]
fn a_scenario_says_who_called_what_and_runs() {
    let draft = draft(vec![call("triage", HAIKU), call("triage", HAIKU)]).unwrap();
    println!("{}", draft.yaml);
    let plan = bound(&draft);
    assert_eq!((plan.apps.len(), plan.apps[0].name.as_str()), (1, "triage"));
    assert_eq!(plan.start.to_string(), "2026-11-02T09:00:00Z");
    for line in [
        "name: logs",
        "    region: us-east-1",
        &format!("        where: {{app: triage, model: {HAIKU}, region: us-east-1, tier: standard}}"),
        "        recorded: [max_tokens]",
        "    # max_tokens as used, and by how many calls: 100 (2).",
    ] {
        assert!(draft.yaml.lines().any(|one| one == line), "no {line:?} in\n{}", draft.yaml);
    }
}
