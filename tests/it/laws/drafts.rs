//! A scenario can be drafted from any rows, whatever their names are.

use super::any_rows::row;
use crate::world::cases;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use tokencast::document::{self, Node, Problems, Source, Value};
use tokencast::draft::{Draft, Found, NothingRuns};
use tokencast::pricing::PriceBook;
use tokencast::trace::{Given, Outcome, Row};
use tokencast::{draft, plan, pricing, scenario};

const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| pricing::bundled().expect("the bundled price book is good"));

/// Names that people give, and names that break what is written without care.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,3}",
        "\\PC{1,200}",
        "[0-9]{1,12}",
        "[-: #{}\\[\\],&*!|>'\"%@`\n\r\t\u{85}\u{2028}\u{feff}]{1,12}",
        proptest::sample::select(vec![
            "null",
            "true",
            "~",
            "a: b",
            "- a",
            "# a",
            "a\n  b: c",
            "é",
            "漢字",
            "Ünïcode App"
        ])
        .prop_map(str::to_owned),
    ]
}

/// A call that can be run, by any app.
fn runnable() -> impl Strategy<Value = Row> {
    (row(), name(), prop::option::of(name()), any::<bool>()).prop_map(|(row, app, account, sonnet)| {
        let model = if sonnet { "us.anthropic.claude-sonnet-4-5-20250929-v1:0" } else { HAIKU };
        let (app, account) = (Some(app.as_str().into()), account.map(|name| name.as_str().into()));
        let (model, region) = (Some(model.into()), Some("us-east-1".into()));
        Row { app, account, model, region, tier: None, outcome: Outcome::Answered, ..row }
    })
}

/// A call with any names at all.
fn strange() -> impl Strategy<Value = Row> {
    (row(), name(), name(), name(), name()).prop_map(|(row, app, model, region, tier)| {
        let [app, model, region, tier] = [app, model, region, tier].map(|name| Some(name.as_str().into()));
        Row { app, model, region, tier, ..row }
    })
}

fn drafted(rows: &[Row]) -> Result<Draft, NothingRuns> {
    let found = Found::of(&mut Given(rows.iter().cloned())).expect("the rows are at hand");
    draft::scenario(&found, "a trace: #1.parquet", "Any # name", None, &BOOK)
}

fn text(node: Option<&Node>) -> Option<String> {
    match &node?.value {
        Value::Scalar(text) => Some(text.clone()),
        _ => None,
    }
}

fn failed(problems: Problems, draft: &Draft) -> TestCaseError {
    TestCaseError::fail(format!("{}\n{}", problems.render(), draft.yaml))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn every_name_stands_in_the_scenario_as_it_was_and_apps_have_names_of_their_own(
        good in vec(runnable(), 1..12), strange in vec(strange(), 0..6),
    ) {
        let draft = drafted(&[good.clone(), strange].concat()).expect("some calls can be run");
        let source = Source::new("draft.yaml", draft.yaml.clone());
        let read = scenario::parse(&source).map_err(|problems| failed(problems, &draft))?;
        for scenario in std::iter::once(&read.base).chain(read.variants.iter().map(|(_, scenario)| scenario)) {
            plan::bind(scenario, &BOOK).map_err(|problems| failed(problems, &draft))?;
        }
        let root = document::parse(&source).expect("it was read before");
        let apps = root.get("apps").map(Node::entries).unwrap_or_default();
        let names: BTreeSet<&str> = apps.iter().map(|app| app.key.value.as_str()).collect();
        prop_assert_eq!(names.len(), apps.len());
        let filter = |app: &Node, part: &str| text(app.get("traffic")?.get("trace")?.get("where")?.get(part));
        let told: BTreeSet<_> =
            apps.iter().map(|app| (filter(&app.node, "app"), filter(&app.node, "model"))).collect();
        let owned = |name: &tokencast::trace::Name| name.as_deref().map(str::to_owned);
        let called: BTreeSet<_> = good.iter().map(|row| (owned(&row.app), owned(&row.model))).collect();
        prop_assert_eq!(told, called);
    }

    #[test]
    fn rows_of_which_none_can_be_run_give_a_reason_for_each_group(strange in vec(strange(), 1..6)) {
        let NothingRuns(reasons) = drafted(&strange).expect_err("no such model is sold");
        let groups: BTreeSet<_> = strange.iter().map(|row| (&row.app, &row.model, &row.region, &row.tier, &row.account)).collect();
        prop_assert!(reasons.len() >= groups.len());
    }
}
