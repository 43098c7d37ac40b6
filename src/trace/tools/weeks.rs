//! Weeks that are drawn from those that were recorded.

use crate::rng::Stream;
use crate::trace::{Name, Recording, Row, Rows, TraceError};
use std::sync::Arc;

/// A week in microseconds.
pub const WEEK_US: i64 = 7 * 24 * HOUR_US;
const HOUR_US: i64 = 3_600_000_000;

/// A week is whole although nothing was sent in so much of its beginning, or of its end.
const SLACK_US: i64 = HOUR_US;

/// Unix time began on a Thursday: the Monday before, in microseconds.
const MONDAY_US: i64 = -3 * 24 * HOUR_US;

/// Weeks from Monday 00:00 UTC on, one after the other, each drawn from the whole weeks of a recording. The first begins
/// where the first whole week of the recording does.
pub struct Weeks {
    recording: Arc<dyn Recording>,
    between: (i64, i64),
    /// Where the first whole week begins.
    first_us: i64,
    /// The weeks that were drawn, counted from the first whole one.
    drawn: Vec<i64>,
    /// How many of them have begun.
    begun: usize,
    rows: Option<Box<dyn Rows>>,
}

impl Weeks {
    /// Draws so many weeks.
    ///
    /// # Errors
    /// When the recording cannot be read, or no whole week is in it.
    pub fn draw(
        recording: Arc<dyn Recording>,
        between: Option<(i64, i64)>,
        weeks: u32,
        seed: u64,
    ) -> Result<Self, TraceError> {
        let between = between.unwrap_or((i64::MIN, i64::MAX));
        let (first_us, whole) = whole_weeks(&*recording, between)?;
        let stream = Stream::new(seed, "weeks");
        let draw = |week| ((u128::from(stream.draw(week, 0)) * u128::from(whole)) >> 64) as i64;
        let drawn = (0..u64::from(weeks)).map(draw).collect();
        Ok(Self { recording, between, first_us, drawn, begun: 0, rows: None })
    }

    /// Where the first of them begins, in microseconds of Unix time.
    #[must_use]
    pub fn begins_us(&self) -> i64 {
        self.first_us
    }

    /// The week at hand: where it was recorded, where it is now, and how often it came before.
    fn at_hand(&self) -> (i64, i64, usize) {
        let at = self.begun - 1;
        let week = self.drawn[at];
        let before = self.drawn[..at].iter().filter(|other| **other == week).count();
        (self.first_us + week * WEEK_US, self.first_us + at as i64 * WEEK_US, before)
    }

    /// The next row of the week at hand.
    fn of_week(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        let (recorded_us, now_us, before) = self.at_hand();
        let Some(rows) = &mut self.rows else { return Ok(false) };
        while rows.next_row(row)? && row.at_us < recorded_us + WEEK_US {
            if row.at_us < recorded_us || !(self.between.0..self.between.1).contains(&row.at_us) {
                continue;
            }
            row.at_us += now_us - recorded_us;
            if before > 0 {
                let name = |name: &Name| name.as_ref().map(|name| format!("{name}@{}", before + 1).into());
                (row.session, row.request_id) = (name(&row.session), name(&row.request_id));
            }
            return Ok(true);
        }
        Ok(false)
    }
}

/// Where the first whole week begins, and how many there are.
fn whole_weeks(recording: &dyn Recording, between: (i64, i64)) -> Result<(i64, u64), TraceError> {
    let refused = |message: String| TraceError { file: recording.file().to_owned(), line: None, message };
    let Some((first, last)) = recording.span()? else { return Err(refused("the trace has no rows".to_owned())) };
    let (first, last) = (first.max(between.0), last.min(between.1.saturating_sub(1)));
    let first_us = (first - SLACK_US - MONDAY_US + WEEK_US - 1).div_euclid(WEEK_US) * WEEK_US + MONDAY_US;
    match u64::try_from((last + SLACK_US - first_us).div_euclid(WEEK_US)) {
        Ok(whole) if whole > 0 => Ok((first_us, whole)),
        _ => {
            let time = |us| jiff::Timestamp::from_microsecond(us).map_or_else(|_| "?".to_owned(), |at| at.to_string());
            let message = "no whole week to draw from: weeks begin on Monday at 00:00 UTC, and the trace goes from";
            Err(refused(format!("{message} {} to {}", time(first), time(last))))
        }
    }
}

impl Rows for Weeks {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        loop {
            if self.rows.is_some() && self.of_week(row)? {
                return Ok(true);
            }
            if self.begun == self.drawn.len() {
                self.rows = None;
                return Ok(false);
            }
            self.begun += 1;
            let (recorded_us, ..) = self.at_hand();
            self.rows = Some(self.recording.rows_from(recorded_us)?);
        }
    }

    fn line(&self) -> Option<u64> {
        self.rows.as_ref().and_then(|rows| rows.line())
    }
}
