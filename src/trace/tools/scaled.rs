//! Calls that happen more often than they did.

use super::kept::falls_below;
use crate::rng::Stream;
use crate::trace::{Name, Row, Rows, TraceError};
use crate::units::Ratio;
use std::collections::BTreeMap;

/// Copies happen within so long after the call: a minute.
const WITHIN_US: u64 = 60_000_000;

/// Draws that one call may need: one for each copy, and one for the part of a copy.
const LANES: u64 = 1_024;

/// Each call happens so often: once when it did, and again at drawn places within the minute after. A session is copied
/// as a whole, under a name of its own.
pub(super) struct Scaled {
    rows: Box<dyn Rows>,
    scale: Ratio,
    seed: u64,
    stream: Stream,
    /// The row that comes next from `rows`, when it is known.
    next: Option<(Row, Option<u64>)>,
    /// Rows that were read.
    read: u64,
    is_over: bool,
    /// By time, then in the order of the rows they are of.
    waiting: BTreeMap<(i64, u64, u64), (Row, Option<u64>)>,
    line: Option<u64>,
}

impl Scaled {
    pub(super) fn new(rows: Box<dyn Rows>, scale: Ratio, seed: u64) -> Self {
        let stream = Stream::with_key(Stream::new(seed, "scale").draw(0, 0), LANES);
        let (next, read, is_over, waiting, line) = (None, 0, false, BTreeMap::new(), None);
        Self { rows, scale, seed, stream, next, read, is_over, waiting, line }
    }

    fn peek(&mut self) -> Result<Option<i64>, TraceError> {
        if self.next.is_none() && !self.is_over {
            let mut row = Row::default();
            self.is_over = !self.rows.next_row(&mut row)?;
            self.next = (!self.is_over).then(|| (row, self.rows.line()));
        }
        Ok(self.next.as_ref().map(|(row, _)| row.at_us))
    }

    /// Files the copies of the next row.
    fn copy(&mut self) {
        let Some((row, line)) = self.next.take() else { return };
        let of_session = row.session.as_ref().map(|name| Stream::new(self.seed, &format!("scale {name}")));
        let draw = |copy| match &of_session {
            Some(stream) => stream.draw(copy, 0),
            None => self.stream.draw(self.read, copy),
        };
        let (whole, rest) = (self.scale.numerator() / self.scale.denominator(), rest(self.scale));
        let count = whole + u64::from(rest.is_some_and(|rest| falls_below(draw(0), rest)));
        for copy in 0..count {
            let later = if copy == 0 { 0 } else { (u128::from(draw(copy)) * u128::from(WITHIN_US)) >> 64 };
            let at_us = row.at_us.saturating_add(later as i64);
            let copied = if copy == 0 { row.clone() } else { renamed(&row, at_us, copy + 1) };
            self.waiting.insert((at_us, self.read, copy), (copied, line));
        }
        self.read += 1;
    }
}

/// What is above a whole number.
fn rest(scale: Ratio) -> Option<Ratio> {
    Ratio::new(scale.numerator() % scale.denominator(), scale.denominator()).filter(|rest| *rest > Ratio::ZERO)
}

fn renamed(row: &Row, at_us: i64, copy: u64) -> Row {
    let name = |name: &Name| name.as_ref().map(|name| format!("{name}~{copy}").into());
    Row { at_us, session: name(&row.session), request_id: name(&row.request_id), ..row.clone() }
}

impl Rows for Scaled {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        loop {
            let waiting = self.waiting.first_key_value().map(|((at_us, ..), _)| *at_us);
            match (waiting, self.peek()?) {
                (None, None) => return Ok(false),
                (None, Some(_)) => self.copy(),
                (Some(waiting), Some(next)) if next < waiting => self.copy(),
                _ => {
                    let Some((_, (first, line))) = self.waiting.pop_first() else { return Ok(false) };
                    (*row, self.line) = (first, line);
                    return Ok(true);
                }
            }
        }
    }

    fn line(&self) -> Option<u64> {
        self.line
    }
}
