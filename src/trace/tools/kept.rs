//! Rows of which some are left out: by time, by what they say, by draw.

use super::{Filter, Tools};
use crate::rng::Stream;
use crate::trace::{Row, Rows, TraceError};
use crate::units::Ratio;

/// Rows of which some are left out.
pub(super) struct Kept {
    rows: Box<dyn Rows>,
    only: Filter,
    between: (i64, i64),
    share: Option<Ratio>,
    seed: u64,
    stream: Stream,
    /// Rows that were read.
    read: u64,
}

impl Kept {
    pub(super) fn new(rows: Box<dyn Rows>, tools: &Tools, seed: u64) -> Self {
        Self {
            rows,
            only: tools.only.clone(),
            between: tools.between.unwrap_or((i64::MIN, i64::MAX)),
            share: tools.thin,
            seed,
            stream: Stream::new(seed, "thin"),
            read: 0,
        }
    }

    /// All calls of a session are kept, or none.
    fn is_drawn(&self, share: Ratio, row: &Row) -> bool {
        let draw = match &row.session {
            Some(session) => Stream::new(self.seed, &format!("thin {session}")).draw(0, 0),
            None => self.stream.draw(self.read, 0),
        };
        falls_below(draw, share)
    }
}

/// A draw of 2^64 falls into a share of them.
pub(super) fn falls_below(draw: u64, share: Ratio) -> bool {
    u128::from(draw) * u128::from(share.denominator()) < u128::from(share.numerator()) << 64
}

impl Rows for Kept {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let (from_us, until_us) = self.between;
        while self.rows.next_row(row)? {
            self.read += 1;
            let is_meant = (from_us..until_us).contains(&row.at_us) && self.only.takes(row);
            if is_meant && self.share.is_none_or(|share| self.is_drawn(share, row)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn line(&self) -> Option<u64> {
        self.rows.line()
    }
}
