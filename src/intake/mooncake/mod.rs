//! Mooncake's and Qwen's JSON lines: lengths of prompts and answers, and the blocks that prompts are made of.
//!
//! Mooncake (FAST 2025) counts milliseconds and cuts prompts into blocks of 512 tokens. Its stamps come in bins of
//! about three seconds: a call is placed inside of its bin by the seed and its line. How wide a bin is, is the smallest
//! step between stamps so far, and no more than three seconds; so stamps that are finer are left nearly where they are.
//!
//! Qwen (the usage traces of Bailian, ATC 2025) has the same fields and chats besides. It counts seconds with
//! milliseconds behind the point, which are left as they are, and cuts prompts into blocks of 16 tokens. A chat is named
//! by its first turn, and the type of a request is its application.
//!
//! What of a prompt was cached is not recorded: all of it is uncached input, and the blocks tell what could have been
//! read.

mod chats;

use super::lines::{self, Line, Made};
use super::{AppFrom, Context, Input, count::Tokens, spread};
use crate::trace::{Blocks, ImportError, Row, TimeFormat, time};
use chats::Chats;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The bins of the published traces.
const WIDEST_BIN_US: u64 = 3_000_000;
const MOONCAKE_BLOCK: u32 = 512;
const QWEN_BLOCK: u32 = 16;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    timestamp: &'a RawValue,
    input_length: Tokens,
    output_length: Tokens,
    #[serde(default)]
    hash_ids: Vec<u64>,
    chat_id: Option<u64>,
    parent_chat_id: Option<i64>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let (mut bins, mut chats) = (Bins::default(), Chats::default());
    lines::each(input, context, |line, context, row| {
        let record: Record<'_> = lines::json(line.text)?;
        (row.usage.uncached_input, row.usage.output) = (record.input_length.0, record.output_length.0);
        match record.chat_id {
            Some(chat) => of_qwen(&record, chat, &mut chats, context, row)?,
            None => of_mooncake(&record, line, &mut bins, context, row)?,
        }
        row.blocks.ids = record.hash_ids;
        check(&row.blocks, record.input_length.0)?;
        Ok(Made::Row)
    })
}

fn of_mooncake(
    record: &Record<'_>,
    line: &Line<'_>,
    bins: &mut Bins,
    context: &mut Context<'_>,
    row: &mut Row,
) -> Result<(), String> {
    let stamp_us = time::parse(record.timestamp.get(), TimeFormat::Milliseconds)?;
    let width_us = bins.width_us(stamp_us);
    if width_us > 1_000 {
        context.tally.note("time placed inside of its bin by the seed");
    }
    let options = context.options;
    row.at_us = spread(options.seed, &format!("line {}", line.number), options.start_us + stamp_us, width_us);
    row.blocks.tokens = MOONCAKE_BLOCK;
    Ok(())
}

fn of_qwen(
    record: &Record<'_>,
    chat: u64,
    chats: &mut Chats,
    context: &mut Context<'_>,
    row: &mut Row,
) -> Result<(), String> {
    row.at_us = context.options.start_us + time::parse(record.timestamp.get(), TimeFormat::Seconds)?;
    row.blocks.tokens = QWEN_BLOCK;
    let parent = record.parent_chat_id.and_then(|parent| u64::try_from(parent).ok());
    row.session = Some(chats.first_turn(chat, parent).to_string().into());
    let kind = record.kind.as_deref().unwrap_or_default();
    row.app = match &context.options.app {
        AppFrom::Metadata(key) if key != "type" => None,
        _ => context.name(kind),
    };
    Ok(())
}

fn check(blocks: &Blocks, input: u64) -> Result<(), String> {
    let (count, tokens) = (blocks.ids.len() as u64, u64::from(blocks.tokens));
    if count > input.div_ceil(tokens) {
        return Err(format!("{count} blocks of {tokens} tokens are more than an input of {input} tokens has"));
    }
    Ok(())
}

/// How wide the bins of the stamps are, as far as can be told.
#[derive(Default)]
struct Bins {
    last_us: Option<i64>,
    step_us: Option<u64>,
}

impl Bins {
    fn width_us(&mut self, stamp_us: i64) -> u64 {
        let step_us = self.last_us.replace(stamp_us).map_or(0, |last_us| stamp_us.abs_diff(last_us));
        let steps = self.step_us.into_iter().chain((step_us > 0).then_some(step_us));
        self.step_us = steps.min();
        self.step_us.unwrap_or(WIDEST_BIN_US).min(WIDEST_BIN_US)
    }
}

#[cfg(test)]
mod tests;
