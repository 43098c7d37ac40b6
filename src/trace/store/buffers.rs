//! Rows as columns that wait to be written.

use super::{MOST_BLOCKS, MOST_ROWS};
use crate::bedrock::usage::{Usage, UsageClass};
use crate::trace::{Blocks, Row};
use bytes::Bytes;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedRowGroupWriter;
use std::io::Write;
use std::iter::repeat_n;
use std::ops::Range;

type Written = Result<(), ParquetError>;

/// The levels of `blocks`: no blocks, an empty chain, a block.
const NO_BLOCKS: i16 = 0;
const EMPTY: i16 = 1;
const BLOCK: i16 = 2;

/// The values of one column, and where they are.
struct Buffer<T: DataType> {
    values: Vec<T::T>,
    /// One for each row or block: how much of it is there.
    defined: Vec<i16>,
    /// Nothing but for lists: zero for the first of a row.
    repeated: Vec<i16>,
}

impl<T: DataType> Buffer<T> {
    fn new() -> Self {
        Self { values: Vec::new(), defined: Vec::new(), repeated: Vec::new() }
    }

    fn push(&mut self, value: Option<T::T>) {
        self.defined.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    /// Writes the next column of a row group and forgets its values.
    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Written {
        let mut column = group.next_column()?.expect("as many columns as buffers");
        let repeated = (!self.repeated.is_empty()).then_some(&*self.repeated);
        column.typed::<T>().write_batch(&self.values, Some(&self.defined), repeated)?;
        column.close()?;
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
        Ok(())
    }
}

/// A column of names, all in one text; that of the row before is not written again.
struct NameBuffer {
    text: Vec<u8>,
    places: Vec<Range<usize>>,
    buffer: Buffer<ByteArrayType>,
}

impl NameBuffer {
    fn new() -> Self {
        Self { text: Vec::new(), places: Vec::new(), buffer: Buffer::new() }
    }

    fn push(&mut self, name: Option<&str>) {
        self.buffer.defined.push(i16::from(name.is_some()));
        let Some(name) = name else { return };
        let last = self.places.last().filter(|place| self.text[(*place).clone()] == *name.as_bytes());
        let place = last.cloned().unwrap_or_else(|| {
            self.text.extend_from_slice(name.as_bytes());
            self.text.len() - name.len()..self.text.len()
        });
        self.places.push(place);
    }

    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Written {
        let text = Bytes::from(std::mem::take(&mut self.text));
        self.buffer.values.extend(self.places.drain(..).map(|place| ByteArray::from(text.slice(place))));
        self.buffer.write(group)
    }
}

/// Rows that wait to become a row group.
pub(super) struct Buffers {
    time: Buffer<Int64Type>,
    names: [NameBuffer; 9],
    tokens: [Buffer<Int32Type>; 5],
    max_tokens: Buffer<Int32Type>,
    truncated: Buffer<BoolType>,
    lasted_us: [Buffer<Int64Type>; 2],
    block_tokens: Buffer<Int32Type>,
    blocks: Buffer<Int64Type>,
}

impl Buffers {
    pub(super) fn new() -> Self {
        Self {
            time: Buffer::new(),
            names: std::array::from_fn(|_| NameBuffer::new()),
            tokens: std::array::from_fn(|_| Buffer::new()),
            max_tokens: Buffer::new(),
            truncated: Buffer::new(),
            lasted_us: std::array::from_fn(|_| Buffer::new()),
            block_tokens: Buffer::new(),
            blocks: Buffer::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.time.values.is_empty()
    }

    /// A row group should be made of what waits.
    pub(super) fn is_full(&self) -> bool {
        self.time.values.len() >= MOST_ROWS || self.blocks.values.len() >= MOST_BLOCKS
    }

    /// One row more. Otherwise what of it no file can hold, and nothing is changed.
    pub(super) fn push(&mut self, row: &Row) -> Result<(), &'static str> {
        let tokens = tokens(&row.usage)?;
        let max_tokens = row.max_tokens.map(|tokens| count(tokens.into())).transpose()?;
        let lasted_us = [duration(row.ttft_us)?, duration(row.latency_us)?];
        let block_tokens = Some(count(row.blocks.tokens.into())?).filter(|tokens| *tokens > 0);
        if block_tokens.is_none() && !row.blocks.ids.is_empty() {
            return Err("has blocks of no tokens");
        }
        self.time.push(Some(row.at_us));
        for (buffer, name) in self.names.iter_mut().zip(names(row)) {
            buffer.push(name);
        }
        for (buffer, count) in self.tokens.iter_mut().zip(tokens) {
            buffer.push(Some(count));
        }
        self.max_tokens.push(max_tokens);
        self.truncated.push(Some(row.truncated));
        for (buffer, lasted_us) in self.lasted_us.iter_mut().zip(lasted_us) {
            buffer.push(lasted_us);
        }
        self.block_tokens.push(block_tokens);
        self.push_blocks(&row.blocks);
        Ok(())
    }

    fn push_blocks(&mut self, blocks: &Blocks) {
        let Buffer { values, defined, repeated } = &mut self.blocks;
        values.extend(blocks.ids.iter().map(|id| id.cast_signed()));
        let levels = blocks.ids.len().max(1);
        let level = if !blocks.ids.is_empty() {
            BLOCK
        } else if blocks.tokens > 0 {
            EMPTY
        } else {
            NO_BLOCKS
        };
        defined.extend(repeat_n(level, levels));
        repeated.push(0);
        repeated.extend(repeat_n(1, levels - 1));
    }

    /// Writes the columns in the order of [`super::Column::ALL`], and is empty again.
    pub(super) fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Written {
        self.time.write(group)?;
        self.names.iter_mut().try_for_each(|names| names.write(group))?;
        self.tokens.iter_mut().try_for_each(|tokens| tokens.write(group))?;
        self.max_tokens.write(group)?;
        self.truncated.write(group)?;
        self.lasted_us.iter_mut().try_for_each(|lasted_us| lasted_us.write(group))?;
        self.block_tokens.write(group)?;
        self.blocks.write(group)
    }
}

/// The names of a row in the order of their columns.
fn names(row: &Row) -> [Option<&str>; 9] {
    let Row { app, account, model, region, ran_in, tier, session, request_id, outcome, .. } = row;
    let [app, account, model, region, ran_in, tier, session, request_id] =
        [app, account, model, region, ran_in, tier, session, request_id].map(|name| name.as_deref());
    [app, account, model, region, ran_in, tier, session, request_id, Some(outcome.name())]
}

fn tokens(usage: &Usage) -> Result<[i32; 5], &'static str> {
    let mut tokens = [0; 5];
    for (tokens, class) in tokens.iter_mut().zip(UsageClass::ALL) {
        *tokens = count(usage.of(class))?;
    }
    Ok(tokens)
}

fn count(tokens: u64) -> Result<i32, &'static str> {
    i32::try_from(tokens).map_err(|_| "has 2^31 tokens or more")
}

fn duration(lasted_us: Option<u64>) -> Result<Option<i64>, &'static str> {
    lasted_us.map(i64::try_from).transpose().map_err(|_| "lasted 2^63 microseconds or more")
}
