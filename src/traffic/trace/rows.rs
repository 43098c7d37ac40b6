//! The rows of a trace that are one application's, as a stream.

use super::blocks;
use super::lines::Lines;
use super::sessions::Sessions;
use super::time;
use crate::bedrock::cache::Prefix;
use crate::plan::Trace;
use crate::trace::TraceError;
use crate::units::Tokens;
use std::io::Read;

/// One call as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Microseconds since the first row of the file; negative only where a file is still to be sorted.
    pub(super) at_us: i64,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) max_tokens: Option<u32>,
    /// What of the input is to be cached.
    pub(super) prefix: Option<Prefix>,
    /// The number of its session, where sessions are told apart.
    pub(super) session: Option<u32>,
}

/// A stream of rows.
pub(super) struct Rows<R> {
    reader: csv::Reader<Lines<R>>,
    record: csv::ByteRecord,
    trace: Trace,
    app: String,
    columns: Columns,
    /// Keeps the blocks of different files apart.
    label: u64,
    sessions: Sessions,
    first_us: Option<i64>,
    last_us: i64,
    earliest_us: i64,
}

struct Columns {
    time: usize,
    input: usize,
    output: usize,
    max_tokens: Option<usize>,
    app: Option<usize>,
    session: Option<usize>,
    blocks: Option<usize>,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(reader: R, trace: &Trace, app: &str) -> Result<Self, TraceError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(Lines::of(reader));
        let header = reader.byte_headers().map_err(|error| csv_error(trace, &error))?.clone();
        let columns = Columns::find(&header, trace)?;
        let (record, app) = (csv::ByteRecord::new(), app.to_owned());
        let (last_us, earliest_us) = (i64::MIN, i64::MAX);
        let label = blocks::label(&trace.file);
        let (trace, sessions) = (trace.clone(), Sessions::default());
        Ok(Self { reader, record, trace, app, columns, label, sessions, first_us: None, last_us, earliest_us })
    }

    /// The next row of this application; rows of others are checked for their time only.
    pub(super) fn next_row(&mut self) -> Result<Option<Row>, TraceError> {
        loop {
            if !self.reader.read_byte_record(&mut self.record).map_err(|error| csv_error(&self.trace, &error))? {
                return Ok(None);
            }
            let at_us = self.time()?;
            let first_us = *self.first_us.get_or_insert(at_us);
            if self.columns.app.is_none_or(|column| self.record[column] == *self.app.as_bytes()) {
                return self.row(at_us - first_us).map(Some);
            }
        }
    }

    /// From the earliest row read so far, whichever application's, to the first row of the file.
    pub(super) fn first_after_earliest_us(&self) -> i64 {
        self.first_us.map_or(0, |first_us| first_us - self.earliest_us)
    }

    fn time(&mut self) -> Result<i64, TraceError> {
        let at_us = time::parse(self.text(self.columns.time)?, self.trace.time_format)
            .map_err(|message| self.error(format!("column `{}`: {message}", self.trace.time)))?;
        if at_us < self.last_us && !self.trace.sort {
            return Err(self.error("the time goes backwards; add `sort: true` to the trace to read it all and sort it"));
        }
        self.last_us = at_us;
        self.earliest_us = self.earliest_us.min(at_us);
        Ok(at_us)
    }

    fn row(&mut self, at_us: i64) -> Result<Row, TraceError> {
        let max_tokens = match self.columns.max_tokens {
            Some(column) if !self.record[column].is_empty() => Some(self.tokens(column)?),
            _ => None,
        };
        let (input, output) = (self.tokens(self.columns.input)?, self.tokens(self.columns.output)?);
        let prefix = self.prefix(input)?;
        let session = self.session()?;
        Ok(Row { at_us, input, output, max_tokens, prefix, session })
    }

    fn session(&mut self) -> Result<Option<u32>, TraceError> {
        let Some(column) = self.columns.session else { return Ok(None) };
        let number = self.sessions.number(&self.record[column]);
        number.map(Some).map_err(|message| {
            let name = self.trace.session.as_deref().unwrap_or_default();
            self.error(format!("column `{name}`: {message}"))
        })
    }

    /// What is to be cached of a call with so much input, of its blocks.
    fn prefix(&self, input: u32) -> Result<Option<Prefix>, TraceError> {
        let (Some(column), Some(blocks)) = (self.columns.blocks, &self.trace.blocks) else { return Ok(None) };
        let read = blocks::prefix(self.text(column)?, blocks, self.label, input);
        read.map_err(|message| self.error(format!("column `{}`: {message}", blocks.column)))
    }

    fn tokens(&self, column: usize) -> Result<u32, TraceError> {
        let text = self.text(column)?;
        let count: Result<u64, _> = text.parse();
        let name = || self.reader_column(column);
        match count {
            Ok(count) if count < Tokens::MAX_PER_CALL.0 => Ok(count as u32),
            Ok(_) => Err(self.error(format!("column `{}`: `{}` is not below 2^31", name(), text.escape_debug()))),
            Err(_) => {
                let text = text.escape_debug();
                Err(self.error(format!("column `{}`: `{text}` is not a whole number of tokens", name())))
            }
        }
    }

    fn reader_column(&self, column: usize) -> &str {
        let Columns { input, output, .. } = self.columns;
        let Trace { input: input_name, output: output_name, max_tokens, .. } = &self.trace;
        if column == input {
            input_name
        } else if column == output {
            output_name
        } else {
            max_tokens.as_deref().unwrap_or_default()
        }
    }

    fn text(&self, column: usize) -> Result<&str, TraceError> {
        std::str::from_utf8(&self.record[column]).map_err(|_| self.error("this line is not UTF-8 text"))
    }

    fn error(&self, message: impl Into<String>) -> TraceError {
        let line = self.record.position().map(csv::Position::line);
        TraceError { file: self.trace.file.clone(), line, message: message.into() }
    }
}

impl Columns {
    fn find(header: &csv::ByteRecord, trace: &Trace) -> Result<Self, TraceError> {
        let refused = |message: String| TraceError { file: trace.file.clone(), line: Some(1), message };
        let names: Result<Vec<_>, _> = header.iter().map(std::str::from_utf8).collect();
        let names = names.map_err(|_| refused("this is not a text file (UTF-8); a trace is a CSV file".to_owned()))?;
        let find = |wanted: &str| {
            let mut found = names.iter().zip(0..).filter(|(name, _)| **name == wanted).map(|(_, at)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => Ok(at),
                (Some(_), Some(_)) => Err(refused(format!("there are two columns `{wanted}`; rename one of them"))),
                (None, _) => Err(refused(format!("there is no column `{wanted}`; the columns are {}", list(&names)))),
            }
        };
        let optional = |wanted: &Option<String>| wanted.as_deref().map(find).transpose();
        Ok(Self {
            time: find(&trace.time)?,
            input: find(&trace.input)?,
            output: find(&trace.output)?,
            max_tokens: optional(&trace.max_tokens)?,
            app: optional(&trace.app)?,
            session: optional(&trace.session)?,
            blocks: trace.blocks.as_ref().map(|blocks| find(&blocks.column)).transpose()?,
        })
    }
}

fn list(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(20).map(|name| format!("`{}`", name.escape_debug())).collect();
    if shown.is_empty() { "none: the file is empty".to_owned() } else { shown.join(", ") }
}

fn csv_error(trace: &Trace, error: &csv::Error) -> TraceError {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this line has {len} columns, the header has {expected_len}")
        }
        csv::ErrorKind::Io(error) => format!("cannot be read: {error}"),
        _ => error.to_string(),
    };
    TraceError { file: trace.file.clone(), line, message }
}
