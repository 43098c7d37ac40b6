//! A store that is read as often as one likes.

use super::Reader;
use crate::trace::{Random, Recording, Rows, TraceError, span_of};
use std::sync::Arc;

/// A store that is read as often as one likes.
pub struct Stored {
    file: String,
    bytes: Arc<dyn Random>,
}

impl Stored {
    /// The bytes of a store, which people call `file`.
    #[must_use]
    pub fn new(file: &str, bytes: Arc<dyn Random>) -> Self {
        Self { file: file.to_owned(), bytes }
    }

    fn reader(&self) -> Result<Reader, TraceError> {
        Reader::open(&self.file, Arc::clone(&self.bytes))
    }
}

impl Recording for Stored {
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError> {
        Ok(Box::new(self.reader()?))
    }

    fn rows_from(&self, at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        let mut reader = self.reader()?;
        reader.skip_to(at_us);
        Ok(Box::new(reader))
    }

    fn span(&self) -> Result<Option<(i64, i64)>, TraceError> {
        self.reader()?.span().map_or_else(|| span_of(self.rows()?), |span| Ok(Some(span)))
    }

    fn file(&self) -> &str {
        &self.file
    }
}
