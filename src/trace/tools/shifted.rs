//! Rows at other times.

use crate::trace::{Row, Rows, TraceError};

/// Rows that all happen so much later, or earlier.
pub(super) struct Shifted {
    pub(super) rows: Box<dyn Rows>,
    pub(super) by_us: i64,
}

impl Rows for Shifted {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let more = self.rows.next_row(row)?;
        row.at_us = row.at_us.saturating_add(self.by_us);
        Ok(more)
    }

    fn line(&self) -> Option<u64> {
        self.rows.line()
    }
}
