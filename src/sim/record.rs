//! What is remembered of a run: a fold over its events, in constant memory per minute.

use crate::bedrock::quota::Held;
use crate::histogram::Histogram;
use crate::units::{Micros, SimTime};
use std::ops::AddAssign;

/// One application in one minute of UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MinuteRow {
    /// Calls that were first sent.
    pub arrivals: u32,
    /// Attempts that were made.
    pub attempts: u32,
    /// Attempts that were refused.
    pub throttled: u32,
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
    /// Input tokens of answered calls.
    pub input: u64,
    /// Output tokens of answered calls.
    pub output: u64,
}

impl AddAssign for MinuteRow {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.attempts += other.attempts;
        self.throttled += other.throttled;
        self.gave_up += other.gave_up;
        self.served += other.served;
        self.truncated += other.truncated;
        self.offered += other.offered;
        self.reserved += other.reserved;
        self.charged += other.charged;
        self.input += other.input;
        self.output += other.output;
    }
}

/// One application over the whole run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppRecord {
    /// One row a minute of UTC, the first being the minute of the scenario's start.
    pub minutes: Vec<MinuteRow>,
    /// From first sending to the first token.
    pub ttft: Histogram,
    /// From first sending to the last token.
    pub e2e: Histogram,
    /// From first sending to admission.
    pub wait: Histogram,
    /// Calls that were refused at least once.
    pub calls_throttled: u64,
    /// The largest input of a call.
    pub max_input: u32,
    /// The longest answer.
    pub max_output: u32,
}

/// Everything that is known of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The applications in the order of the plan.
    pub apps: Vec<AppRecord>,
    /// Refusals by limit, in the order of `Plan::limits`.
    pub refusals: Vec<u64>,
    /// When the run ended.
    pub end: SimTime,
    /// Calls that were neither answered nor given up then.
    pub in_flight: u64,
    /// Where the tokens of all quotas are.
    pub balance: Held,
}

/// A call's moments, told at its settlement.
pub(super) struct Answer {
    pub(super) arrived_at: SimTime,
    pub(super) admitted_at: SimTime,
    pub(super) ttft: Micros,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) truncated: bool,
    pub(super) charged: u64,
}

/// The fold.
pub(super) struct Recorder {
    pub(super) apps: Vec<AppRecord>,
    pub(super) refusals: Vec<u64>,
    /// How far into a minute of UTC the scenario starts.
    into_minute: u64,
}

impl Recorder {
    pub(super) fn new(apps: usize, limits: usize, start_us: i64) -> Self {
        let into_minute = start_us.rem_euclid(Micros::MINUTE.0 as i64) as u64;
        Self { apps: vec![AppRecord::default(); apps], refusals: vec![0; limits], into_minute }
    }

    #[inline]
    fn row(&mut self, app: u32, now: SimTime) -> &mut MinuteRow {
        let minute = ((now.0 + self.into_minute) / Micros::MINUTE.0) as usize;
        let minutes = &mut self.apps[app as usize].minutes;
        if minute >= minutes.len() {
            grow(minutes, minute);
        }
        &mut minutes[minute]
    }

    #[inline]
    pub(super) fn arrived(&mut self, app: u32, now: SimTime, input: u32) {
        self.row(app, now).arrivals += 1;
        let record = &mut self.apps[app as usize];
        record.max_input = record.max_input.max(input);
    }

    #[inline]
    pub(super) fn admitted(&mut self, app: u32, now: SimTime, need: u64) {
        let row = self.row(app, now);
        row.attempts += 1;
        row.offered += need;
        row.reserved += need;
    }

    #[inline]
    pub(super) fn refused(&mut self, app: u32, now: SimTime, need: u64, limit: usize, first: bool) {
        let row = self.row(app, now);
        row.attempts += 1;
        row.offered += need;
        row.throttled += 1;
        self.refusals[limit] += 1;
        self.apps[app as usize].calls_throttled += u64::from(first);
    }

    #[inline]
    pub(super) fn gave_up(&mut self, app: u32, now: SimTime) {
        self.row(app, now).gave_up += 1;
    }

    #[inline]
    pub(super) fn answered(&mut self, app: u32, now: SimTime, answer: &Answer) {
        let row = self.row(app, now);
        row.served += 1;
        row.truncated += u32::from(answer.truncated);
        row.charged += answer.charged;
        row.input += u64::from(answer.input);
        row.output += u64::from(answer.output);
        let wait = answer.admitted_at - answer.arrived_at;
        let record = &mut self.apps[app as usize];
        record.max_output = record.max_output.max(answer.output);
        record.wait.add(wait);
        record.ttft.add(wait + answer.ttft);
        record.e2e.add(now - answer.arrived_at);
    }
}

#[cold]
fn grow(minutes: &mut Vec<MinuteRow>, minute: usize) {
    minutes.resize(minute + 1, MinuteRow::default());
}

impl Run {
    /// How long the run was.
    #[must_use]
    pub fn span(&self) -> Micros {
        self.end - SimTime(0)
    }
}

impl AppRecord {
    /// The sum of all minutes; counts are widened.
    #[must_use]
    pub fn sum(&self, count: impl Fn(&MinuteRow) -> u64) -> u64 {
        self.minutes.iter().map(count).sum()
    }
}
