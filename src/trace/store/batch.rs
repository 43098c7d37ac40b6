//! All columns side by side, as rows are read.

use super::blocks::Chains;
use super::cells::Cells;
use super::checked::guarded;
use super::pages::Group;
use super::wrong::Wrong;
use super::{BATCH, Column, is_a_time};
use crate::bedrock::usage::Usage;
use crate::trace::{Name, Names, Outcome, Row};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use std::str::Utf8Error;

/// The columns of names that rows share, in the order of the file.
const NAMES: [Column; 7] =
    [Column::App, Column::Account, Column::Model, Column::Region, Column::RanIn, Column::Tier, Column::Session];

const NOT_TEXT: &str = "is not UTF-8 text";

/// All columns of a row group, some rows of which are decoded.
pub(super) struct Batch {
    time: Cells<Int64Type>,
    names: [(Cells<ByteArrayType>, Names); 7],
    request_id: Cells<ByteArrayType>,
    outcome: Cells<ByteArrayType>,
    tokens: [Cells<Int32Type>; 5],
    max_tokens: Cells<Int32Type>,
    truncated: Cells<BoolType>,
    lasted_us: [Cells<Int64Type>; 2],
    block_tokens: Cells<Int32Type>,
    blocks: Chains,
    decoded: usize,
    left: usize,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self {
            time: Cells::of(Column::Time),
            names: NAMES.map(|column| (Cells::of(column), Names::default())),
            request_id: Cells::of(Column::RequestId),
            outcome: Cells::of(Column::Outcome),
            tokens: Column::TOKENS.map(Cells::of),
            max_tokens: Cells::of(Column::MaxTokens),
            truncated: Cells::of(Column::Truncated),
            lasted_us: [Column::TtftUs, Column::LatencyUs].map(Cells::of),
            block_tokens: Cells::of(Column::BlockTokens),
            blocks: Chains::default(),
            decoded: 0,
            left: 0,
        }
    }

    /// All rows of the row group were read.
    pub(super) fn is_over(&self) -> bool {
        self.decoded == 0 && self.left == 0
    }

    /// Goes to the beginning of a row group.
    pub(super) fn open(&mut self, group: &Group<'_>) -> Result<(), ParquetError> {
        self.time.open(group)?;
        self.names.iter_mut().try_for_each(|(name, _)| name.open(group))?;
        self.request_id.open(group)?;
        self.outcome.open(group)?;
        self.tokens.iter_mut().try_for_each(|tokens| tokens.open(group))?;
        self.max_tokens.open(group)?;
        self.truncated.open(group)?;
        self.lasted_us.iter_mut().try_for_each(|lasted_us| lasted_us.open(group))?;
        self.block_tokens.open(group)?;
        self.blocks.open(group)?;
        self.decoded = 0;
        self.left = group.rows()?;
        Ok(())
    }

    fn fill(&mut self) -> Result<(), ParquetError> {
        let rows = self.left.min(BATCH);
        self.time.fill(rows)?;
        self.names.iter_mut().try_for_each(|(name, _)| name.fill(rows))?;
        self.request_id.fill(rows)?;
        self.outcome.fill(rows)?;
        self.tokens.iter_mut().try_for_each(|tokens| tokens.fill(rows))?;
        self.max_tokens.fill(rows)?;
        self.truncated.fill(rows)?;
        self.lasted_us.iter_mut().try_for_each(|lasted_us| lasted_us.fill(rows))?;
        self.block_tokens.fill(rows)?;
        self.decoded = rows;
        self.left -= rows;
        Ok(())
    }

    /// Goes past all rows that are decoded, some of which there are. How many these were and the sum of their tokens;
    /// nothing, and no row is passed, when one of them is to be refused.
    pub(super) fn pass(&mut self) -> Result<Option<(usize, Usage)>, ParquetError> {
        if self.decoded == 0 {
            guarded(|| self.fill())?;
        }
        let mut sums = [0; 5];
        for (sum, cells) in sums.iter_mut().zip(&self.tokens) {
            let Some(tokens) = total(cells, self.decoded) else { return Ok(None) };
            *sum = tokens;
        }
        Ok(Some((std::mem::take(&mut self.decoded), usage(sums))))
    }

    /// Overwrites `row` with the next one, of which there is one.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<(), Wrong> {
        if self.decoded == 0 {
            guarded(|| self.fill())?;
        }
        self.decoded -= 1;
        row.at_us = self.time.required()?.copied().unwrap_or_default();
        if !is_a_time(row.at_us) {
            return Err(Wrong::Row(Column::Time, "is beyond the year 9999, or before the year -9999"));
        }
        self.names(row)?;
        row.outcome = self.outcome.required()?.map_or(Ok(Outcome::default()), |name| outcome(name.data()))?;
        row.usage = self.usage()?;
        row.max_tokens = self.max_tokens.next().copied().map(|tokens| count(Column::MaxTokens, tokens)).transpose()?;
        row.truncated = self.truncated.required()?.copied().unwrap_or_default();
        let [ttft_us, latency_us] = &mut self.lasted_us;
        row.ttft_us = duration(Column::TtftUs, ttft_us.next().copied())?;
        row.latency_us = duration(Column::LatencyUs, latency_us.next().copied())?;
        self.blocks(row)
    }

    fn names(&mut self, row: &mut Row) -> Result<(), Wrong> {
        let Row { app, account, model, region, ran_in, tier, session, request_id, .. } = row;
        let row = [app, account, model, region, ran_in, tier, session];
        for (((cells, names), name), column) in self.names.iter_mut().zip(row).zip(NAMES) {
            put(cells.next(), name, |text| names.name(text)).map_err(|_| Wrong::Row(column, NOT_TEXT))?;
        }
        let own = |text: &str| (!text.is_empty()).then(|| text.into());
        put(self.request_id.next(), request_id, own).map_err(|_| Wrong::Row(Column::RequestId, NOT_TEXT))
    }

    fn usage(&mut self) -> Result<Usage, Wrong> {
        let mut tokens = [0; 5];
        for ((tokens, cells), column) in tokens.iter_mut().zip(&mut self.tokens).zip(Column::TOKENS) {
            let found = cells.required()?.copied().unwrap_or_default();
            *tokens = count(column, found)?.into();
        }
        Ok(usage(tokens))
    }

    fn blocks(&mut self, row: &mut Row) -> Result<(), Wrong> {
        let tokens = self.block_tokens.next().copied();
        if tokens.is_some_and(|tokens| tokens <= 0) {
            return Err(Wrong::Row(Column::BlockTokens, "is not above zero"));
        }
        row.blocks.tokens = tokens.map_or(0, i32::unsigned_abs);
        self.blocks.next(&mut row.blocks.ids)?;
        if tokens.is_none() && !row.blocks.ids.is_empty() {
            return Err(Wrong::Row(Column::BlockTokens, "is empty where there are blocks"));
        }
        Ok(())
    }
}

/// Overwrites the name of a row, unless it is the same.
fn put(found: Option<&ByteArray>, name: &mut Name, made: impl FnOnce(&str) -> Name) -> Result<(), Utf8Error> {
    let Some(found) = found.map(ByteArray::data) else {
        *name = None;
        return Ok(());
    };
    if name.as_ref().is_none_or(|name| name.as_bytes() != found) {
        *name = made(str::from_utf8(found)?);
    }
    Ok(())
}

/// Tokens in the order of their columns.
fn usage([uncached_input, cache_read, cache_write_5m, cache_write_1h, output]: [u64; 5]) -> Usage {
    Usage { uncached_input, cache_read, cache_write_5m, cache_write_1h, output }
}

/// The sum of what is decoded of so many rows, if none of them is empty or below zero, or nobody wants it.
fn total(cells: &Cells<Int32Type>, rows: usize) -> Option<u64> {
    if let Some(tokens) = cells.constant() {
        return u64::try_from(*tokens).ok()?.checked_mul(rows as u64);
    }
    let tokens = cells.rest();
    let is_whole = tokens.len() == rows && tokens.iter().fold(0, |bits, tokens| bits | tokens) >= 0;
    is_whole.then(|| tokens.iter().map(|tokens| u64::from(tokens.unsigned_abs())).sum())
}

fn outcome(name: &[u8]) -> Result<Outcome, Wrong> {
    let known = Outcome::ALL.into_iter().find(|outcome| outcome.name().as_bytes() == name);
    known.ok_or(Wrong::Row(Column::Outcome, "is none of `answered`, `throttled`, `failed` and `blocked`"))
}

fn count(column: Column, tokens: i32) -> Result<u32, Wrong> {
    u32::try_from(tokens).map_err(|_| Wrong::Row(column, "is below zero"))
}

fn duration(column: Column, lasted_us: Option<i64>) -> Result<Option<u64>, Wrong> {
    lasted_us.map(u64::try_from).transpose().map_err(|_| Wrong::Row(column, "is below zero"))
}
