//! A record as Bedrock writes it, and what may be around it.
//!
//! Source: Amazon Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3" (schema 1.0).

use super::answer::Answer;
use super::fold::{Maybe, folded};
use super::question::Question;
use super::usage::Reason;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What `schemaType` says in every record.
pub(super) const SCHEMA: &str = "ModelInvocationLog";

/// A text that is borrowed where it holds no escapes.
#[derive(Debug, Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// One record; or an event of CloudWatch Logs around one, which has a message and no schema.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(super) struct Record<'a> {
    pub schema_type: Option<Text<'a>>,
    pub timestamp: Option<Maybe<&'a str>>,
    pub account_id: Option<Text<'a>>,
    pub identity: Option<Identity<'a>>,
    pub region: Option<Text<'a>>,
    pub inference_region: Option<Text<'a>>,
    pub request_id: Option<Text<'a>>,
    pub model_id: Option<Text<'a>>,
    pub error_code: Option<Text<'a>>,
    pub request_metadata: Option<&'a RawValue>,
    #[serde(default)]
    pub input: Sent<'a>,
    #[serde(default)]
    pub output: Received<'a>,
    #[serde(alias = "@message")]
    pub message: Option<&'a RawValue>,
}

/// Who called.
#[derive(Debug, Deserialize)]
pub(super) struct Identity<'a> {
    #[serde(borrow)]
    pub arn: Option<Text<'a>>,
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(super) struct Sent<'a> {
    #[serde(deserialize_with = "folded")]
    pub input_body_json: Question,
    pub input_body_s3_path: Option<&'a RawValue>,
    pub input_token_count: Option<Maybe<u64>>,
    pub cache_read_input_token_count: Option<Maybe<u64>>,
    pub cache_write_input_token_count: Option<Maybe<u64>>,
}

/// What came back.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
pub(super) struct Received<'a> {
    #[serde(deserialize_with = "folded")]
    pub output_body_json: Answer,
    pub output_body_s3_path: Option<&'a RawValue>,
    pub output_token_count: Option<Maybe<u64>>,
}

/// A result of Logs Insights is a list of these.
#[derive(Deserialize)]
struct Field<'a> {
    #[serde(borrow)]
    field: Text<'a>,
    #[serde(borrow)]
    value: Text<'a>,
}

/// The text ends before its record does.
pub(super) const CUT_OFF: Reason = "a record that is cut off";
/// JSON that is no record of an invocation.
pub(super) const OTHER_SCHEMA: Reason = "a record of another schema";
const NO_RECORD: Reason = "text that is no record";

/// What is made of the record in a text: itself, behind a time stamp, or in the message of an event or a result.
pub(super) fn record<T>(text: &str, make: impl FnOnce(&Record<'_>) -> Result<T, Reason>) -> Result<T, Reason> {
    if text.starts_with('[') {
        return in_result(text, make);
    }
    let begin = text.find('{').ok_or(NO_RECORD)?;
    let record = parse(&text[begin..])?;
    match (&record.schema_type, record.message) {
        (None, Some(message)) => in_message(message.get(), make),
        _ => make(&record),
    }
}

fn in_result<T>(text: &str, make: impl FnOnce(&Record<'_>) -> Result<T, Reason>) -> Result<T, Reason> {
    let fields: Vec<Field<'_>> = serde_json::from_str(text).map_err(|_| OTHER_SCHEMA)?;
    let message = fields.iter().find(|field| field.field.0 == "@message");
    let message = message.ok_or("a result without `@message`: query `fields @timestamp, @message`")?;
    make(&parse_whole(&message.value.0)?)
}

/// A message is the text of a record, or was taken for JSON on the way and is the record.
fn in_message<T>(json: &str, make: impl FnOnce(&Record<'_>) -> Result<T, Reason>) -> Result<T, Reason> {
    if json.starts_with('{') {
        return make(&parse(json)?);
    }
    let message = text(json).ok_or(OTHER_SCHEMA)?;
    make(&parse_whole(&message)?)
}

fn parse_whole(text: &str) -> Result<Record<'_>, Reason> {
    parse(text.find('{').map(|begin| &text[begin..]).ok_or(NO_RECORD)?)
}

fn parse(json: &str) -> Result<Record<'_>, Reason> {
    serde_json::from_str(json).map_err(|error| match error.classify() {
        Category::Data => OTHER_SCHEMA,
        Category::Eof => CUT_OFF,
        Category::Syntax | Category::Io => NO_RECORD,
    })
}

/// What a JSON text says, without its quotes and escapes; nothing when it is no text.
fn text(json: &str) -> Option<Cow<'_, str>> {
    let Text(text) = serde_json::from_str(json).ok()?;
    Some(text)
}
