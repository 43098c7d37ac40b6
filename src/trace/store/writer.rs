//! Rows into a file.

use super::Column;
use super::buffers::Buffers;
use super::column::{path, schema};
use super::{OBSERVED_KEY, VERSION, VERSION_KEY, WRITTEN_BY, is_a_time, keys};
use crate::trace::{ImportError, Observed, Row, Rows, Sink};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use std::io::{self, Write};
use std::sync::Arc;

/// Level three is where zstd begins to cost more than it saves.
const ZSTD_LEVEL: i32 = 3;

/// Rows of a page, so that a reader holds little.
const PAGE_ROWS: usize = 1 << 13;

/// Names beyond are written as they are, so that a reader holds little where sessions are many.
const DICTIONARY_BYTES: usize = 1 << 18;

/// Writes rows, which come in order of time, and what a monitor counted besides. How many rows there were.
///
/// # Errors
/// When rows cannot be read or written, go back in time, or hold numbers that a file cannot.
pub fn write(rows: &mut dyn Rows, observed: &[Observed], out: &mut (dyn Write + Send)) -> Result<u64, ImportError> {
    let mut writer = Writer::new(out, observed)?;
    let mut row = Row::default();
    while rows.next_row(&mut row)? {
        writer.take(&row)?;
    }
    Ok(writer.finish()?)
}

/// A file that is written row by row, in order of time.
pub struct Writer<W: Write + Send> {
    file: SerializedFileWriter<W>,
    waiting: Buffers,
    rows: u64,
    last_us: i64,
}

impl<W: Write + Send> Writer<W> {
    /// A file without rows.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn new(out: W, observed: &[Observed]) -> io::Result<Self> {
        let file = SerializedFileWriter::new(out, schema(), Arc::new(properties(observed))).map_err(cause)?;
        Ok(Self { file, waiting: Buffers::new(), rows: 0, last_us: i64::MIN })
    }

    /// Writes what waits. How many rows there were.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        self.write_group().map_err(cause)?;
        self.file.close().map_err(cause)?;
        Ok(self.rows)
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if !self.waiting.is_empty() {
            let mut group = self.file.next_row_group()?;
            self.waiting.write(&mut group)?;
            group.close()?;
        }
        Ok(())
    }

    fn refused(&self, what: &str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("row {} {what}", self.rows + 1))
    }
}

impl<W: Write + Send> Sink for Writer<W> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        if row.at_us < self.last_us {
            return Err(self.refused("is earlier than the one before it; a trace is in order of time"));
        }
        if !is_a_time(row.at_us) {
            return Err(self.refused("is beyond the year 9999, or before the year -9999"));
        }
        self.waiting.push(row).map_err(|what| self.refused(what))?;
        self.rows += 1;
        self.last_us = row.at_us;
        if self.waiting.is_full() {
            self.write_group().map_err(cause)?;
        }
        Ok(())
    }
}

/// What a file could not be written for.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}

fn properties(observed: &[Observed]) -> WriterProperties {
    let mut keys = vec![KeyValue::new(VERSION_KEY.to_owned(), VERSION.to_owned())];
    if !observed.is_empty() {
        keys.push(KeyValue::new(OBSERVED_KEY.to_owned(), keys::observed_as_text(observed)));
    }
    let level = ZstdLevel::try_new(ZSTD_LEVEL).expect("a level of zstd");
    let mut properties = WriterProperties::builder()
        .set_created_by(WRITTEN_BY.to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(level))
        .set_offset_index_disabled(true)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(Some(keys));
    for (column, encoding) in [
        (path(Column::Time), Encoding::DELTA_BINARY_PACKED),
        (path(Column::TtftUs), Encoding::DELTA_BINARY_PACKED),
        (path(Column::LatencyUs), Encoding::DELTA_BINARY_PACKED),
        (path(Column::Blocks), Encoding::DELTA_BINARY_PACKED),
        (path(Column::RequestId), Encoding::PLAIN),
    ] {
        properties =
            properties.set_column_dictionary_enabled(column.clone(), false).set_column_encoding(column, encoding);
    }
    properties.build()
}
