//! Variants: the same scenario with a few values changed.

use super::check::check;
use super::slug::is_entry_name;
use super::{Scenario, ScenarioFile};
use crate::document::{Decode, Entry, Located, Named, Node, Problems, Value, patch};
use schemars::{Schema, json_schema};

/// One variant as it was written: dotted paths and what to put there.
type Patches = Named<Node>;

/// More variants than a table can show.
const MOST: usize = 100;

/// What no variant may change, and why.
const SHARED: [(&str, &str); 8] = [
    ("name", "all variants stand in one report"),
    ("seed", "variants differ on the same random draws"),
    ("start", "variants are compared over the same time"),
    ("horizon", "variants are compared over the same time"),
    ("replications", "variants are compared replication by replication"),
    ("budgets", "all variants are held to the same limits"),
    ("elsewhere", "what is elsewhere is compared with the scenario as written"),
    ("variants", "a variant has no variants"),
];

/// Decodes every variant as a whole scenario.
pub(super) fn decode_all(root: &Node, problems: &mut Problems) -> Vec<(Located<String>, Scenario)> {
    let variants = root.get("variants").and_then(|node| Named::<Patches>::decode(node, problems)).unwrap_or_default();
    if let Some((name, _)) = variants.0.get(MOST) {
        problems.at(&name.place, format!("more than {MOST} variants"));
        return Vec::new();
    }
    let mut open = root.clone();
    remove(&mut open, "variants");
    open_sections(&mut open);
    let mut decoded = Vec::new();
    for (name, patches) in variants.0 {
        let scenario = decode(&open, &name, &patches, problems);
        decoded.extend(scenario.map(|scenario| (name, scenario)));
    }
    decoded
}

fn decode(root: &Node, name: &Located<String>, patches: &Patches, problems: &mut Problems) -> Option<Scenario> {
    refuse_name(name, patches, problems);
    let mut patched = root.clone();
    for (path, value) in &patches.0 {
        if may_change(path, problems) {
            patch(&mut patched, path, value, problems);
        }
    }
    let mut found = Problems::default();
    check(&patched, &mut found);
    let scenario = Scenario::decode(&patched, &mut found);
    problems.extend_within(&format!("in the variant `{}`", name.value), found);
    scenario
}

fn remove(root: &mut Node, key: &str) {
    if let Value::Mapping(entries) = &mut root.value {
        entries.retain(|entry| entry.key.value != key);
    }
}

/// Writes an empty section wherever one was left out: it means the same, and paths can lead through it.
fn open_sections(root: &mut Node) {
    if let Some(account) = open_section(root, "account") {
        open_section(account, "rules");
    }
    let Value::Mapping(entries) = &mut root.value else { return };
    let apps = entries.iter_mut().filter(|entry| entry.key.value == "apps");
    let apps = apps.filter_map(|apps| if let Value::Mapping(apps) = &mut apps.node.value { Some(apps) } else { None });
    for app in apps.flatten() {
        open_section(&mut app.node, "service");
        open_section(&mut app.node, "prompt");
        open_section(&mut app.node, "client");
        open_section(&mut app.node, "tags");
    }
}

fn open_section<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Node> {
    let place = node.place.clone();
    let Value::Mapping(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| entry.key.value == key).unwrap_or_else(|| {
        let node = Node { value: Value::Null, place: place.clone() };
        entries.push(Entry { key: Located { value: key.to_owned(), place }, node });
        entries.len() - 1
    });
    let section = &mut entries[at].node;
    if section.is_nothing() {
        section.value = Value::Mapping(Vec::new());
    }
    Some(section)
}

fn refuse_name(name: &Located<String>, patches: &Patches, problems: &mut Problems) {
    if name.value == ScenarioFile::BASE {
        problems.at(&name.place, "`base` is the scenario without any variant; choose another name");
    } else if !is_entry_name(&name.value) {
        problems.at(&name.place, format!("`{}` is not a name of lowercase letters, digits, `-` and `_`", name.value));
    }
    if patches.0.is_empty() {
        problems.at(&name.place, "this variant changes nothing");
    }
}

fn may_change(path: &Located<String>, problems: &mut Problems) -> bool {
    let first = path.value.split('.').next().unwrap_or_default();
    let shared = SHARED.iter().find(|(key, _)| *key == first);
    if let Some((key, why)) = shared {
        problems.at(&path.place, format!("a variant cannot change `{key}`: {why}"));
    }
    shared.is_none()
}

pub(super) fn schema() -> Schema {
    json_schema!({
        "description": "The same scenario with a few values changed, side by side and on the same random draws: a name, \
            then dotted paths and what to put there; null takes a value away. A variant cannot change name, seed, \
            start, horizon, replications or budgets.",
        "type": "object",
        "propertyNames": { "pattern": "^[a-z0-9_-]+$", "not": { "const": "base" } },
        "additionalProperties": { "type": "object", "minProperties": 1 },
        "examples": [{ "unset": { "apps.triage.max_tokens": null } }],
    })
}

#[cfg(test)]
mod tests {
    use crate::bedrock::quota::Window;
    use crate::document::{Problems, Source};
    use crate::scenario::{App, MaxTokens, ScenarioFile, parse};
    use crate::units::Micros;

    const BASE: &str = "\
name: x
start: 2026-12-01T00:00:00Z
horizon: 1h
apps:
  a: {model: m, region: r, max_tokens: 100, traffic: {rate: 1/s, input: 9, output: 9}}
  b: {model: m, region: r, traffic: {rate: 1/s, input: 9, output: 9}}
budgets: ['gave_up{app=a} < 1%']
";

    fn read(variants: &str) -> Result<ScenarioFile, String> {
        parse(&Source::new("v.yaml", format!("{BASE}variants: {variants}"))).map_err(Problems::render)
    }

    fn assert_refused(variants: &str, messages: &[&str]) {
        let report = read(variants).unwrap_err();
        for message in messages {
            assert!(report.contains(message), "no {message:?} in:\n{report}");
        }
    }

    #[test]
    fn every_variant_is_a_whole_scenario_with_its_values_changed() {
        let file =
            read("{unset: {apps.a.max_tokens: null}, big: {apps.a.max_tokens: 8k, apps.b.client: {attempts: 1}}}");
        let file = file.unwrap();
        let max_tokens = |at: usize| {
            let apps = &file.variants[at].1.apps.0;
            apps.iter().find(|app| app.0.value == "a").unwrap().1.max_tokens.clone().map(|asked| asked.value)
        };
        assert_eq!(file.variants.iter().map(|(name, _)| name.value.as_str()).collect::<Vec<_>>(), ["unset", "big"]);
        assert_eq!((max_tokens(0), max_tokens(1).map(MaxTokens::get)), (None, Some(8_000)));
        let attempts = |app: &App| app.client.attempts.as_ref().map(|attempts| attempts.value.get());
        assert_eq!(attempts(&file.variants[1].1.apps.0[1].1), Some(1));
        assert_eq!(attempts(&file.base.apps.0[1].1), None);
    }

    #[test]
    fn paths_lead_through_sections_that_were_left_out() {
        let file = read("{v: {account.window: token_bucket, apps.b.client.read_timeout: 5s, apps.b.service.ttft: 1s}}");
        let variant = &file.unwrap().variants[0].1;
        assert_eq!(variant.account.window, Window::TokenBucket);
        assert_eq!(variant.apps.0[1].1.client.read_timeout, Some(Micros(5_000_000)));
    }

    #[test]
    fn null_takes_an_app_away_and_what_names_it_is_told() {
        let without = read("{alone: {apps.b: null}}").unwrap();
        assert_eq!((without.variants[0].1.apps.0.len(), without.base.apps.0.len()), (1, 2));
        assert_refused("{alone: {apps.a: null}}", &["in the variant `alone`: unknown app `a`", "v.yaml:7:"]);
    }

    #[test]
    fn a_problem_of_a_variant_points_at_its_own_line() {
        let variants =
            "\n  v:\n    apps.a.max_tokens: 0\n    apps.z.model: m\n    apps.b.model: null\n    apps.a.modle: x\n";
        assert_refused(
            variants,
            &[
                "v.yaml:10:24: error: in the variant `v`: `0` is not from 1",
                "v.yaml:11:5: error: unknown step in this path: `z`",
                "v.yaml:12:5: error: in the variant `v`: `model` is missing here",
                "v.yaml:13:5: error: in the variant `v`: unknown key `modle`",
            ],
        );
    }

    #[test]
    fn what_variants_share_cannot_be_changed() {
        for key in ["name", "seed", "start", "horizon", "replications", "budgets", "variants.v"] {
            assert_refused(&format!("{{v: {{{key}: 1}}}}"), &["a variant cannot change"]);
        }
        assert_refused("{base: {apps.a.region: x}}", &["`base` is the scenario without any variant"]);
        assert_refused("{'A B': {apps.a.region: x}}", &["is not a name"]);
        assert_refused("{v: {}}", &["changes nothing"]);
        assert_refused("{v: }", &["found nothing"]);
    }

    #[test]
    fn there_are_not_more_variants_than_a_table_shows() {
        let many: Vec<String> = (0..101).map(|at| format!("v{at}: {{apps.a.region: x}}")).collect();
        assert_refused(&format!("{{{}}}", many.join(", ")), &["more than 100 variants"]);
    }
}
