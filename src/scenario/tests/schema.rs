//! The starter parses, and the schema accepts what the program accepts.

use super::*;
use serde_json::Value;

#[test]
fn the_starter_parses_and_says_what_it_shows() {
    let file = parse(&Source::new("starter.yaml", STARTER)).map_err(crate::document::Problems::render).unwrap();
    assert_eq!(file.base.name.as_str(), "starter");
    assert_eq!(file.base.apps.0[0].1.max_tokens.as_ref().map(|asked| asked.value.get()), Some(1_000));
    let unset = &file.variants[0];
    assert_eq!((unset.0.value.as_str(), unset.1.apps.0[0].1.max_tokens.is_none()), ("unset", true));
    assert!(STARTER.starts_with("# yaml-language-server: $schema=schema/scenario.schema.json\n"));
}

#[test]
fn the_schema_accepts_the_starter_and_the_good_file() {
    for text in [STARTER, GOOD] {
        assert_eq!(violations(&schema(), &serde_yaml::from_str(text).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_unknown_keys_missing_keys_and_wrong_names() {
    for bad in [
        with("horizon", "horizont"),
        with("horizon: 7d", "account: {window: x}"),
        with("name: two-apps\n", ""),
        with("rate: 12/s, ", ""),
        with("42", "{p95: 3}"),
    ] {
        assert!(!violations(&schema(), &serde_yaml::from_str(&bad).unwrap()).is_empty(), "accepted:\n{bad}");
    }
}

#[test]
fn the_schema_is_draft_7_and_describes_every_key() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(schema["required"], serde_json::json!(["name", "start", "apps"]));
    assert_eq!(schema["properties"]["seed"]["default"], 1);
    let sections = schema["definitions"].as_object().unwrap().values().chain([&schema]);
    for (key, property) in sections.flat_map(|section| section["properties"].as_object()).flatten() {
        assert!(property["description"].is_string(), "`{key}` has no description");
    }
}

/// What a value breaks of the keywords of JSON Schema that our schema is made of, patterns aside.
pub(super) fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    validate(schema, schema, value, "$", &mut found);
    found
}

fn validate(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    if schema == &Value::Bool(false) {
        found.push(format!("{at}: nothing may stand here"));
    }
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#'));
        return validate(root, target.expect("a reference leads somewhere"), value, at, found);
    }
    let fits = |schema: &Value| {
        let mut inner = Vec::new();
        validate(root, schema, value, at, &mut inner);
        inner.is_empty()
    };
    let list = |key: &str| schema[key].as_array();
    let holds = [
        ("type", types(&schema["type"]).is_none_or(|types| types.iter().any(|name| is_of_type(value, name)))),
        ("const", schema.get("const").is_none_or(|only| only == value)),
        ("enum", list("enum").is_none_or(|names| names.contains(value))),
        ("allOf", list("allOf").is_none_or(|all| all.iter().all(fits))),
        ("anyOf", list("anyOf").is_none_or(|any| any.iter().any(fits))),
        ("oneOf", list("oneOf").is_none_or(|one| one.iter().filter(|one| fits(one)).count() == 1)),
        ("minimum", value.as_f64().zip(schema["minimum"].as_f64()).is_none_or(|(value, least)| value >= least)),
        ("maximum", value.as_f64().zip(schema["maximum"].as_f64()).is_none_or(|(value, most)| value <= most)),
    ];
    found.extend(holds.iter().filter(|(_, holds)| !holds).map(|(keyword, _)| format!("{at}: {keyword}: {value}")));
    validate_parts(root, schema, value, at, found);
}

fn validate_parts(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(key).is_none() {
            found.push(format!("{at}: `{key}` is missing"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if let Some(schema) = schema["properties"].get(key).or_else(|| schema.get("additionalProperties")) {
            validate(root, schema, inner, &format!("{at}.{key}"), found);
        }
    }
    for (inner, schema) in value.as_array().into_iter().flatten().zip(std::iter::repeat(&schema["items"])) {
        validate(root, schema, inner, &format!("{at}[]"), found);
    }
}

fn types(types: &Value) -> Option<Vec<&str>> {
    match types {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    }
}
