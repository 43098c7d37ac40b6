//! What the parts of a file ask of each other. Looks at the tree, not at decoded parts, so that a mistake
//! elsewhere hides none of these.

use super::budget::check_against;
use super::prompt::check_prompt;
use super::slug::is_entry_name;
use super::targets::check_targets;
use super::traffic::is_trace;
use super::work::check_work;
use crate::document::{Decode, Node, Problems, Value, Whole};

/// Reports every disagreement between the parts of a scenario.
pub(super) fn check(root: &Node, problems: &mut Problems) {
    check_apps(root, problems);
    let apps: Vec<&str> = app_entries(root).map(|entry| entry.key.value.as_str()).collect();
    let replications = replications(root);
    if let Some(Value::Sequence(budgets)) = root.get("budgets").map(|budgets| &budgets.value) {
        budgets.iter().for_each(|budget| check_against(budget, &apps, replications, problems));
    }
}

fn check_apps(root: &Node, problems: &mut Problems) {
    let Some(apps) = root.get("apps") else { return };
    if matches!(apps.value, Value::Mapping(_)) && app_entries(root).next().is_none() {
        problems.at(&apps.place, "a scenario needs at least one app");
    }
    for entry in app_entries(root) {
        check_targets(&entry.node, problems);
        check_prompt(&entry.node, problems);
        check_work(&entry.node, problems);
        let name = &entry.key;
        if !is_entry_name(&name.value) {
            let message = format!("`{}` is not a name of lowercase letters, digits, `-` and `_`", name.value);
            problems.at(&name.place, message);
        }
        let synthetic =
            entry.node.entries().iter().find(|entry| entry.key.value == "traffic" && !is_trace(&entry.node));
        if let Some(traffic) = synthetic.filter(|_| root.get("horizon").is_none()) {
            let help = "add a line `horizon: 7d` at the top of the scenario";
            problems.with_help(&traffic.key.place, "traffic that is made by rule needs a `horizon`", help);
        }
    }
}

fn app_entries(root: &Node) -> impl Iterator<Item = &crate::document::Entry> {
    let apps = root.get("apps").map(Node::entries).unwrap_or_default();
    apps.iter().filter(|entry| !matches!(entry.node.value, Value::Removed))
}

/// Many, when they cannot be read: that is reported where they are.
fn replications(root: &Node) -> u64 {
    let Some(node) = root.get("replications") else { return 1 };
    Whole::<1, 10_000>::decode(node, &mut Problems::default()).map_or(u64::MAX, Whole::get)
}
