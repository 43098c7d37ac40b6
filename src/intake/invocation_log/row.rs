//! A row of a record.

use super::names::{application_profile, caller, model};
use super::record::{OTHER_SCHEMA, Record, SCHEMA, Text};
use super::usage::{Reason, usage};
use super::{outcome, service};
use crate::intake::{AppFrom, Context, spread};
use crate::trace::{Name, Outcome, Row};
use crate::units::Tokens;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Time stamps are whole seconds: calls are placed inside of theirs.
pub(super) const SPREAD: &str = "time spread in its second";

/// The row of a record, or why it has none.
///
/// A record's time is taken for the time of the call, which the documentation leaves open.
pub(super) fn row(record: &Record<'_>, context: &mut Context<'_>) -> Result<Row, Reason> {
    if record.schema_type.as_ref().is_none_or(|Text(schema)| schema != SCHEMA) {
        return Err(OTHER_SCHEMA);
    }
    let at = when(record)?;
    let called = model_of(record, context)?;
    let counted = usage(record, context.tally)?;
    let outcome = outcome::outcome(record, counted.as_ref(), context.tally)?;
    let mut row = Row { at_us: at.us, model: called, outcome, usage: counted.unwrap_or_default(), ..Row::default() };
    limits(record, context, &mut row);
    let answer = &record.output.output_body_json;
    row.ttft_us = answer.first_byte_ms.and_then(|ms| ms.checked_mul(1_000));
    row.latency_us = answer.latency_ms.and_then(|ms| ms.checked_mul(1_000));
    row.account = name(context, &record.account_id);
    row.region = name(context, &record.region);
    row.ran_in = name(context, &record.inference_region);
    row.tier = service::tier(record, context.tally).and_then(|tier| context.name(tier));
    row.app = app(record, context);
    row.request_id = record.request_id.as_ref().map(|Text(id)| id.as_ref().into());
    if row.request_id.is_none() {
        context.tally.note("a record without a request id: the same call twice would not be seen");
    }
    let unnamed = context.tally.rows.to_string();
    let id = row.request_id.as_deref().unwrap_or(&unnamed);
    row.at_us = spread(context.options.seed, id, at.us, at.width_us);
    if at.width_us == 1_000_000 {
        context.tally.note(SPREAD);
    }
    Ok(row)
}

/// A time stamp and how fine it is.
struct Stamp {
    us: i64,
    width_us: u64,
}

fn when(record: &Record<'_>) -> Result<Stamp, Reason> {
    const UNKNOWN: Reason = "no time, or not written as 2026-11-02T09:00:00Z";
    let written = record.timestamp.as_ref().and_then(|written| written.0).ok_or(UNKNOWN)?;
    let at: Timestamp = written.parse().map_err(|_| UNKNOWN)?;
    let digits = written.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
    let width_us = [1_000_000, 100_000, 10_000, 1_000, 100, 10].get(digits).copied().unwrap_or(1);
    Ok(Stamp { us: at.as_microsecond(), width_us })
}

fn model_of(record: &Record<'_>, context: &mut Context<'_>) -> Result<Name, Reason> {
    let options = context.options;
    match record.model_id.as_ref().filter(|Text(id)| !id.is_empty()) {
        Some(Text(id)) => {
            let called = model(id, &options.aliases, context.tally);
            Ok(context.name(called))
        }
        None if options.model.is_some() => Ok(None),
        None => Err("no model, and --model gives none"),
    }
}

/// The `max_tokens`, and whether the answer was cut at it.
fn limits(record: &Record<'_>, context: &mut Context<'_>, row: &mut Row) {
    let asked = record.input.input_body_json.max_tokens.filter(|max| *max < Tokens::MAX_PER_CALL.0);
    row.max_tokens = asked.and_then(|max| u32::try_from(max).ok()).or(context.options.max_tokens);
    let writes = row.outcome != Outcome::Answered || row.usage.output > 0;
    if !writes {
        row.max_tokens = asked.and(row.max_tokens);
    } else if row.max_tokens.is_none() {
        let moved = record.input.input_body_s3_path.is_some();
        let elsewhere = "no max_tokens: the request's body is elsewhere in S3; --max-tokens gives one for all";
        context.tally.note(if moved { elsewhere } else { "no max_tokens in the request" });
    }
    let full = row.max_tokens.is_some_and(|max| max > 0 && u64::from(max) == row.usage.output);
    row.truncated = full || record.output.output_body_json.stop.as_deref().is_some_and(is_cut);
    if row.truncated {
        context.tally.note("output cut at max_tokens");
    }
}

fn is_cut(stop: &str) -> bool {
    stop.eq_ignore_ascii_case("max_tokens") || stop.eq_ignore_ascii_case("length")
}

fn app(record: &Record<'_>, context: &mut Context<'_>) -> Name {
    let options = context.options;
    match &options.app {
        AppFrom::Fixed(app) => return context.name(app),
        AppFrom::Metadata(key) => {
            let told: Option<BTreeMap<String, serde_json::Value>> =
                record.request_metadata.and_then(|json| serde_json::from_str(json.get()).ok());
            if let Some(app) = told.as_ref().and_then(|told| told.get(key)?.as_str()) {
                return context.name(app);
            }
            context.tally.note("requestMetadata without the key that names the application: its caller does");
        }
        AppFrom::Usual => {}
    }
    let arn = record.identity.as_ref().and_then(|identity| identity.arn.as_ref());
    let caller = arn.and_then(|Text(arn)| caller(arn));
    let profile = record.model_id.as_ref().and_then(|Text(id)| application_profile(id));
    caller.or(profile).and_then(|app| context.name(app))
}

fn name(context: &mut Context<'_>, text: &Option<Text<'_>>) -> Name {
    text.as_ref().and_then(|Text(text)| context.name(text))
}
