//! Tags and chargeback: what is read, and what the schema says of it.

use super::*;

const TRAFFIC: &str = "    traffic: {rate: 12/s, input: 42, output: 5}";

fn tagged(keys: &str) -> String {
    with(TRAFFIC, &format!("    {keys}\n{TRAFFIC}"))
}

#[test]
fn tags_keep_their_order_and_their_text() {
    let text = tagged("tags: {team: search, environment: \"=prod (EU)\"}");
    let file = parse(&Source::new("s.yaml", text)).map_err(crate::document::Problems::render).unwrap();
    let tags: Vec<_> =
        file.base.apps.0[0].1.tags.0.iter().map(|(key, value)| (key.value.as_str(), value.as_str())).collect();
    assert_eq!(tags, [("team", "search"), ("environment", "=prod (EU)")]);
    assert!(file.base.apps.0[1].1.tags.0.is_empty());
}

#[test]
fn a_variant_can_tag_an_app() {
    let file = parse(&Source::new("s.yaml", and("variants: {moved: {apps.triage.tags.team: search}}")));
    let file = file.map_err(crate::document::Problems::render).unwrap();
    assert_eq!(file.variants[0].1.apps.0[0].1.tags.0.len(), 1);
}

#[test]
fn tags_that_cannot_be_are_refused_where_they_stand() {
    assert_refused(&tagged("tags: {Team: x}"), "8:12", "`Team` is not a name of lowercase letters");
    assert_refused(&tagged("tags: {team: ''}"), "8:18", "a tag without a value");
    assert_refused(&tagged(&format!("tags: {{team: {}}}", "x".repeat(65))), "8:18", "more than 64 letters");
    assert_refused(&tagged("tags: {team: [a]}"), "8:18", "expected a text");
    assert_refused(&and("chargeback: {share: uasge}"), "13:21", "unknown way of sharing `uasge`");
    assert_refused(&and("chargeback: {shares: usage}"), "13:14", "unknown key `shares`");
}

#[test]
fn the_schema_takes_and_refuses_the_same() {
    for (lines, good) in [
        ("chargeback: {by: [team], share: peak}", true),
        ("chargeback: {}", true),
        ("chargeback: {share: all}", false),
        ("chargeback: {by: team}", false),
    ] {
        let value = serde_yaml::from_str(&and(lines)).unwrap();
        let violations = schema::violations(&super::super::schema(), &value);
        assert_eq!(violations.is_empty(), good, "{lines}: {violations:?}");
        assert_eq!(problems_of(&and(lines)).is_empty(), good, "{lines}");
    }
    let value = serde_yaml::from_str(&tagged("tags: {team: search}")).unwrap();
    assert_eq!(schema::violations(&super::super::schema(), &value), Vec::<String>::new());
}
