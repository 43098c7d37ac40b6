//! Calls of a batch: they wait for their job, and are answered together.

use super::engine::{Engine, JOBS, SETTLEMENTS};
use super::mark::Mark;
use super::observer::Observer;
use super::record::Answer;
use super::serving::{Event, Serving, Waiting};
use crate::bedrock::batch::Job;
use crate::bedrock::quota::Reservation;
use crate::plan::Access;

impl<O: Observer> Engine<O> {
    /// A call of a batch waits until its job is submitted.
    pub(super) fn collect(&mut self, call: Waiting, lane: u32, job: Job) {
        self.recorder.admitted(lane, 0, true);
        let open = &mut self.open_jobs[lane as usize];
        let (closes, is_full) = (open.add(call, job, self.now), open.is_full());
        if let Some(closes) = closes {
            self.file(closes, JOBS | u64::from(lane), Event::Submit(lane));
        }
        if is_full {
            self.start_job(lane);
        }
    }

    /// Submits the open job of a lane, if it has calls and its time has come.
    pub(super) fn close_job(&mut self, lane: u32) {
        if self.open_jobs[lane as usize].closes == Some(self.now) {
            self.start_job(lane);
        }
    }

    /// All calls of a job are answered at its end.
    fn start_job(&mut self, lane: u32) {
        let Some(special) = &self.lanes[lane as usize].special else { return };
        let Access::Batch(job) = special.access else { return };
        let calls = std::mem::take(&mut self.open_jobs[lane as usize]).calls;
        self.recorder.submitted(lane, calls.len() as u64);
        let (begins, ends) = self.jobs[special.pool].start(self.now, job.takes);
        for Waiting { arrival, number, .. } in calls {
            let reservation = Reservation::of_nothing(begins);
            let answer = Answer::new(&arrival, lane, ends - begins, 0, Mark::FIRST);
            self.file(ends, SETTLEMENTS | number, Event::Settle(Serving { reservation, answer }));
        }
    }
}
