//! A file as rows.

use super::batch::Batch;
use super::checked::guarded;
use super::column::difference;
use super::keys::observed_from_text;
use super::pages::{Group, Source};
use super::wrong::Wrong;
use super::{Column, OBSERVED_KEY, VERSION, VERSION_KEY};
use crate::bedrock::usage::Usage;
use crate::trace::{Observed, Random, Row, Rows, TraceError};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::statistics::Statistics;
use std::sync::Arc;

/// Four bytes at both ends of every Parquet file.
const MAGIC: &[u8; 4] = b"PAR1";

/// A file as rows, in order of time.
pub struct Reader {
    file: String,
    source: Arc<Source>,
    metadata: ParquetMetaData,
    observed: Vec<Observed>,
    wanted: Vec<Column>,
    next_group: usize,
    batch: Batch,
    /// The row that was read last, counted from one over all of the file.
    row: u64,
    last_us: i64,
}

impl Reader {
    /// All columns of a file; `file` is its name for people.
    ///
    /// # Errors
    /// When it is no trace, or another version of one, or damaged.
    pub fn open(file: &str, bytes: Arc<dyn Random>) -> Result<Self, TraceError> {
        Self::open_with(file, bytes, &Column::ALL)
    }

    /// Some columns of a file. Other fields of its rows are those of [`Row::default`], and are not read.
    ///
    /// # Errors
    /// See [`Self::open`].
    pub fn open_with(file: &str, bytes: Arc<dyn Random>, wanted: &[Column]) -> Result<Self, TraceError> {
        let source = Arc::new(Source(bytes));
        let error = |message| TraceError { file: file.to_owned(), line: None, message };
        let metadata = metadata(&source).map_err(error)?;
        let observed = observed(&metadata).map_err(error)?;
        Ok(Self {
            file: file.to_owned(),
            source,
            metadata,
            observed,
            wanted: wanted.to_vec(),
            next_group: 0,
            batch: Batch::new(),
            row: 0,
            last_us: i64::MIN,
        })
    }

    /// How many rows the file has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.metadata.row_groups().iter().map(rows_of).sum()
    }

    /// What a monitor counted besides.
    #[must_use]
    pub fn observed(&self) -> &[Observed] {
        &self.observed
    }

    /// The times of the first and the last row. Nothing without rows, or when whoever wrote the file did not say.
    #[must_use]
    pub fn span(&self) -> Option<(i64, i64)> {
        let groups = self.metadata.row_groups();
        Some((times_of(groups.first()?)?.0, times_of(groups.last()?)?.1))
    }

    /// Goes on at the first row group that ends at or after a time. Rows before that time may still come.
    pub fn skip_to(&mut self, at_us: i64) {
        let ends_before = |group: &RowGroupMetaData| times_of(group).is_some_and(|(_, last_us)| last_us < at_us);
        while let Some(group) = self.metadata.row_groups().get(self.next_group).filter(|group| ends_before(group)) {
            self.row += rows_of(group);
            self.next_group += 1;
        }
    }

    /// The tokens of all rows that are left, if [`Column::TOKENS`] are wanted. Faster than to go through the rows.
    ///
    /// # Errors
    /// Those of [`Rows::next_row`].
    pub fn usage(&mut self) -> Result<Usage, TraceError> {
        let (mut sum, mut row) = (Usage::default(), Row::default());
        while self.next_group().map_err(|error| damaged(&self.file, &error))? {
            let passed = self.batch.pass().map_err(|error| damaged(&self.file, &error))?;
            sum += match passed {
                Some((rows, usage)) => {
                    self.row += rows as u64;
                    usage
                }
                None if self.next_row(&mut row)? => row.usage,
                None => break,
            };
        }
        Ok(sum)
    }

    /// Opens the next row group that has rows; false behind the last one.
    fn next_group(&mut self) -> Result<bool, ParquetError> {
        while self.batch.is_over() && self.next_group < self.metadata.num_row_groups() {
            let (source, metadata, wanted) = (&self.source, &self.metadata, &*self.wanted);
            self.batch.open(&Group { source, metadata, number: self.next_group, wanted })?;
            self.next_group += 1;
        }
        Ok(!self.batch.is_over())
    }

    fn next(&mut self, row: &mut Row) -> Result<bool, Wrong> {
        if self.batch.is_over() && !self.next_group()? {
            return Ok(false);
        }
        self.row += 1;
        self.batch.next(row)?;
        if row.at_us < self.last_us && self.wanted.contains(&Column::Time) {
            return Err(Wrong::Row(Column::Time, "is earlier than in the row before; a trace is in order of time"));
        }
        self.last_us = row.at_us;
        Ok(true)
    }
}

impl Rows for Reader {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        self.next(row).map_err(|wrong| match wrong {
            Wrong::Damaged(error) => damaged(&self.file, &error),
            Wrong::Row(column, what) => TraceError {
                file: self.file.clone(),
                line: Some(self.row),
                message: format!("`{}` {what}", column.name()),
            },
        })
    }

    fn line(&self) -> Option<u64> {
        (self.row > 0).then_some(self.row)
    }
}

fn damaged(file: &str, error: &ParquetError) -> TraceError {
    let message = format!("the file is damaged, make it again: {error}");
    TraceError { file: file.to_owned(), line: None, message }
}

fn rows_of(group: &RowGroupMetaData) -> u64 {
    u64::try_from(group.num_rows()).unwrap_or(0)
}

/// The first and the last time of a row group.
fn times_of(group: &RowGroupMetaData) -> Option<(i64, i64)> {
    match group.column(Column::Time as usize).statistics()? {
        Statistics::Int64(times) => Some((*times.min_opt()?, *times.max_opt()?)),
        _ => None,
    }
}

/// What the footer says, if it is that of a trace.
fn metadata(source: &Source) -> Result<ParquetMetaData, String> {
    let size = source.0.size();
    let is_magic = |at| {
        let mut found = [0; 4];
        source.0.read_at(at, &mut found).is_ok_and(|()| found == *MAGIC)
    };
    if !is_magic(0) {
        return Err("is not Parquet; `tokencast trace convert` makes a trace of a recording".to_owned());
    }
    if size < 12 || !is_magic(size - 4) {
        return Err("is cut off: a Parquet file ends with `PAR1`; make it again".to_owned());
    }
    let metadata = guarded(|| ParquetMetaDataReader::new().parse_and_finish(source));
    let metadata = metadata.map_err(|error| format!("the footer is damaged, make the file again: {error}"))?;
    check_version(&metadata)?;
    if let Some(difference) = difference(metadata.file_metadata().schema_descr()) {
        return Err(format!("is not a trace of version {VERSION}: {difference}"));
    }
    check_places(&metadata)?;
    Ok(metadata)
}

fn key<'a>(metadata: &'a ParquetMetaData, key: &str) -> Option<&'a str> {
    let mut keys = metadata.file_metadata().key_value_metadata()?.iter();
    keys.find(|entry| entry.key == key)?.value.as_deref()
}

fn check_version(metadata: &ParquetMetaData) -> Result<(), String> {
    match key(metadata, VERSION_KEY) {
        Some(VERSION) => Ok(()),
        Some(other) => Err(format!("is a trace of version {other}; this program reads version {VERSION}")),
        None => Err(format!(
            "is Parquet without the key `{VERSION_KEY}`, so not a trace; write its rows as CSV and convert that with \
             `tokencast trace convert`"
        )),
    }
}

/// No place or count of a footer is below zero, and a column has as many cells as there are rows.
fn check_places(metadata: &ParquetMetaData) -> Result<(), String> {
    let is_sound = |chunk: &ColumnChunkMetaData| {
        let first = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
        first >= 0 && chunk.data_page_offset() >= 0 && chunk.compressed_size() >= 0 && chunk.num_values() >= 0
    };
    let is_full = |group: &RowGroupMetaData| {
        let flat = &group.columns()[..Column::Blocks as usize];
        flat.iter().all(|chunk| chunk.num_values() == group.num_rows())
    };
    let mut groups = metadata.row_groups().iter();
    let sound = groups.all(|group| group.columns().iter().all(is_sound) && is_full(group));
    if sound { Ok(()) } else { Err("the footer is damaged, make the file again".to_owned()) }
}

fn observed(metadata: &ParquetMetaData) -> Result<Vec<Observed>, String> {
    let text = key(metadata, OBSERVED_KEY).map_or(Ok(Vec::new()), observed_from_text);
    text.map_err(|error| format!("the key `{OBSERVED_KEY}` is damaged, make the file again: {error}"))
}
