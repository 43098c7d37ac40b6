//! Batch: calls wait at the caller until their job is submitted, and are answered when it ends.

use super::call::Way;
use super::{Event, Model, SETTLEMENT, SUBMISSION};
use tokencast::bedrock::batch::Job;
use tokencast::plan::Access;

/// Records of one job, and jobs of one model that are in progress at once.
const RECORDS: usize = 50_000;
const IN_PROGRESS: usize = 20;

/// Calls that wait, and every job that was ever submitted.
#[derive(Default)]
pub struct Batch {
    /// By lane: a call, and when it is submitted.
    waiting: Vec<(Way, usize, u64)>,
    /// By pool: when it ends.
    jobs: Vec<(usize, u64)>,
}

impl Batch {
    /// Calls that no job has taken.
    pub fn collected(&self) -> usize {
        self.waiting.len()
    }
}

impl Model<'_> {
    pub(super) fn collect(&mut self, now: u64, call: usize, way: Way, job: Job) {
        self.row(way, now).attempts += 1;
        let closes = (now / job.every.0 + 1) * job.every.0;
        self.batch.waiting.push((way, call, closes));
        let lanes_before: usize = self.plan.apps[..way.0].iter().map(|app| app.lanes.len()).sum();
        self.pending.push(((closes, SUBMISSION, 0, lanes_before + way.1), Event::Submission(way)));
        if self.batch.waiting.iter().filter(|(other, ..)| *other == way).count() == RECORDS {
            self.start(now, way);
        }
    }

    /// Those that close now; some of them may have left in a job that was full.
    pub(super) fn submit(&mut self, now: u64, way: Way) {
        if self.batch.waiting.iter().any(|(other, _, closes)| *other == way && *closes == now) {
            self.start(now, way);
        }
    }

    fn start(&mut self, now: u64, way: Way) {
        let lane = &self.plan.apps[way.0].lanes[way.1];
        let Access::Batch(job) = lane.access else { panic!("a lane of batch") };
        let ends: Vec<u64> =
            self.batch.jobs.iter().filter(|(pool, _)| *pool == lane.pool).map(|(_, end)| *end).collect();
        let free = |at: &u64| *at >= now && ends.iter().filter(|end| *end > at).count() < IN_PROGRESS;
        let begins = ends.iter().copied().chain([now]).filter(free).min().expect("all end some day");
        self.batch.jobs.push((lane.pool, begins + job.takes.0));
        let calls: Vec<usize> =
            self.batch.waiting.iter().filter(|(other, ..)| *other == way).map(|(_, call, _)| *call).collect();
        self.batch.waiting.retain(|(other, ..)| *other != way);
        let (number, smallest) = &mut self.outcome.apps[way.0][way.1].jobs;
        *number += 1;
        *smallest = if *number == 1 { calls.len() as u64 } else { (*smallest).min(calls.len() as u64) };
        let answer = |call| ((begins + job.takes.0, SETTLEMENT, 0, call), Event::Answer(way, begins));
        self.pending.extend(calls.into_iter().map(answer));
    }

    /// It is charged nothing, and is not cached.
    pub(super) fn answer(&mut self, now: u64, call: usize, way: Way, began: u64) {
        let arrival = &self.arrivals[call];
        let output = arrival.fate.output.min(arrival.call.max_tokens);
        let row = self.row(way, now);
        row.served += 1;
        row.truncated += u32::from(arrival.fate.output > arrival.call.max_tokens);
        row.usage.uncached_input += u64::from(arrival.call.input);
        row.usage.output += u64::from(output);
        self.took(way, began - arrival.at.0, now - began, now - began);
    }
}
