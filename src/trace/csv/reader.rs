//! A CSV file as rows.

use super::blocks;
use super::header::Header;
use super::lines::Lines;
use crate::bedrock::usage::Usage;
use crate::trace::{BlockTokens, Columns, Names, Outcome, Row, Rows, TraceError, time};
use crate::units::Tokens;
use std::io::Read;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// A CSV file as rows, in its own order.
pub struct Reader<R = Box<dyn Read + Send>> {
    file: String,
    reader: csv::Reader<Lines<R>>,
    header: Header,
    columns: Columns,
    record: csv::ByteRecord,
    names: Names,
}

impl<R: Read> Reader<R> {
    /// A file by name, read from its beginning; the header is read now.
    ///
    /// # Errors
    /// When a column is not there, or there twice.
    pub fn new(file: &str, reader: R, columns: &Columns) -> Result<Self, TraceError> {
        // What is written here is read as it is; people put spaces behind commas.
        let trim = if *columns == Columns::own() { csv::Trim::None } else { csv::Trim::All };
        let mut reader = csv::ReaderBuilder::new().trim(trim).buffer_capacity(BUFFER).from_reader(Lines::of(reader));
        let names = reader.byte_headers().map_err(|error| csv_error(file, &error))?;
        let header = Header::find(names, columns, file)?;
        let (file, columns) = (file.to_owned(), columns.clone());
        Ok(Self { file, reader, header, columns, record: csv::ByteRecord::new(), names: Names::default() })
    }

    fn read(&self, row: &mut Row, names: &mut Names) -> Result<(), TraceError> {
        row.at_us = self.time()?;
        self.read_names(row, names)?;
        row.outcome = self.outcome()?;
        row.usage = self.usage()?;
        row.max_tokens = self.optional(self.header.max_tokens, Self::tokens)?;
        row.truncated = self.optional(self.header.truncated, Self::truncated)?.unwrap_or(false);
        row.ttft_us = self.optional(self.header.ttft_us, Self::micros)?;
        row.latency_us = self.optional(self.header.latency_us, Self::micros)?;
        self.read_blocks(row)
    }

    fn time(&self) -> Result<i64, TraceError> {
        let column = self.header.time;
        let read = time::parse(self.text(column)?, self.columns.time_format);
        read.map_err(|message| self.column_error(column, &message))
    }

    fn read_names(&self, row: &mut Row, names: &mut Names) -> Result<(), TraceError> {
        let header = &self.header;
        for (column, name) in [
            (header.app, &mut row.app),
            (header.account, &mut row.account),
            (header.model, &mut row.model),
            (header.region, &mut row.region),
            (header.ran_in, &mut row.ran_in),
            (header.tier, &mut row.tier),
            (header.session, &mut row.session),
        ] {
            let text = column.map_or(Ok(""), |column| self.text(column))?;
            if name.as_deref().unwrap_or_default() != text {
                *name = names.name(text);
            }
        }
        let id = header.request_id.map_or(Ok(""), |column| self.text(column))?;
        row.request_id = (!id.is_empty()).then(|| id.into());
        Ok(())
    }

    fn outcome(&self) -> Result<Outcome, TraceError> {
        let read = |reader: &Self, column| {
            let text = reader.text(column)?;
            let found = Outcome::ALL.into_iter().find(|outcome| outcome.name() == text);
            found.ok_or_else(|| {
                let known = Outcome::ALL.map(|outcome| format!("`{}`", outcome.name())).join(", ");
                reader.column_error(column, &format!("`{}` is none of {known}", text.escape_debug()))
            })
        };
        Ok(self.optional(self.header.outcome, read)?.unwrap_or_default())
    }

    /// The classes are disjoint and sum to the input, however the file counts.
    fn usage(&self) -> Result<Usage, TraceError> {
        let (input, output) = (self.tokens(self.header.input)?, self.tokens(self.header.output)?);
        let of_cache = |column| self.optional(column, Self::tokens).map(|tokens| u64::from(tokens.unwrap_or(0)));
        let cache_read = of_cache(self.header.cache_read)?;
        let cache_write_5m = of_cache(self.header.cache_write_5m)?;
        let cache_write_1h = of_cache(self.header.cache_write_1h)?;
        let cached = cache_read + cache_write_5m + cache_write_1h;
        let input = u64::from(input);
        let uncached_input = if self.columns.input_includes_cache {
            let less = || format!("{input} tokens, and {cached} of them were read from the cache or written to it");
            input.checked_sub(cached).ok_or_else(|| self.column_error(self.header.input, &less()))?
        } else {
            input
        };
        let usage = Usage { uncached_input, cache_read, cache_write_5m, cache_write_1h, output: output.into() };
        if usage.total_input() >= Tokens::MAX_PER_CALL.0 {
            let message = format!("{} tokens with what was cached; that is not below 2^31", usage.total_input());
            return Err(self.column_error(self.header.input, &message));
        }
        Ok(usage)
    }

    fn read_blocks(&self, row: &mut Row) -> Result<(), TraceError> {
        row.blocks.tokens = 0;
        row.blocks.ids.clear();
        let Some(column) = self.header.blocks else { return Ok(()) };
        let tokens = match self.columns.block_tokens {
            BlockTokens::Fixed(tokens) => tokens,
            BlockTokens::Column(_) => self.optional(self.header.block_tokens, Self::tokens)?.unwrap_or(0),
        };
        let read = blocks::read(self.text(column)?, tokens, row.usage.total_input(), &mut row.blocks.ids);
        read.map_err(|message| self.column_error(column, &message))?;
        if !row.blocks.ids.is_empty() {
            row.blocks.tokens = tokens;
        }
        Ok(())
    }

    /// What a cell says; nothing when it is empty, or there is no such column.
    fn optional<T>(
        &self,
        column: Option<usize>,
        read: impl FnOnce(&Self, usize) -> Result<T, TraceError>,
    ) -> Result<Option<T>, TraceError> {
        column.filter(|column| !self.record[*column].is_empty()).map(|column| read(self, column)).transpose()
    }

    fn tokens(&self, column: usize) -> Result<u32, TraceError> {
        let text = self.text(column)?;
        let count: Result<u64, _> = text.parse();
        match count {
            Ok(count) if count < Tokens::MAX_PER_CALL.0 => Ok(count as u32),
            Ok(_) => Err(self.column_error(column, &format!("`{}` is not below 2^31", text.escape_debug()))),
            Err(_) => {
                Err(self.column_error(column, &format!("`{}` is not a whole number of tokens", text.escape_debug())))
            }
        }
    }

    fn micros(&self, column: usize) -> Result<u64, TraceError> {
        let text = self.text(column)?;
        let wrong = || self.column_error(column, &format!("`{}` is not whole microseconds", text.escape_debug()));
        text.parse().map_err(|_| wrong())
    }

    fn truncated(&self, column: usize) -> Result<bool, TraceError> {
        let text = self.text(column)?;
        let wrong = || self.column_error(column, &format!("`{}` is neither `true` nor `false`", text.escape_debug()));
        text.parse().map_err(|_| wrong())
    }

    fn text(&self, column: usize) -> Result<&str, TraceError> {
        std::str::from_utf8(&self.record[column]).map_err(|_| self.error("this line is not UTF-8 text".to_owned()))
    }

    fn column_error(&self, column: usize, message: &str) -> TraceError {
        self.error(format!("column `{}`: {message}", self.header.name(column)))
    }

    fn error(&self, message: String) -> TraceError {
        TraceError { file: self.file.clone(), line: self.record.position().map(csv::Position::line), message }
    }
}

impl<R: Read> Reader<R> {
    /// Overwrites `row` with the next one; false at the end.
    ///
    /// # Errors
    /// When a cell cannot be what its column means.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        if !self.reader.read_byte_record(&mut self.record).map_err(|error| csv_error(&self.file, &error))? {
            return Ok(false);
        }
        let mut names = std::mem::take(&mut self.names);
        let read = self.read(row, &mut names);
        self.names = names;
        read.map(|()| true)
    }
}

impl<R: Read + Send> Rows for Reader<R> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        self.next(row)
    }

    fn line(&self) -> Option<u64> {
        self.record.position().map(csv::Position::line)
    }
}

fn csv_error(file: &str, error: &csv::Error) -> TraceError {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this line has {len} columns, the header has {expected_len}")
        }
        csv::ErrorKind::Io(error) => format!("cannot be read: {error}"),
        _ => error.to_string(),
    };
    TraceError { file: file.to_owned(), line, message }
}
