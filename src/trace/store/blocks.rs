//! The chains of blocks, as they are read: fewer rows at a time than of other columns, since one row may have many.

use super::checked::guarded;
use super::pages::Group;
use super::wrong::Wrong;
use super::{BATCH, Column};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::Int64Type;
use parquet::errors::{ParquetError, Result};

/// Blocks that are decoded at a time, unless one row has more.
const BLOCKS: usize = 1 << 15;

/// The chains that were decoded, and the way to further ones.
#[derive(Default)]
pub(super) struct Chains {
    reader: Option<ColumnReaderImpl<Int64Type>>,
    /// The level of a block that is there, and whether a block may not be.
    block: i16,
    gaps: bool,
    /// Rows that are decoded at a time.
    step: usize,
    rows_left: usize,
    values: Vec<i64>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
    next_level: usize,
    next_value: usize,
}

impl Chains {
    /// Goes to the beginning of a row group.
    pub(super) fn open(&mut self, group: &Group<'_>) -> Result<()> {
        let chunk = group.chunk(Column::Blocks);
        let blocks = usize::try_from(chunk.num_values())?.max(1);
        self.reader = group.column(Column::Blocks)?;
        self.block = chunk.column_descr().max_def_level();
        self.gaps = chunk.column_descr().self_type().is_optional();
        self.rows_left = group.rows()?;
        self.step = (self.rows_left.saturating_mul(BLOCKS) / blocks).clamp(1, BATCH);
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.values.clear();
        self.defined.clear();
        self.repeated.clear();
        self.next_level = 0;
        self.next_value = 0;
    }

    fn fill(&mut self) -> Result<()> {
        self.clear();
        let Some(reader) = &mut self.reader else { return Ok(()) };
        let rows = self.step.min(self.rows_left);
        let (defined, repeated) = (Some(&mut self.defined), Some(&mut self.repeated));
        let (read, _, _) = reader.read_records(rows, defined, repeated, &mut self.values)?;
        if read < rows || rows == 0 {
            return Err(ParquetError::EOF("`blocks` has too few rows".to_owned()));
        }
        self.rows_left -= rows;
        Ok(())
    }

    /// Overwrites `ids` with the chain of the next row.
    pub(super) fn next(&mut self, ids: &mut Vec<u64>) -> std::result::Result<(), Wrong> {
        ids.clear();
        if self.next_level == self.defined.len() {
            guarded(|| self.fill())?;
        }
        let first = self.next_level;
        while self.next_level < self.defined.len() && (self.next_level == first || self.repeated[self.next_level] > 0) {
            let level = self.defined[self.next_level];
            self.next_level += 1;
            if level == self.block {
                ids.push(self.values[self.next_value].cast_unsigned());
                self.next_value += 1;
            } else if self.gaps && level == self.block - 1 {
                return Err(Wrong::Row(Column::Blocks, "has an empty block"));
            }
        }
        Ok(())
    }
}
