//! TraceLab's rounds of coding agents: one call each, with what its provider counted of the prompt cache.
//!
//! A round was sent when the last thing that it answers was there: the user's message, or the last result of its tools.
//! It took until the last event of its answer. Rounds of Claude state uncached, written and read input; those of other
//! providers what was read, and the rest, where nothing is paid for writing. A project is an application.

use super::lines::{self, Line, Made};
use super::split::Counted;
use super::{AppFrom, Context, Input, count::Tokens};
use crate::trace::{ImportError, Row, TimeFormat, time};
use serde::Deserialize;

#[derive(Deserialize)]
struct Round {
    provider: Option<String>,
    project: Option<String>,
    session_id: Option<String>,
    round_id: Option<String>,
    model: Option<String>,
    input_tokens_total: Tokens,
    prefix_tokens: Option<Tokens>,
    newly_append_tokens: Option<Tokens>,
    claude_uncached_input_tokens: Option<Tokens>,
    claude_cache_creation_input_tokens: Option<Tokens>,
    claude_cache_read_input_tokens: Option<Tokens>,
    output_tokens: Option<Tokens>,
    #[serde(default)]
    timing_events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    event_type: String,
    timestamp: String,
}

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    lines::each(input, context, row)
}

fn row(line: &Line<'_>, context: &mut Context<'_>, row: &mut Row) -> Result<Made, String> {
    let round: Round = lines::json(line.text)?;
    let (Some((sent_us, ended_us)), Some(output)) = (times(&round.timing_events)?, round.output_tokens) else {
        return Ok(Made::Skipped("a round without a time or an answer"));
    };
    row.at_us = sent_us;
    row.latency_us = u64::try_from(ended_us - sent_us).ok().filter(|us| *us > 0);
    let counted = Counted { output: output.0, ..split(&round)? };
    row.usage = counted.usage(false)?;
    if counted.cache_write_5m > 0 {
        context.tally.note("cache writes taken for five minutes");
    }
    row.session = context.name(round.session_id.as_deref().unwrap_or_default());
    row.model = context.name(round.model.as_deref().unwrap_or_default());
    row.request_id = round.round_id.as_deref().map(Into::into);
    let app = match &context.options.app {
        AppFrom::Metadata(key) if key == "provider" => round.provider,
        AppFrom::Metadata(key) if key != "project" => None,
        _ => round.project,
    };
    row.app = context.name(app.as_deref().unwrap_or_default());
    Ok(Made::Row)
}

/// When a round was sent and when it ended.
fn times(events: &[Event]) -> Result<Option<(i64, i64)>, String> {
    let is_input = |event: &&Event| ["user_message", "tool_result"].contains(&event.event_type.as_str());
    let asked = events.iter().take_while(is_input).last().or_else(|| events.first());
    let (Some(asked), Some(last)) = (asked, events.last()) else { return Ok(None) };
    let at_us = |event: &Event| time::parse(&event.timestamp, TimeFormat::WallClock);
    Ok(Some((at_us(asked)?, at_us(last)?)))
}

/// What the provider counted, which has to be the whole input.
fn split(round: &Round) -> Result<Counted, String> {
    let of = |count: Option<Tokens>| count.map_or(0, |count| count.0);
    let total = round.input_tokens_total.0;
    let counted = if round.claude_uncached_input_tokens.is_some() {
        Counted {
            input: of(round.claude_uncached_input_tokens),
            cache_read: of(round.claude_cache_read_input_tokens),
            cache_write_5m: of(round.claude_cache_creation_input_tokens),
            ..Counted::default()
        }
    } else {
        let input = round.newly_append_tokens.map_or(total, |count| count.0);
        Counted { input, cache_read: of(round.prefix_tokens), ..Counted::default() }
    };
    let sum = counted.input + counted.cached();
    if sum == total {
        Ok(counted)
    } else {
        Err(format!("the parts of the input are {sum} tokens, and not all {total}"))
    }
}

#[cfg(test)]
mod tests;
