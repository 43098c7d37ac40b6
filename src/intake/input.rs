//! One file, unpacked, as lines.

use crate::trace::TraceError;
use memchr::memchr;
use std::io::{BufRead, ErrorKind};

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
    /// A line or a value that lies in several pieces of the file.
    pub(super) text: Vec<u8>,
    /// So many bytes at hand are the line that was given out, and are passed when more are read.
    shown: usize,
    /// What a document holds besides its lists.
    pub(super) rest: String,
}

impl<'a> Input<'a> {
    /// A file by name, read from its beginning.
    pub fn new(file: &'a str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self { file, reader, line: 0, line_ends: 0, text: Vec::new(), shown: 0, rest: String::new() }
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
        self.line += 1;
        match memchr(b'\n', self.fill()?) {
            Some(end) => self.shown = end + 1,
            None => self.collect_line()?,
        }
        let at_hand = &self.reader.fill_buf().unwrap_or_default();
        let line = if self.shown > 0 { at_hand.get(..self.shown).unwrap_or_default() } else { &self.text };
        let wrong = |message: &str| wrong(self.file, self.line, message.to_owned());
        if line.is_empty() {
            self.line -= 1;
            return Ok(None);
        }
        if line.len() > LONGEST_LINE {
            return Err(wrong("this line is longer than 16 MiB; a record of a call is not"));
        }
        let text = std::str::from_utf8(line).map_err(|_| wrong("this line is not UTF-8 text"))?;
        let text = text.trim_end_matches(['\n', '\r']);
        Ok(Some(if self.line == 1 { text.trim_start_matches('\u{feff}') } else { text }))
    }

    /// A line that is not at hand as a whole goes into `text`, up to what is too long.
    fn collect_line(&mut self) -> Result<(), TraceError> {
        self.text.clear();
        while self.text.len() <= LONGEST_LINE && !self.fill()?.is_empty() {
            let bytes = self.reader.fill_buf().unwrap_or_default();
            let end = memchr(b'\n', bytes).map(|end| end + 1);
            let count = end.unwrap_or(bytes.len());
            self.text.extend_from_slice(&bytes[..count]);
            self.reader.consume(count);
            if end.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// The bytes at hand: none at the end of the file only. The same are there when asked again before any is passed.
    pub(super) fn fill(&mut self) -> Result<&[u8], TraceError> {
        self.reader.consume(std::mem::take(&mut self.shown));
        let (file, line) = (self.file, self.line);
        let unreadable = |error: std::io::Error| wrong(file, line, format!("cannot be read: {error}"));
        while let Err(error) = self.reader.fill_buf() {
            if error.kind() != ErrorKind::Interrupted {
                return Err(unreadable(error));
            }
        }
        self.reader.fill_buf().map_err(unreadable)
    }

    /// The rest of the file, for formats that are one document and not lines.
    pub fn reader(&mut self) -> &mut dyn BufRead {
        self.reader.consume(std::mem::take(&mut self.shown));
        &mut *self.reader
    }

    /// Something is wrong with the line that was read last, or with the file.
    pub fn error(&self, message: impl Into<String>) -> TraceError {
        wrong(self.file, self.line, message.into())
    }
}

fn wrong(file: &str, line: u64, message: String) -> TraceError {
    TraceError { file: file.to_owned(), line: (line > 0).then_some(line), message }
}
