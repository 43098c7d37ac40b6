//! The tokens of a span.

use super::span::Attributes;
use crate::bedrock::usage::Usage;
use crate::intake::split::Counted;
use crate::intake::{Context, Tally};
use serde::Deserialize;
use serde_json::Value;

/// Names of counts: those of the conventions first, then older ones and those of instrumentations.
///
/// Source: OpenTelemetry semantic conventions for generative AI, 2026-05; before, `prompt_tokens` and
/// `completion_tokens` (1.26).
const INPUT: [&str; 2] = ["gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"];
const OUTPUT: [&str; 2] = ["gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"];
const CACHE_READ: [&str; 2] = ["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"];
const CACHE_WRITE: [&str; 2] = ["gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens"];

/// What Bedrock itself counted, as the AI SDK passes it on: cached tokens are not in the input.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfBedrock {
    input_tokens: u64,
    output_tokens: u64,
    cache_read_input_tokens: Option<u64>,
    cache_write_input_tokens: Option<u64>,
}

/// The tokens of a span; nothing when it counts none.
///
/// # Errors
/// When counts are none, or nobody said whether the input includes what was cached.
pub(super) fn usage(attributes: &Attributes, context: &mut Context<'_>) -> Result<Option<Usage>, String> {
    if let Some(counted) = of_bedrock(attributes) {
        context.tally.note("tokens as Bedrock counted them, in ai.response.providerMetadata");
        note_writes(&counted, context.tally);
        return counted.usage(false).map(Some);
    }
    let Some(input) = attributes.tokens(&INPUT)? else { return Ok(None) };
    let counted = Counted {
        input,
        output: attributes.tokens(&OUTPUT)?.unwrap_or(0),
        cache_read: attributes.tokens(&CACHE_READ)?.unwrap_or(0),
        cache_write_5m: attributes.tokens(&CACHE_WRITE)?.unwrap_or(0),
        cache_write_1h: 0,
    };
    if counted.cached() == 0 {
        return counted.usage(false).map(Some);
    }
    let includes = context.options.input_includes_cache.ok_or_else(|| both_readings(&counted))?;
    context.tally.note(if includes {
        "input_tokens taken to include what was cached"
    } else {
        "input_tokens taken not to include what was cached"
    });
    note_writes(&counted, context.tally);
    counted.usage(includes).map(Some)
}

fn of_bedrock(attributes: &Attributes) -> Option<Counted> {
    let metadata: Value = serde_json::from_str(attributes.text("ai.response.providerMetadata")?).ok()?;
    let counted = OfBedrock::deserialize(&metadata["bedrock"]["usage"]).ok()?;
    Some(Counted {
        input: counted.input_tokens,
        output: counted.output_tokens,
        cache_read: counted.cache_read_input_tokens.unwrap_or(0),
        cache_write_5m: counted.cache_write_input_tokens.unwrap_or(0),
        cache_write_1h: 0,
    })
}

/// The conventions include what was cached, Bedrock does not, and instrumentations do either.
fn both_readings(counted: &Counted) -> String {
    let (input, cached) = (counted.input, counted.cached());
    let included =
        input.checked_sub(cached).map_or("which cannot be".to_owned(), |rest| format!("{rest} of them uncached"));
    format!(
        "{input} input tokens and {cached} cached ones can be read in two ways: with --input-includes-cache yes it is \
         {input} in all, {included}; with --input-includes-cache no it is {} in all, {input} of them uncached",
        input.saturating_add(cached)
    )
}

fn note_writes(counted: &Counted, tally: &mut Tally) {
    if counted.cache_write_5m > 0 {
        tally.note("cache writes taken for five minutes");
    }
}
