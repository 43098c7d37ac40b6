//! Recordings that are read more than once.

use super::{Random, Row, Rows, TraceError};
use std::io::{self, Read};
use std::sync::Arc;

/// A recording that can be read as often as one likes.
pub trait Recording: Send + Sync {
    /// Its rows from the first one on, in order of time.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError>;

    /// The same, where rows before an instant need not come.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn rows_from(&self, _at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        self.rows()
    }

    /// The times of its first row and of its last one; nothing when it has none.
    ///
    /// # Errors
    /// When it cannot be read.
    fn span(&self) -> Result<Option<(i64, i64)>, TraceError> {
        span_of(self.rows()?)
    }

    /// What people call it.
    fn file(&self) -> &str;
}

/// The times of the first row and of the last one; nothing when there is none.
///
/// # Errors
/// When they cannot be read.
pub fn span_of(mut rows: impl Rows) -> Result<Option<(i64, i64)>, TraceError> {
    let (mut row, mut span) = (Row::default(), None);
    while rows.next_row(&mut row)? {
        let (first, _) = span.unwrap_or((row.at_us, row.at_us));
        span = Some((first, row.at_us));
    }
    Ok(span)
}

/// Bytes that are read from their beginning on, by one of several readers.
pub struct FromStart {
    bytes: Arc<dyn Random>,
    at: u64,
}

impl FromStart {
    /// The first byte is read next.
    #[must_use]
    pub fn of(bytes: Arc<dyn Random>) -> Self {
        Self::at(bytes, 0)
    }

    /// The byte at `offset` is read next.
    #[must_use]
    pub fn at(bytes: Arc<dyn Random>, offset: u64) -> Self {
        Self { bytes, at: offset }
    }
}

impl Read for FromStart {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.bytes.size().saturating_sub(self.at);
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        self.bytes.read_at(self.at, &mut buffer[..count])?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_of_the_same_bytes_are_at_their_own_places() {
        let bytes: Arc<dyn Random> = Arc::new((0..100_u8).collect::<Vec<_>>());
        let (mut one, mut other, mut part) = (FromStart::of(Arc::clone(&bytes)), FromStart::of(bytes), [0; 30]);
        one.read_exact(&mut part).unwrap();
        other.read_exact(&mut part[..1]).unwrap();
        assert_eq!(part[..3], [0, 1, 2]);
        let mut rest = Vec::new();
        one.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, (30..100).collect::<Vec<u8>>());
    }
}
