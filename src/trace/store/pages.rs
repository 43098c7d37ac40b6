//! The bytes of a file, as the parquet crate asks for them.

use super::Column;
use super::checked::Checked;
use crate::trace::{FromStart, Random};
use bytes::Bytes;
use parquet::column::reader::{ColumnReaderImpl, get_column_reader, get_typed_column_reader};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use std::io::BufReader;
use std::sync::Arc;

/// The header of a page is shorter.
const HEADER_BYTES: usize = 128;

/// The bytes of a file.
pub(super) struct Source(pub(super) Arc<dyn Random>);

impl Length for Source {
    fn len(&self) -> u64 {
        self.0.size()
    }
}

impl ChunkReader for Source {
    type T = BufReader<FromStart>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::with_capacity(HEADER_BYTES, FromStart::at(Arc::clone(&self.0), start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > self.len()) {
            return Err(ParquetError::EOF("it ends before its last page".to_owned()));
        }
        let mut bytes = vec![0; length];
        self.0.read_at(start, &mut bytes)?;
        Ok(bytes.into())
    }
}

/// One row group of a file, and which of its columns are wanted.
pub(super) struct Group<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) metadata: &'a ParquetMetaData,
    pub(super) number: usize,
    pub(super) wanted: &'a [Column],
}

impl Group<'_> {
    /// How many rows it has.
    pub(super) fn rows(&self) -> Result<usize> {
        self.metadata.row_group_num_rows(self.number)
    }

    /// What is said of a column.
    pub(super) fn chunk(&self, column: Column) -> &ColumnChunkMetaData {
        self.metadata.row_group(self.number).column(column as usize)
    }

    /// Somebody wants the cells of a column; who wants blocks wants their size.
    pub(super) fn wants(&self, column: Column) -> bool {
        let wants = |column| self.wanted.contains(&column);
        wants(column) || column == Column::BlockTokens && wants(Column::Blocks)
    }

    /// Reads a column of a type that the schema has for it. Nothing when it is not wanted, or empty in every row.
    pub(super) fn column<T: DataType>(&self, column: Column) -> Result<Option<ColumnReaderImpl<T>>> {
        let chunk = self.chunk(column);
        let missing = chunk.statistics().and_then(|statistics| statistics.null_count_opt());
        let empty = missing.is_some_and(|missing| i64::try_from(missing) == Ok(chunk.num_values()));
        if empty || !self.wants(column) {
            return Ok(None);
        }
        let pages = SerializedPageReader::new(Arc::clone(self.source), chunk, self.rows()?, None)?;
        Ok(Some(get_typed_column_reader(get_column_reader(chunk.column_descr_ptr(), Box::new(Checked::new(pages))))))
    }
}
