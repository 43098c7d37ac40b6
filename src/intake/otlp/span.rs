//! Spans as OTLP writes them in JSON.

use crate::units::Tokens;
use serde::Deserialize;
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// The spans of one resource.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceSpans {
    #[serde(default)]
    pub(super) resource: Resource,
    #[serde(default, alias = "instrumentationLibrarySpans")]
    pub(super) scope_spans: Vec<ScopeSpans>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Resource {
    #[serde(default)]
    pub(super) attributes: Attributes,
}

#[derive(Debug, Deserialize)]
pub(super) struct ScopeSpans {
    #[serde(default)]
    pub(super) spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Span {
    #[serde(default)]
    pub(super) trace_id: String,
    #[serde(default)]
    pub(super) span_id: String,
    #[serde(default)]
    pub(super) name: String,
    pub(super) start_time_unix_nano: Option<Number64>,
    pub(super) end_time_unix_nano: Option<Number64>,
    #[serde(default)]
    pub(super) attributes: Attributes,
    #[serde(default)]
    pub(super) status: Status,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Status {
    pub(super) code: Option<Value>,
    pub(super) message: Option<String>,
}

impl Status {
    pub(super) fn is_error(&self) -> bool {
        self.code.as_ref().is_some_and(|code| *code == 2 || *code == "STATUS_CODE_ERROR")
    }
}

/// A number of 64 bits: text, as the JSON of Protobuf has it, though some write numbers.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Number64 {
    Text(String),
    Number(Number),
}

impl Number64 {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }

    /// Nanoseconds of Unix time in microseconds.
    pub(super) fn micros(&self) -> Result<i64, String> {
        let nanos = match self {
            Self::Text(text) => text.parse::<u64>().ok(),
            Self::Number(number) => number.as_u64(),
        };
        let shown = match self {
            Self::Text(text) => text.escape_debug().to_string(),
            Self::Number(number) => number.to_string(),
        };
        nanos.map(|nanos| (nanos / 1_000).cast_signed()).ok_or_else(|| format!("`{shown}` is no number of nanoseconds"))
    }
}

/// Attributes by name, as text; those of other services are dropped at once, since they may hold prompts.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<Attribute>")]
pub(super) struct Attributes(BTreeMap<String, String>);

#[derive(Debug, Deserialize)]
struct Attribute {
    key: String,
    #[serde(default)]
    value: AnyValue,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnyValue {
    string_value: Option<String>,
    int_value: Option<Number64>,
    double_value: Option<Number>,
    bool_value: Option<bool>,
    array_value: Option<List>,
}

#[derive(Debug, Deserialize)]
struct List {
    #[serde(default)]
    values: Vec<AnyValue>,
}

impl AnyValue {
    /// As text, a list with commas.
    fn text(self) -> Option<String> {
        let list = |list: List| list.values.into_iter().filter_map(Self::text).collect::<Vec<_>>().join(",");
        self.string_value
            .or_else(|| self.int_value.map(Number64::text))
            .or_else(|| self.double_value.map(|number| number.to_string()))
            .or_else(|| self.bool_value.map(|flag| flag.to_string()))
            .or_else(|| self.array_value.map(list))
    }
}

/// Longer texts are prompts, answers and the like.
const LONGEST_TEXT: usize = 1 << 14;

impl From<Vec<Attribute>> for Attributes {
    fn from(list: Vec<Attribute>) -> Self {
        let short = |attribute: Attribute| {
            let text = attribute.value.text().filter(|text| !text.is_empty() && text.len() <= LONGEST_TEXT)?;
            Some((attribute.key, text))
        };
        Self(list.into_iter().filter_map(short).collect())
    }
}

impl Attributes {
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The first of several names that is there.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.text(key))
    }

    /// A count of tokens under one of several names.
    pub(super) fn tokens(&self, keys: &[&str]) -> Result<Option<u64>, String> {
        let Some(key) = keys.iter().find(|key| self.0.contains_key(**key)) else { return Ok(None) };
        let text = self.text(key).unwrap_or_default();
        let count = text.parse().ok().filter(|count| *count < Tokens::MAX_PER_CALL.0);
        count.map(Some).ok_or_else(|| format!("{key}: `{}` is no count of tokens below 2^31", text.escape_debug()))
    }

    /// Any attribute of calls to models.
    pub(super) fn is_of_a_model(&self) -> bool {
        self.0.keys().any(|key| key.starts_with("gen_ai."))
    }
}
