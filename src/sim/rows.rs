//! What is known of a run: counts by minute, durations, and their sums.

use super::{LongRow, RetryRow, Tasks};
use crate::bedrock::cache::Reuse;
use crate::bedrock::quota::Held;
use crate::bedrock::usage::Usage;
use crate::histogram::{Durations, Histogram};
use crate::units::{Micros, SimTime};
use std::ops::AddAssign;

/// One application in one minute of UTC, or one of its lanes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MinuteRow {
    /// Calls that were first sent.
    pub arrivals: u32,
    /// Attempts that were made.
    pub attempts: u32,
    /// Attempts that were refused with 429.
    pub throttled: u32,
    /// Attempts that the fleet refused with 503.
    pub unavailable: u32,
    /// Attempts that found no room here and went on to the next lane at once.
    pub spilled: u32,
    /// Calls whose last attempt was refused.
    pub gave_up: u32,
    /// Calls that were answered.
    pub served: u32,
    /// Answers that were cut at `max_tokens`.
    pub truncated: u32,
    /// Tokens that attempts asked for, refused ones included.
    pub offered: u64,
    /// Tokens that admissions reserved.
    pub reserved: u64,
    /// Tokens that settlements charged to the quota.
    pub charged: u64,
    /// Tokens of answered calls.
    pub usage: Usage,
}

impl AddAssign for MinuteRow {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.attempts += other.attempts;
        self.throttled += other.throttled;
        self.unavailable += other.unavailable;
        self.spilled += other.spilled;
        self.gave_up += other.gave_up;
        self.served += other.served;
        self.truncated += other.truncated;
        self.offered += other.offered;
        self.reserved += other.reserved;
        self.charged += other.charged;
        self.usage += other.usage;
    }
}

/// One application over the whole run, or one of its lanes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppRecord {
    /// One row a minute of UTC, the first being the minute of the scenario's start.
    pub minutes: Vec<MinuteRow>,
    /// To the first token.
    pub ttft: Durations,
    /// To the last token.
    pub e2e: Durations,
    /// From first sending to admission.
    pub wait: Histogram,
    /// Calls that were refused at least once.
    pub calls_throttled: u64,
    /// Attempts that the shared fleet throttled although quota was left.
    pub throttled_by_fleet: u64,
    /// The largest input of a call.
    pub max_input: u32,
    /// The longest answer.
    pub max_output: u32,
    /// Calls by the Region that they ran in, in the order of the lane's destinations; empty with one.
    pub executed: Vec<u64>,
    /// What its prompts had in common, and how long ago.
    pub reuse: Reuse,
    /// Batch jobs that were submitted, and the calls of the smallest.
    pub jobs: u64,
    /// The calls of the smallest job.
    pub smallest_job: u64,
    /// What retries did, minute by minute.
    pub retries: Vec<RetryRow>,
    /// What calls with a long input used, minute by minute, where such calls have prices of their own. Of a lane.
    pub long: Vec<LongRow>,
    /// How long attempts waited for their client's rate limiter; of those that did.
    pub limited: Histogram,
    /// Its tasks; nothing when each is one call that is sent once it comes. Of an application, not of a lane.
    pub tasks: Option<Box<Tasks>>,
    /// By meter of the application: the units of each minute of the record. Of an application, not of a lane.
    pub metered: Vec<Vec<u64>>,
    /// Its lanes, when it has more than one.
    pub lanes: Vec<Self>,
}

/// Everything that is known of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The applications in the order of the plan.
    pub apps: Vec<AppRecord>,
    /// Refusals by limit, in the order of `Plan::limits`.
    pub refusals: Vec<u64>,
    /// The same by minute of UTC, as the rows of applications are.
    pub refused_minutes: Vec<Vec<u32>>,
    /// When the run ended.
    pub end: SimTime,
    /// Calls that were neither answered nor given up then.
    pub in_flight: u64,
    /// Where the tokens of all quotas are.
    pub balance: Held,
}

impl Run {
    /// How long the run was.
    #[must_use]
    pub fn span(&self) -> Micros {
        self.end - SimTime(0)
    }
}

impl AppRecord {
    /// An application's record from those of its lanes.
    pub(super) fn of_lanes(mut lanes: Vec<Self>) -> Self {
        if lanes.len() == 1 {
            return lanes.pop().unwrap_or_default();
        }
        let mut all = Self { minutes: Self::together(&lanes), ..Self::default() };
        for lane in &lanes {
            all.ttft.merge(&lane.ttft);
            all.e2e.merge(&lane.e2e);
            all.wait.merge(&lane.wait);
            all.calls_throttled += lane.calls_throttled;
            all.throttled_by_fleet += lane.throttled_by_fleet;
            all.limited.merge(&lane.limited);
            all.reuse += lane.reuse;
            all.max_input = all.max_input.max(lane.max_input);
            all.max_output = all.max_output.max(lane.max_output);
        }
        Self { lanes, ..all }
    }

    /// A call that was not admitted at once.
    #[cold]
    pub(super) fn add_delayed(&mut self, wait: Micros, ttft: Micros, e2e: Micros) {
        self.wait.add(wait);
        self.ttft.add_delayed(wait, ttft);
        self.e2e.add_delayed(wait, e2e);
    }

    /// The calls that did not wait, counted once all have been answered.
    pub(super) fn count_no_waits(&mut self) {
        let served = self.sum(|row| row.served.into());
        self.wait.add_nothing(served - self.wait.count());
    }

    /// One of its lanes.
    #[must_use]
    pub fn lane(&self, number: usize) -> &Self {
        self.lanes.get(number).unwrap_or(self)
    }

    /// What several applications did together in each minute.
    pub fn together<'a>(records: impl IntoIterator<Item = &'a Self>) -> Vec<MinuteRow> {
        let mut sums: Vec<MinuteRow> = Vec::new();
        for record in records {
            sums.resize(sums.len().max(record.minutes.len()), MinuteRow::default());
            sums.iter_mut().zip(&record.minutes).for_each(|(sum, row)| *sum += *row);
        }
        sums
    }

    /// The sum of all minutes; counts are widened.
    #[must_use]
    pub fn sum(&self, count: impl Fn(&MinuteRow) -> u64) -> u64 {
        self.minutes.iter().map(count).sum()
    }

    /// The tokens of all minutes.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.minutes.iter().fold(Usage::default(), |sum, row| sum + row.usage)
    }
}
