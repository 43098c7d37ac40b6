//! What a trace is like: how many calls of which kind, how fast and how evenly they come, how long they are.
//!
//! One pass over the rows in order of time. What is kept does not grow with the calls: counts by kind and by length,
//! sums, and the period at hand. Does not know where rows come from, what they cost, nor how a profile is shown.

mod correlation;
mod distribution;
mod flight;
mod gaps;
mod group;
mod meter;
mod minutes;
mod rates;
mod reuse;
mod sessions;
mod shape;
pub mod survival;
mod timeline;

pub use correlation::Correlation;
pub use distribution::Distribution;
pub use flight::Flight;
pub use gaps::Gap;
pub use group::{Group, Groups, Kind};
pub use meter::Peak;
pub use rates::{Rates, Windows};
pub use reuse::Reusable;
pub use sessions::Sessions;
pub use shape::{Shape, Strength};
pub use timeline::{Step, Timeline};

use crate::trace::{Name, Row, Rows, TraceError};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What a trace is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Calls by application, model, Region and tier.
    pub groups: Groups,
    /// All of them.
    pub all: Group,
    /// How fast they come.
    pub rates: Rates,
    /// The minute of UTC of each model with the most tokens, but for those read from the cache.
    pub busiest_of_models: BTreeMap<Name, Peak>,
    /// Traffic over time.
    pub timeline: Timeline,
    /// How they follow the hours.
    pub shape: Shape,
    /// The longest times without any, and all outages, the longest first.
    pub gaps: Vec<Gap>,
    /// Whether long inputs get long answers.
    pub correlation: Correlation,
    /// How much of the input a prompt cache could read.
    pub reuse: Reusable,
    /// How many are in flight at once.
    pub flight: Flight,
    /// The sessions that they belong to.
    pub sessions: Sessions,
}

/// What is kept while rows come.
struct Pass {
    groups: Groups,
    rates: rates::Meter,
    minutes: minutes::Minutes,
    timeline: Timeline,
    hours: shape::Hours,
    gaps: gaps::Longest,
    pairs: correlation::Pairs,
    caches: reuse::Caches,
    in_flight: flight::InFlight,
    sessions: sessions::Open,
}

impl Profile {
    /// Reads all rows of a trace, which is called `file` where something is wrong with it; hours are those of `zone`.
    ///
    /// # Errors
    /// When a row cannot be read, or is earlier than the one before it.
    pub fn of(file: &str, rows: &mut dyn Rows, zone: &TimeZone) -> Result<Self, TraceError> {
        let mut pass = Pass::new(zone);
        let (mut row, mut number, mut last_us) = (Row::default(), 0, i64::MIN);
        while rows.next_row(&mut row)? {
            number += 1;
            if row.at_us < last_us {
                return Err(out_of_order(file, number));
            }
            last_us = row.at_us;
            pass.take(&row);
        }
        Ok(pass.done())
    }
}

impl Pass {
    fn new(zone: &TimeZone) -> Self {
        Self {
            groups: Groups::default(),
            rates: rates::Meter::default(),
            minutes: minutes::Minutes::default(),
            timeline: Timeline::default(),
            hours: shape::Hours::new(zone),
            gaps: gaps::Longest::default(),
            pairs: correlation::Pairs::default(),
            caches: reuse::Caches::default(),
            in_flight: flight::InFlight::default(),
            sessions: sessions::Open::default(),
        }
    }

    fn take(&mut self, row: &Row) {
        self.groups.take(row);
        self.rates.take(row);
        self.minutes.take(row);
        self.timeline.take(row);
        self.hours.take(row.at_us);
        self.gaps.take(row.at_us);
        self.pairs.take(row);
        self.caches.take(row);
        self.in_flight.take(row);
        self.sessions.take(row);
    }

    fn done(self) -> Profile {
        let (shape, rates) = (self.hours.done(), self.rates.done());
        let of_minutes = rates.windows.last().and_then(|windows| windows.dispersion);
        Profile {
            all: self.groups.all(),
            groups: self.groups,
            rates,
            busiest_of_models: self.minutes.done(),
            timeline: self.timeline,
            gaps: self.gaps.done(&shape, of_minutes),
            shape,
            correlation: self.pairs.done(),
            reuse: self.caches.done(),
            flight: self.in_flight.done(),
            sessions: self.sessions.done(),
        }
    }
}

fn out_of_order(file: &str, line: u64) -> TraceError {
    let message = "this row is earlier than the one before it; a profile wants rows in order of time".to_owned();
    TraceError { file: file.to_owned(), line: Some(line), message }
}
