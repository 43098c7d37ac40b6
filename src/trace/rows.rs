//! Rows as streams: who gives them, and who takes them.

use super::{Row, TraceError};
use std::io;

/// A stream of rows.
pub trait Rows: Send {
    /// Overwrites `row` with the next one; false, and `row` means nothing, at the end.
    ///
    /// # Errors
    /// When the recording cannot be read on. The stream is over then.
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError>;

    /// Where the row that was given last stands in its file: the line, or the number of the row in a file without
    /// lines, counted from one.
    fn line(&self) -> Option<u64> {
        None
    }
}

/// What takes rows.
pub trait Sink {
    /// Takes one row more.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn take(&mut self, row: &Row) -> io::Result<()>;
}

/// Rows that are at hand.
pub struct Given<I>(pub I);

impl<I: Iterator<Item = Row> + Send> Rows for Given<I> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let Some(next) = self.0.next() else { return Ok(false) };
        *row = next;
        Ok(true)
    }
}

impl Rows for Box<dyn Rows> {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        (**self).next_row(row)
    }

    fn line(&self) -> Option<u64> {
        (**self).line()
    }
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        (**self).take(row)
    }
}

impl Sink for Vec<Row> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        self.push(row.clone());
        Ok(())
    }
}
