//! Sessions of coding agents as JSON lines: each call with the seconds since its session began, and its prompt as runs
//! of blocks of 64 tokens.
//!
//! When a session began is not recorded. It begins at a place in a working day of eight hours that follows from the seed
//! and its name alone, so that a session added moves no other. Whole seconds are spread inside of their second, and no
//! call of a session comes before one that it followed in the file. Blocks are numbered by session: the session's name is
//! mixed into their numbers, so that sessions share nothing and runs stay runs.
//!
//! What of a prompt was cached is not recorded: all of it is uncached input, and the blocks tell what could have been
//! read.

use super::lines::{self, Line, Made};
use super::{AppFrom, Context, Input, count::Tokens, spread};
use crate::rng::Stream;
use crate::trace::{Blocks, ImportError, Row, TimeFormat, time};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Eight hours.
const DAY_US: u64 = 8 * 3_600_000_000;
const SECOND_US: u64 = 1_000_000;
const BLOCK: u32 = 64;
/// Bits of a block's number inside of its session: a session of more blocks has a billion tokens.
const BLOCK_BITS: u32 = 24;

#[derive(Deserialize)]
struct Record<'a> {
    session: String,
    #[serde(borrow)]
    t_s: &'a RawValue,
    model: Option<String>,
    input_tokens: Tokens,
    output_tokens: Tokens,
    stop: Option<String>,
    #[serde(borrow)]
    api_s: Option<&'a RawValue>,
    #[serde(default)]
    blocks: Vec<(u64, u64)>,
    subagent: Option<String>,
}

pub(super) fn read(input: &mut Input<'_>, context: &mut Context<'_>) -> Result<(), ImportError> {
    let mut sessions: BTreeMap<String, Session> = BTreeMap::new();
    lines::each(input, context, |line, context, row| {
        let record: Record<'_> = lines::json(line.text)?;
        let (seed, start_us) = (context.options.seed, context.options.start_us);
        let session = sessions.entry(record.session.clone()).or_insert_with(|| Session::new(&record.session, seed));
        let since_us = session.since_start_us(seconds_us(record.t_s)?, seed, line, &record.session);
        row.at_us = start_us + session.begins_us + since_us;
        session.blocks(&record.blocks, record.input_tokens.0, &mut row.blocks)?;
        fill(&record, context, row)?;
        Ok(Made::Row)
    })
}

fn fill(record: &Record<'_>, context: &mut Context<'_>, row: &mut Row) -> Result<(), String> {
    row.session = context.name(&record.session);
    row.model = context.name(record.model.as_deref().unwrap_or_default());
    (row.usage.uncached_input, row.usage.output) = (record.input_tokens.0, record.output_tokens.0);
    row.truncated = record.stop.as_deref() == Some("max_tokens");
    if row.truncated {
        row.max_tokens = u32::try_from(record.output_tokens.0).ok();
        context.tally.note("answer cut at max_tokens");
    }
    let latency = record.api_s.map(seconds_us).transpose()?;
    row.latency_us = latency.and_then(|us| u64::try_from(us).ok());
    if let Some(subagent) = &record.subagent {
        context.tally.note("call of a subagent");
        if context.options.app == AppFrom::Metadata("subagent".to_owned()) {
            row.app = context.name(subagent);
        }
    }
    Ok(())
}

fn seconds_us(number: &RawValue) -> Result<i64, String> {
    time::parse(number.get(), TimeFormat::Seconds)
}

/// One session: where it begins, and how far it is.
struct Session {
    begins_us: i64,
    /// Its blocks are numbered from here.
    first_block: u64,
    last_us: i64,
}

impl Session {
    fn new(name: &str, seed: u64) -> Self {
        let key = Stream::new(0, &format!("blocks of session {name}")).draw(0, 0);
        let begins_us = spread(seed, &format!("session {name}"), 0, DAY_US);
        Self { begins_us, first_block: key >> BLOCK_BITS << BLOCK_BITS, last_us: i64::MIN }
    }

    /// Where a call of a whole second is; others are where they are.
    fn since_start_us(&mut self, stamp_us: i64, seed: u64, line: &Line<'_>, name: &str) -> i64 {
        let width_us = if stamp_us % SECOND_US.cast_signed() == 0 { SECOND_US } else { 0 };
        let mut at_us = spread(seed, &format!("{name} line {}", line.number), stamp_us, width_us);
        if self.last_us.div_euclid(SECOND_US.cast_signed()) == stamp_us.div_euclid(SECOND_US.cast_signed()) {
            at_us = at_us.max(self.last_us);
        }
        self.last_us = at_us;
        at_us
    }

    fn blocks(&self, runs: &[(u64, u64)], input: u64, blocks: &mut Blocks) -> Result<(), String> {
        blocks.tokens = BLOCK;
        let mut left = input.div_ceil(u64::from(BLOCK));
        for (first, count) in runs {
            left = left.checked_sub(*count).ok_or_else(|| {
                format!("the runs have more blocks of {BLOCK} tokens than an input of {input} tokens has")
            })?;
            let end = first.checked_add(*count).filter(|end| *end <= 1 << BLOCK_BITS);
            let end =
                end.ok_or_else(|| format!("block {first} is beyond what a session has: 2^{BLOCK_BITS} blocks"))?;
            blocks.ids.extend((*first..end).map(|block| self.first_block + block));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
