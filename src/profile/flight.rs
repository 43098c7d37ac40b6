//! How many calls are in flight at once, by their recorded latency.

use crate::trace::Row;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many calls are in flight at once. A call with a recorded latency is in flight for so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flight {
    /// Calls whose latency was recorded.
    pub calls: u64,
    /// The sum of their latencies, in microseconds.
    pub latency_us: u128,
    /// From the first of them being sent to the last of them being answered, in microseconds.
    pub span_us: u64,
    /// The most at once.
    pub peak: u64,
    /// When that was first so, in microseconds of Unix time.
    pub peak_at_us: i64,
}

impl Flight {
    /// How many are in flight on average: by Little's law, their latencies over the time. Nothing without any time.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.span_us > 0).then(|| self.latency_us as f64 / self.span_us as f64)
    }
}

/// As large as what is in flight.
#[derive(Debug, Clone, Default)]
pub(super) struct InFlight {
    ends_us: BinaryHeap<Reverse<i64>>,
    first_us: Option<i64>,
    last_end_us: i64,
    found: Flight,
}

impl InFlight {
    pub(super) fn take(&mut self, row: &Row) {
        let Some(latency_us) = row.latency_us.filter(|us| *us > 0) else { return };
        while self.ends_us.peek().is_some_and(|Reverse(end)| *end <= row.at_us) {
            self.ends_us.pop();
        }
        let end_us = row.at_us.saturating_add_unsigned(latency_us);
        self.ends_us.push(Reverse(end_us));
        let first = *self.first_us.get_or_insert(row.at_us);
        self.last_end_us = self.last_end_us.max(end_us).max(first);
        self.found.calls += 1;
        self.found.latency_us += u128::from(latency_us);
        self.found.span_us = self.last_end_us.abs_diff(first);
        if self.ends_us.len() as u64 > self.found.peak {
            self.found.peak = self.ends_us.len() as u64;
            self.found.peak_at_us = row.at_us;
        }
    }

    pub(super) fn done(self) -> Flight {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(calls: &[(i64, u64)]) -> Flight {
        let mut flight = InFlight::default();
        for (at_us, latency_us) in calls {
            flight.take(&Row { at_us: *at_us, latency_us: Some(*latency_us), ..Row::default() });
        }
        flight.done()
    }

    /// Two in flight from 5 to 10 and one from 10 to 15: 15 by 15.
    #[test]
    fn the_mean_is_littles_law_and_a_call_that_ends_makes_room_for_one_that_begins() {
        let found = of(&[(0, 10), (5, 5), (10, 5), (12, 0)]);
        assert_eq!((found.calls, found.peak, found.peak_at_us, found.span_us), (3, 2, 5, 15));
        assert_eq!(found.mean(), Some(20.0 / 15.0));
    }

    #[test]
    fn without_latencies_nothing_is_known() {
        assert_eq!(of(&[]).mean(), None);
    }
}
