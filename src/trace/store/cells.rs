//! One column without lists, as it is read.

use super::constant::{Known, constant};
use super::pages::Group;
use super::wrong::Wrong;
use super::{BATCH, Column};
use parquet::column::reader::ColumnReaderImpl;
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};

/// The cells of one column that were decoded, and the way to further ones.
pub(super) struct Cells<T: DataType> {
    column: Column,
    wanted: bool,
    /// What all rows of the row group have.
    constant: Option<T::T>,
    /// Nothing when all cells are empty or the same, or nobody wants them.
    reader: Option<ColumnReaderImpl<T>>,
    values: Vec<T::T>,
    /// One for each row, where cells may be empty: whether this one is not.
    defined: Vec<i16>,
    next_row: usize,
    next_value: usize,
}

impl<T: DataType<T: Known>> Cells<T> {
    pub(super) fn of(column: Column) -> Self {
        Self {
            column,
            wanted: false,
            constant: None,
            reader: None,
            values: Vec::new(),
            defined: Vec::new(),
            next_row: 0,
            next_value: 0,
        }
    }

    /// Goes to the beginning of a row group.
    pub(super) fn open(&mut self, group: &Group<'_>) -> Result<()> {
        self.wanted = group.wants(self.column);
        self.constant = if self.wanted { constant(group.chunk(self.column)) } else { None };
        self.reader = if self.constant.is_none() { group.column(self.column)? } else { None };
        self.clear();
        Ok(())
    }

    fn clear(&mut self) {
        self.values.clear();
        self.defined.clear();
        self.next_row = 0;
        self.next_value = 0;
    }

    /// Decodes so many rows more.
    pub(super) fn fill(&mut self, rows: usize) -> Result<()> {
        self.clear();
        let Some(reader) = &mut self.reader else { return Ok(()) };
        self.values.reserve(BATCH);
        let (read, _, _) = reader.read_records(rows, Some(&mut self.defined), None, &mut self.values)?;
        if read < rows {
            return Err(ParquetError::EOF(format!("`{}` has too few rows", self.column.name())));
        }
        Ok(())
    }

    /// The cell of the next row.
    pub(super) fn next(&mut self) -> Option<&T::T> {
        if self.constant.is_some() {
            return self.constant.as_ref();
        }
        if !self.defined.is_empty() {
            let defined = self.defined[self.next_row];
            self.next_row += 1;
            if defined == 0 {
                return None;
            }
        }
        self.next_value += 1;
        self.values.get(self.next_value - 1)
    }

    /// What all rows of the row group have.
    pub(super) fn constant(&self) -> Option<&T::T> {
        self.constant.as_ref()
    }

    /// What was decoded and not read yet, but for empty cells.
    pub(super) fn rest(&self) -> &[T::T] {
        &self.values[self.next_value..]
    }

    /// The cell of the next row, which must not be empty; nothing when nobody wants it.
    pub(super) fn required(&mut self) -> std::result::Result<Option<&T::T>, Wrong> {
        if !self.wanted {
            return Ok(None);
        }
        let column = self.column;
        self.next().map(Some).ok_or(Wrong::Row(column, "is empty"))
    }
}
