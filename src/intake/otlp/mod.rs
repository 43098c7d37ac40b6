//! OpenTelemetry spans of calls to models, as OTLP/JSON: documents or lines, as the collector's file exporter writes them.
//!
//! A call is a span with counts of tokens, or one that ended in an error; spans of agents and tools, which sum the calls
//! inside of them, are not. Whether the input includes what was cached, spans do not say: instrumentations differ. Where
//! Bedrock's own counts are passed on, they decide; else the options have to say, and without them such spans are refused.
//! Texts of prompts and answers are dropped as they are read.

mod span;
mod usage;

use super::elements::{Elements, Part};
use super::lines::{self, Made};
use super::{AppFrom, Context, Input, complete, refused};
use crate::bedrock::usage::Usage;
use crate::trace::{ImportError, Outcome, Row, TimeFormat, time};
use span::{Attributes, ResourceSpans, Span};

/// Operations that are no call of a model.
const AROUND: [&str; 5] = ["invoke_agent", "create_agent", "execute_tool", "invoke_workflow", "retrieval"];
/// How Bedrock is called, in the names of providers and systems.
const BEDROCK: [&str; 4] = ["aws.bedrock", "aws_bedrock", "bedrock", "amazon-bedrock"];

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let mut elements = Elements::under_and_rest(&["resourceSpans"]);
    while let Some(element) = elements.next(input)? {
        match element.part {
            Part::BesideLists => {}
            Part::Whole => context.skip("a document without spans", input),
            Part::Listed => {
                let spans = lines::json(element.text).map_err(|wrong| input.error(wrong))?;
                take(&spans, input, context)?;
            }
        }
    }
    Ok(())
}

fn take(spans: &ResourceSpans, input: &Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let resource = &spans.resource.attributes;
    for span in spans.scope_spans.iter().flat_map(|scope| &scope.spans) {
        let mut row = Row::default();
        let named = |wrong| input.error(format!("span `{}`: {wrong}", span.name.escape_debug()));
        match fill(span, resource, context, &mut row).map_err(named)? {
            Made::Row => {
                complete(&mut row, context);
                context.keep(&row)?;
            }
            Made::Skipped(reason) => context.skip(reason, input),
        }
    }
    Ok(())
}

fn fill(span: &Span, resource: &Attributes, context: &mut Context<'_>, row: &mut Row) -> Result<Made, String> {
    let attributes = &span.attributes;
    let around = attributes.text("gen_ai.operation.name").is_some_and(|operation| AROUND.contains(&operation));
    if !attributes.is_of_a_model() || around {
        return Ok(Made::Skipped("a span that is no call of a model"));
    }
    row.outcome = if span.status.is_error() { error(span) } else { Outcome::Answered };
    row.usage = match usage::usage(attributes, context)? {
        Some(usage) => usage,
        None if row.outcome == Outcome::Answered => return Ok(Made::Skipped("a call without counts of tokens")),
        None => Usage::default(),
    };
    times(span, row)?;
    limits(attributes, row)?;
    names(span, resource, context, row);
    Ok(Made::Row)
}

fn error(span: &Span) -> Outcome {
    let named = span.attributes.first(&["error.type", "http.response.status_code", "exception.type"]);
    refused::outcome(named.or(span.status.message.as_deref()).unwrap_or_default())
}

fn times(span: &Span, row: &mut Row) -> Result<(), String> {
    let start = span.start_time_unix_nano.as_ref().ok_or("it has no startTimeUnixNano")?;
    row.at_us = start.micros()?;
    let end_us = span.end_time_unix_nano.as_ref().map(span::Number64::micros).transpose()?;
    row.latency_us = end_us.and_then(|end_us| u64::try_from(end_us - row.at_us).ok()).filter(|us| *us > 0);
    let first = span.attributes.text("ai.response.msToFirstChunk");
    let first_us = first.and_then(|text| time::parse(text, TimeFormat::Milliseconds).ok());
    row.ttft_us = first_us.and_then(|us| u64::try_from(us).ok());
    Ok(())
}

/// What was asked for at most, and whether the answer was cut there.
fn limits(attributes: &Attributes, row: &mut Row) -> Result<(), String> {
    let max_tokens = attributes.tokens(&["gen_ai.request.max_tokens"])?;
    row.max_tokens = max_tokens.and_then(|tokens| u32::try_from(tokens).ok()).filter(|tokens| *tokens > 0);
    let reason = attributes.first(&["gen_ai.response.finish_reasons", "ai.response.finishReason"]);
    row.truncated = reason.is_some_and(|reason| reason.contains("length") || reason.contains("max_tokens"));
    Ok(())
}

fn names(span: &Span, resource: &Attributes, context: &mut Context<'_>, row: &mut Row) {
    let attributes = &span.attributes;
    let mut name = |text: Option<&str>| context.name(text.unwrap_or_default());
    row.model = name(attributes.first(&["gen_ai.request.model", "gen_ai.response.model"]));
    row.session = name(attributes.first(&["gen_ai.conversation.id", "session.id"]));
    row.account = name(resource.text("cloud.account.id"));
    let region = attributes.text("aws.region").or_else(|| region(attributes.text("server.address")?));
    row.region = name(region);
    let id = attributes.text("aws.request_id").map(str::to_owned);
    let own_id = || (!span.span_id.is_empty()).then(|| format!("{}-{}", span.trace_id, span.span_id));
    row.request_id = id.or_else(own_id).map(Into::into);
    row.app = match &context.options.app {
        AppFrom::Metadata(key) => context.name(attributes.text(key).or_else(|| resource.text(key)).unwrap_or_default()),
        _ => context.name(resource.text("service.name").unwrap_or_default()),
    };
    let provider = attributes.first(&["gen_ai.provider.name", "gen_ai.system"]);
    if provider.is_some_and(|provider| !BEDROCK.contains(&provider)) {
        context.tally.note("a call that names another provider than Bedrock");
    }
}

/// `bedrock-runtime.us-east-1.amazonaws.com`
fn region(address: &str) -> Option<&str> {
    address.strip_prefix("bedrock-runtime.")?.split('.').next()
}

#[cfg(test)]
mod tests;
