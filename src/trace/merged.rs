//! Several streams of rows as one.

use super::{Row, Rows, TraceError};
use std::cmp::Ordering;
use std::collections::VecDeque;

/// Several streams as one in order of time, if each is; rows of one time come in the order of the streams.
pub struct Merged {
    streams: Vec<Box<dyn Rows>>,
    /// The next row of each stream.
    heads: Vec<Row>,
    /// Streams whose next row has to be read.
    due: Vec<usize>,
    /// The other streams that are not over, by their next row.
    waiting: VecDeque<usize>,
    compare: fn(&Row, &Row) -> Ordering,
}

impl Merged {
    /// Merges streams by time.
    #[must_use]
    pub fn of(streams: Vec<Box<dyn Rows>>) -> Self {
        Self::by(|a, b| a.at_us.cmp(&b.at_us), streams)
    }

    /// Merges streams that are in another order.
    pub(super) fn by(compare: fn(&Row, &Row) -> Ordering, streams: Vec<Box<dyn Rows>>) -> Self {
        let heads = streams.iter().map(|_| Row::default()).collect();
        Self { due: (0..streams.len()).collect(), streams, heads, waiting: VecDeque::new(), compare }
    }

    fn wait(&mut self, stream: usize) {
        let before = |other: &usize| {
            let order = (self.compare)(&self.heads[*other], &self.heads[stream]);
            order.then(other.cmp(&stream)).is_lt()
        };
        self.waiting.insert(self.waiting.partition_point(before), stream);
    }
}

impl Rows for Merged {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        while let Some(stream) = self.due.pop() {
            if self.streams[stream].next_row(&mut self.heads[stream])? {
                self.wait(stream);
            }
        }
        let Some(first) = self.waiting.pop_front() else { return Ok(false) };
        std::mem::swap(row, &mut self.heads[first]);
        self.due.push(first);
        Ok(true)
    }
}
