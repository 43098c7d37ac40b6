//! What can be done with a recording before it is replayed or kept.
//!
//! Always in this order, whatever order they are written in: splice, then cut a time out of it or draw its weeks, filter,
//! thin, scale, shift. Each gives rows in order of time when it gets them so, and holds no more than a minute of them.
//! A draw is addressed by the seed and the session, or the place of the row in the recording; so a filter changes no draw.

mod filter;
mod kept;
mod scaled;
mod shifted;
mod spliced;
#[cfg(test)]
mod tests;
mod weeks;

pub use filter::Filter;
pub use spliced::Spliced;
pub use weeks::{WEEK_US, Weeks};

use super::{Recording, Row, Rows, TraceError};
use crate::units::Ratio;
use kept::Kept;
use scaled::Scaled;
use shifted::Shifted;
use std::sync::Arc;

/// What is done with a recording.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tools {
    /// Only these rows.
    pub only: Filter,
    /// Only rows from the first instant on and before the second one, in microseconds of Unix time.
    pub between: Option<(i64, i64)>,
    /// A trace of so many weeks, each drawn from the recorded whole ones.
    pub sample_weeks: Option<u32>,
    /// This share of the calls is kept, of whole sessions where there are any: those of a smaller share are among those
    /// of a larger one.
    pub thin: Option<Ratio>,
    /// Each call happens so often, whole sessions where there are any; at most a thousand times.
    pub scale: Option<Ratio>,
    /// So much later, or earlier.
    pub shift_us: i64,
}

/// Rows as tools leave them.
pub struct Changed {
    /// The rows.
    pub rows: Box<dyn Rows>,
    /// The time of the first row of the recording, whether or not it is left; of drawn weeks, that of the first Monday.
    /// Nothing when the recording has no rows.
    pub begins_us: Option<i64>,
}

/// Recordings one after the other, and what tools leave of them.
///
/// # Errors
/// When a recording cannot be opened, or when weeks are to be drawn and no whole one was recorded.
pub fn change(recordings: Vec<Arc<dyn Recording>>, tools: &Tools, seed: u64) -> Result<Changed, TraceError> {
    let recording: Arc<dyn Recording> = Arc::new(Spliced::new(recordings));
    if let Some(weeks) = tools.sample_weeks {
        let drawn = Weeks::draw(recording, tools.between, weeks, seed)?;
        let begins_us = Some(drawn.begins_us());
        let rest = Tools { between: None, ..tools.clone() };
        return Ok(Changed { rows: apply(Box::new(drawn), &rest, seed), begins_us });
    }
    let rows = Peeked::new(recording.rows()?)?;
    let begins_us = rows.first.as_ref().map(|(row, _)| row.at_us);
    Ok(Changed { rows: apply(Box::new(rows), tools, seed), begins_us })
}

/// What tools leave of rows that are read once: all of them but those that join recordings and draw weeks.
#[must_use]
pub fn apply(rows: Box<dyn Rows>, tools: &Tools, seed: u64) -> Box<dyn Rows> {
    let mut rows = rows;
    if tools.only != Filter::default() || tools.between.is_some() || tools.thin.is_some() {
        rows = Box::new(Kept::new(rows, tools, seed));
    }
    if let Some(scale) = tools.scale {
        rows = Box::new(Scaled::new(rows, scale, seed));
    }
    if tools.shift_us != 0 {
        rows = Box::new(Shifted { rows, by_us: tools.shift_us });
    }
    rows
}

/// Rows of which the first one is known already.
struct Peeked {
    first: Option<(Row, Option<u64>)>,
    rows: Box<dyn Rows>,
    /// Where the first row stands while it is the last that was given.
    line: Option<u64>,
}

impl Peeked {
    fn new(mut rows: Box<dyn Rows>) -> Result<Self, TraceError> {
        let mut row = Row::default();
        let first = rows.next_row(&mut row)?.then(|| (row, rows.line()));
        Ok(Self { first, rows, line: None })
    }
}

impl Rows for Peeked {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        if let Some((first, line)) = self.first.take() {
            (*row, self.line) = (first, line);
            return Ok(true);
        }
        let more = self.rows.next_row(row)?;
        self.line = self.rows.line();
        Ok(more)
    }

    fn line(&self) -> Option<u64> {
        self.line
    }
}
