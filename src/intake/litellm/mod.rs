//! LiteLLM's spend logs: an export of its table as a list, as lines, or as pages of `/spend/logs/v2`.
//!
//! Times without a zone are UTC. The application is the team, or else the first tag of the request, or else the user.
//! What LiteLLM answered out of a cache of its own was no call; what has no counts of tokens cannot be replayed. Counts of
//! Bedrock's prompt cache are in the metadata. LiteLLM includes them in the tokens of the prompt, unless the options say
//! otherwise; which of both was done is noted.

mod model;
mod record;

use super::elements::{Elements, Part};
use super::lines::{self, Made};
use super::split::Counted;
use super::{AppFrom, Context, Input, complete, refused};
use crate::bedrock::usage::Usage;
use crate::trace::{ImportError, Outcome, Row, TimeFormat, time};
use record::Record;
use serde::Deserialize;
use serde_json::Value;

/// What stands beside the records of a page.
#[derive(Deserialize)]
struct Page {
    total_pages: Option<u64>,
}

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let mut elements = Elements::under_and_rest(&["data"]);
    while let Some(element) = elements.next(input)? {
        if element.part == Part::BesideLists {
            let page: Page = lines::json(element.text).map_err(|wrong| input.error(wrong))?;
            if page.total_pages.is_some_and(|pages| pages > 1) {
                context.tally.note("one page of several");
            }
            continue;
        }
        let mut row = Row::default();
        let made = lines::json(element.text).and_then(|record: Record| fill(&record, context, &mut row));
        match made.map_err(|wrong| input.error(wrong))? {
            Made::Row => {
                complete(&mut row, context);
                context.keep(&row)?;
            }
            Made::Skipped(reason) => context.skip(reason, input),
        }
    }
    Ok(())
}

fn fill(record: &Record, context: &mut Context<'_>, row: &mut Row) -> Result<Made, String> {
    if record.is_own_cache() {
        return Ok(Made::Skipped("answered from a cache of LiteLLM's own: no call was made"));
    }
    let Some(start) = &record.start_time else { return Ok(Made::Skipped("a record without a startTime")) };
    row.outcome = record.error().map_or(Outcome::Answered, refused::outcome);
    let counts = (record.prompt_tokens, record.completion_tokens);
    row.usage = match (row.outcome, counts) {
        (_, (Some(prompt), completion)) if prompt.0 > 0 => {
            usage(record, prompt.0, completion.map_or(0, |count| count.0), context)?
        }
        (Outcome::Answered, _) => return Ok(Made::Skipped("a record without counts of tokens")),
        _ => Usage::default(),
    };
    row.at_us = wall_clock(start)?;
    times(record, row)?;
    names(record, context, row);
    Ok(Made::Row)
}

fn wall_clock(text: &str) -> Result<i64, String> {
    time::parse(text, TimeFormat::WallClock)
}

/// How long it took; the first token stands out where the answer was streamed.
fn times(record: &Record, row: &mut Row) -> Result<(), String> {
    let since = |text: &Option<String>| {
        let at = text.as_deref().filter(|text| !text.is_empty()).map(wall_clock).transpose()?;
        Ok::<_, String>(at.and_then(|at_us| u64::try_from(at_us - row.at_us).ok()))
    };
    let (first, last) = (since(&record.completion_start_time)?, since(&record.end_time)?);
    row.latency_us = last.filter(|us| *us > 0);
    row.ttft_us = first.filter(|first| *first > 0 && last.is_none_or(|last| *first < last));
    Ok(())
}

fn names(record: &Record, context: &mut Context<'_>, row: &mut Row) {
    let (region, model) = model::region_and_model(record.model.as_deref().unwrap_or_default());
    (row.region, row.model) = (context.name(region.unwrap_or_default()), context.name(model));
    row.session = context.name(record.session_id.as_deref().unwrap_or_default());
    row.request_id = record.request_id.as_deref().filter(|id| !id.is_empty()).map(Into::into);
    row.app = match &context.options.app {
        AppFrom::Metadata(key) => record.of_caller(key).and_then(|app| context.name(&app)),
        _ => context.name(record.sender().unwrap_or_default()),
    };
}

fn usage(record: &Record, input: u64, output: u64, context: &mut Context<'_>) -> Result<Usage, String> {
    let of = |place: &Value, key: &str| match &place[key] {
        Value::Null => Ok(None),
        count => serde_json::from_value::<super::count::Tokens>(count.clone())
            .map(|tokens| Some(tokens.0))
            .map_err(|error| format!("{key}: {error}")),
    };
    let (counts, older) = (&record.metadata["usage_object"], &record.metadata["additional_usage_values"]);
    let details = &counts["prompt_tokens_details"];
    let first =
        |places: &[(&Value, &str)]| places.iter().find_map(|(place, key)| of(place, key).transpose()).unwrap_or(Ok(0));
    let read = "cache_read_input_tokens";
    let written = "cache_creation_input_tokens";
    let cache_write = first(&[(counts, written), (details, "cache_creation_tokens"), (older, written)])?;
    let hour = of(&details["cache_creation_token_details"], "ephemeral_1h_input_tokens")?.unwrap_or(0);
    let counted = Counted {
        input,
        output,
        cache_read: first(&[(counts, read), (details, "cached_tokens"), (older, read)])?,
        cache_write_5m: cache_write.saturating_sub(hour),
        cache_write_1h: hour.min(cache_write),
    };
    let includes = context.options.input_includes_cache.unwrap_or(true);
    if counted.cached() > 0 {
        context.tally.note(if includes {
            "prompt_tokens taken to include what was cached"
        } else {
            "prompt_tokens taken not to include what was cached"
        });
    }
    counted.usage(includes)
}

#[cfg(test)]
mod tests;
