//! Batch jobs: collected by lane, and run some at a time by model.

use super::serving::Waiting;
use crate::bedrock::batch::{Job, MOST_JOBS, MOST_RECORDS};
use crate::units::{Micros, SimTime};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The open job of one lane.
#[derive(Default)]
pub(super) struct OpenJob {
    pub(super) calls: Vec<Waiting>,
    /// When it is submitted, once it has calls.
    pub(super) closes: Option<SimTime>,
}

/// When the jobs of one model end that are in progress or submitted.
#[derive(Default)]
pub(super) struct Jobs {
    ends: BinaryHeap<Reverse<SimTime>>,
}

impl OpenJob {
    /// Adds a call; the instant at which a job that it opened is submitted.
    pub(super) fn add(&mut self, call: Waiting, job: Job, now: SimTime) -> Option<SimTime> {
        self.calls.push(call);
        if self.closes.is_some() {
            return None;
        }
        let every = job.every.0.max(1);
        self.closes = Some(SimTime((now.0 / every + 1) * every));
        self.closes
    }

    /// It takes no further call.
    pub(super) fn is_full(&self) -> bool {
        self.calls.len() as u64 >= MOST_RECORDS
    }
}

impl Jobs {
    /// Starts a job: now, or when one of those in progress has ended.
    pub(super) fn start(&mut self, now: SimTime, takes: Micros) -> (SimTime, SimTime) {
        while self.ends.peek().is_some_and(|Reverse(end)| *end <= now) {
            self.ends.pop();
        }
        let freed = if self.ends.len() < MOST_JOBS { None } else { self.ends.pop() };
        let begins = freed.map_or(now, |Reverse(end)| end);
        self.ends.push(Reverse(begins + takes));
        (begins, begins + takes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_first_job_waits_for_the_first_to_end() {
        let mut jobs = Jobs::default();
        let hour = Micros::HOUR;
        let starts: Vec<u64> = (0..42).map(|at| jobs.start(SimTime(at), hour).0.0).collect();
        assert_eq!(starts[..20], (0..20).collect::<Vec<_>>());
        assert_eq!((starts[20], starts[39]), (hour.0, hour.0 + 19));
        assert_eq!((starts[40], starts[41]), (2 * hour.0, 2 * hour.0 + 1));
        assert_eq!(jobs.start(SimTime(9 * hour.0), hour).0.0, 9 * hour.0);
    }
}
