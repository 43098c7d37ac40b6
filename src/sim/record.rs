//! What is remembered of a run: a fold over its events, in constant memory per minute.

use crate::bedrock::quota::Held;
use crate::histogram::Histogram;
use crate::plan::{App, Patience};
use crate::traffic::Arrival;
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
    /// How long nothing came back once an attempt was admitted: to the first token of a stream, else to the
    /// last. Only of applications where somebody hangs up.
    pub silence: Histogram,
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
    /// The same by minute of UTC, as the rows of applications are.
    pub refused_minutes: Vec<Vec<u32>>,
    /// When the run ended.
    pub end: SimTime,
    /// Calls that were neither answered nor given up then.
    pub in_flight: u64,
    /// Where the tokens of all quotas are.
    pub balance: Held,
}

/// What an admission settles about a call, told when it has been answered.
pub(super) struct Answer {
    pub(super) arrived_at: SimTime,
    pub(super) ttft: Micros,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) app: u32,
    pub(super) truncated: bool,
}

impl Answer {
    #[inline]
    pub(super) fn new(arrival: &Arrival, ttft: Micros) -> Self {
        let (output, truncated) = (arrival.output(), arrival.truncated());
        Self { arrived_at: arrival.at, ttft, input: arrival.call.input, output, app: arrival.app, truncated }
    }
}

/// The fold.
pub(super) struct Recorder {
    apps: Vec<Fold>,
    /// By limit: refusals of the open minute, and of those before.
    refused: Vec<(u32, Vec<u32>)>,
    /// The minute that is open, and when it ends.
    minute: usize,
    ends: SimTime,
}

/// One application: what is known, and its row of the open minute.
#[derive(Clone, Default)]
struct Fold {
    patience: Patience,
    open: MinuteRow,
    record: AppRecord,
}

impl Recorder {
    pub(super) fn new(apps: &[App], limits: usize, start_us: i64) -> Self {
        let into_minute = start_us.rem_euclid(Micros::MINUTE.0 as i64) as u64;
        let ends = SimTime(Micros::MINUTE.0 - into_minute);
        let apps = apps.iter().map(|app| Fold { patience: app.patience, ..Fold::default() }).collect();
        Self { apps, refused: vec![(0, Vec::new()); limits], minute: 0, ends }
    }

    /// Turns to the minute of an instant, which is never before the open one.
    #[inline]
    pub(super) fn turn(&mut self, now: SimTime) {
        if now >= self.ends {
            self.close();
            let minutes = (now - self.ends).0 / Micros::MINUTE.0 + 1;
            self.minute += minutes as usize;
            self.ends += Micros(minutes * Micros::MINUTE.0);
        }
    }

    /// Files the rows of the open minute.
    #[cold]
    fn close(&mut self) {
        for Fold { open, record, .. } in &mut self.apps {
            let row = std::mem::take(open);
            if row != MinuteRow::default() {
                record.minutes.resize(self.minute, MinuteRow::default());
                record.minutes.push(row);
            }
        }
        for (open, minutes) in self.refused.iter_mut().filter(|(open, _)| *open > 0) {
            minutes.resize(self.minute, 0);
            minutes.push(std::mem::take(open));
        }
    }

    /// What every application did, and the refusals by limit and minute.
    pub(super) fn finish(mut self) -> (Vec<AppRecord>, Vec<Vec<u32>>) {
        self.close();
        let refused = self.refused.into_iter().map(|(_, minutes)| minutes).collect();
        (self.apps.into_iter().map(|fold| fold.record).collect(), refused)
    }

    #[inline]
    pub(super) fn arrived(&mut self, app: u32, input: u32) {
        let Fold { open, record, .. } = &mut self.apps[app as usize];
        open.arrivals += 1;
        record.max_input = record.max_input.max(input);
    }

    #[inline]
    pub(super) fn admitted(&mut self, app: u32, need: u64) {
        let row = &mut self.apps[app as usize].open;
        row.attempts += 1;
        row.offered += need;
        row.reserved += need;
    }

    #[inline]
    pub(super) fn refused(&mut self, app: u32, need: u64, limit: usize, first: bool) {
        let Fold { open, record, .. } = &mut self.apps[app as usize];
        open.attempts += 1;
        open.offered += need;
        open.throttled += 1;
        record.calls_throttled += u64::from(first);
        self.refused[limit].0 += 1;
    }

    #[inline]
    pub(super) fn gave_up(&mut self, app: u32) {
        self.apps[app as usize].open.gave_up += 1;
    }

    #[inline]
    pub(super) fn answered(&mut self, now: SimTime, admitted_at: SimTime, answer: &Answer, charged: u64) {
        let Fold { patience, open, record } = &mut self.apps[answer.app as usize];
        open.served += 1;
        open.truncated += u32::from(answer.truncated);
        open.charged += charged;
        open.input += u64::from(answer.input);
        open.output += u64::from(answer.output);
        let wait = admitted_at - answer.arrived_at;
        record.max_output = record.max_output.max(answer.output);
        record.wait.add(wait);
        record.ttft.add(wait + answer.ttft);
        record.e2e.add(now - answer.arrived_at);
        if patience.ends() {
            record.silence.add(if patience.streaming { answer.ttft } else { now - admitted_at });
        }
    }
}

impl Run {
    /// How long the run was.
    #[must_use]
    pub fn span(&self) -> Micros {
        self.end - SimTime(0)
    }
}

impl AppRecord {
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
}
