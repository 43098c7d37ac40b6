//! One file, unpacked, as lines.

use crate::trace::TraceError;
use std::io::{BufRead, Read};

/// Longer lines are no records: sixteen mebibytes. Bedrock moves bodies above 100 KB out of its logs.
pub(super) const LONGEST_LINE: usize = 16 << 20;

/// One file, unpacked.
pub struct Input<'a> {
    /// Its name, for people.
    pub file: &'a str,
    pub(super) reader: Box<dyn BufRead + 'a>,
    pub(super) line: u64,
    /// The ends of lines that were passed, where a file is not read as lines.
    pub(super) line_ends: u64,
    pub(super) text: Vec<u8>,
    /// What a document holds besides its lists.
    pub(super) rest: String,
}

impl<'a> Input<'a> {
    /// A file by name, read from its beginning.
    pub fn new(file: &'a str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { file, reader, line: 0, line_ends: 0, text: Vec::new(), rest: String::new() }
    }

    /// The line that was read last, counted from one.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        (self.line > 0).then_some(self.line)
    }

    /// The next line without its end, and without a byte order mark in the first; `None` behind the last.
    ///
    /// # Errors
    /// When it is too long, is not UTF-8, or cannot be read.
    pub fn next_line(&mut self) -> Result<Option<&str>, TraceError> {
        self.text.clear();
        self.line += 1;
        let limit = LONGEST_LINE as u64 + 1;
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.text);
        let read = read.map_err(|error| self.error(format!("cannot be read: {error}")))?;
        if read == 0 {
            self.line -= 1;
            return Ok(None);
        }
        if read > LONGEST_LINE {
            return Err(self.error("this line is longer than 16 MiB; a record of a call is not"));
        }
        let text = std::str::from_utf8(&self.text).map_err(|_| self.error("this line is not UTF-8 text"))?;
        let text = text.trim_end_matches(['\n', '\r']);
        Ok(Some(if self.line == 1 { text.trim_start_matches('\u{feff}') } else { text }))
    }

    /// The rest of the file, for formats that are one document and not lines.
    pub fn reader(&mut self) -> &mut dyn BufRead {
        &mut *self.reader
    }

    /// Something is wrong with the line that was read last, or with the file.
    pub fn error(&self, message: impl Into<String>) -> TraceError {
        TraceError { file: self.file.to_owned(), line: self.line(), message: message.into() }
    }
}
