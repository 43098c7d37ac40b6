//! Recordings one after the other.

use crate::trace::{Recording, Row, Rows, TraceError};
use std::sync::Arc;

/// Recordings one after the other: each begins a microsecond after the last row of the one before. The first keeps its
/// times.
pub struct Spliced {
    recordings: Vec<Arc<dyn Recording>>,
}

impl Spliced {
    /// Recordings in their order.
    #[must_use]
    pub fn new(recordings: Vec<Arc<dyn Recording>>) -> Self {
        Self { recordings }
    }
}

impl Recording for Spliced {
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError> {
        match self.recordings.as_slice() {
            [only] => only.rows(),
            _ => Ok(Box::new(OneByOne {
                left: self.recordings.clone().into_iter(),
                rows: None,
                last_us: None,
                by_us: None,
            })),
        }
    }

    fn rows_from(&self, at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        match self.recordings.as_slice() {
            [only] => only.rows_from(at_us),
            _ => self.rows(),
        }
    }

    fn span(&self) -> Result<Option<(i64, i64)>, TraceError> {
        let mut whole: Option<(i64, i64)> = None;
        for recording in &self.recordings {
            let Some((first, last)) = recording.span()? else { continue };
            whole = Some(match whole {
                None => (first, last),
                Some((begins, ends)) => (begins, ends.saturating_add(1).saturating_add(last - first)),
            });
        }
        Ok(whole)
    }

    fn file(&self) -> &str {
        self.recordings.first().map_or("", |recording| recording.file())
    }
}

struct OneByOne {
    left: std::vec::IntoIter<Arc<dyn Recording>>,
    rows: Option<Box<dyn Rows>>,
    /// Of all rows so far.
    last_us: Option<i64>,
    /// How much later the rows of this recording happen; nothing before its first.
    by_us: Option<i64>,
}

impl Rows for OneByOne {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        loop {
            let Some(rows) = &mut self.rows else {
                let Some(next) = self.left.next() else { return Ok(false) };
                (self.rows, self.by_us) = (Some(next.rows()?), None);
                continue;
            };
            if !rows.next_row(row)? {
                self.rows = None;
                continue;
            }
            let begins = self.last_us.map_or(row.at_us, |last| last.saturating_add(1));
            let by_us = *self.by_us.get_or_insert(begins - row.at_us);
            row.at_us = row.at_us.saturating_add(by_us);
            self.last_us = Some(row.at_us);
            return Ok(true);
        }
    }

    fn line(&self) -> Option<u64> {
        self.rows.as_ref().and_then(|rows| rows.line())
    }
}
