//! The fold over the events of a run, in constant memory per minute.

use super::lanes::Fault;
use super::log::{Ending, TaskLog};
use super::mark::Mark;
use super::queue::Spent;
use super::{AppRecord, LongRow, MinuteRow, RetryRow};
use crate::bedrock::cache::{Split, Visit};
use crate::bedrock::usage::Usage;
use crate::plan::{Lane, Plan};
use crate::traffic::Arrival;
use crate::units::{Micros, SimTime};

/// What an admission settles about a call, told when it has been answered.
pub(super) struct Answer {
    pub(super) arrived_at: SimTime,
    pub(super) ttft: Micros,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) lane: u32,
    /// Which of the application's client objects sent it.
    pub(super) client: u16,
    pub(super) mark: Mark,
    pub(super) truncated: bool,
}

impl Answer {
    #[inline]
    pub(super) fn new(arrival: &Arrival, lane: u32, ttft: Micros, client: u16, mark: Mark) -> Self {
        let (output, truncated) = (arrival.output(), arrival.truncated());
        Self { arrived_at: arrival.at, ttft, input: arrival.call.input, output, lane, client, mark, truncated }
    }
}

/// The fold.
pub(super) struct Recorder {
    lanes: Vec<Fold>,
    /// How many lanes each application has.
    lanes_of_apps: Vec<usize>,
    /// By limit: refusals of the open minute, and of those before.
    refused: Vec<(u32, Vec<u32>)>,
    /// By application: its tasks, and by meter the units of each minute.
    logs: Vec<Option<Box<TaskLog>>>,
    metered: Vec<Vec<Vec<u64>>>,
    /// The minute that is open, and when it ends.
    minute: usize,
    ends: SimTime,
}

/// One lane: what is known, and its rows of the open minute.
#[derive(Default)]
struct Fold {
    open: MinuteRow,
    /// Calls whose input is above so many tokens are counted apart too.
    long_above: u32,
    long: Usage,
    retries: RetryRow,
    record: AppRecord,
}

impl Fold {
    fn of(lane: &Lane) -> Self {
        Self { long_above: lane.long_input_above.unwrap_or(u32::MAX), ..Self::default() }
    }
}

impl Recorder {
    pub(super) fn new(plan: &Plan, start_us: i64) -> Self {
        let into_minute = start_us.rem_euclid(Micros::MINUTE.0 as i64) as u64;
        let ends = SimTime(Micros::MINUTE.0 - into_minute);
        let lanes_of_apps: Vec<usize> = plan.apps.iter().map(|app| app.lanes.len()).collect();
        let lanes = plan.apps.iter().flat_map(|app| &app.lanes).map(Fold::of).collect();
        let refused = vec![(0, Vec::new()); plan.limits().count()];
        let logs = plan.apps.iter().map(|_| None).collect();
        let metered = plan.apps.iter().map(|app| vec![Vec::new(); app.meters.len()]).collect();
        Self { lanes, lanes_of_apps, refused, logs, metered, minute: 0, ends }
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
        for Fold { open, long, retries, record, .. } in &mut self.lanes {
            let usage = std::mem::take(long);
            if usage != Usage::default() {
                record.long.push(LongRow { minute: self.minute, usage });
            }
            let aside = std::mem::take(retries);
            if aside != RetryRow::default() {
                record.retries.push(RetryRow { minute: self.minute, ..aside });
            }
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

    /// What every application did, with so many of its tasks still in line, and the refusals by limit and minute.
    pub(super) fn finish(mut self, lines: &[usize]) -> (Vec<AppRecord>, Vec<Vec<u32>>) {
        self.close();
        self.lanes.iter_mut().for_each(|fold| fold.record.count_no_waits());
        let refused = self.refused.into_iter().map(|(_, minutes)| minutes).collect();
        let mut records = self.lanes.into_iter().map(|fold| fold.record);
        let lanes = self.lanes_of_apps.iter().map(|lanes| AppRecord::of_lanes(records.by_ref().take(*lanes).collect()));
        let beside = self.logs.into_iter().zip(self.metered).zip(lines);
        let apps = lanes.zip(beside).map(|(record, ((log, metered), line))| AppRecord {
            tasks: log.map(|log| Box::new(log.finish(self.minute, *line))),
            metered,
            ..record
        });
        (apps.collect(), refused)
    }

    /// The tasks of an application.
    pub(super) fn tasks_of(&mut self, app: usize) -> &mut TaskLog {
        self.logs[app].get_or_insert_default()
    }

    /// A task of an application comes.
    pub(super) fn task_begun(&mut self, app: usize) {
        let minute = self.minute;
        self.tasks_of(app).begun(minute);
    }

    /// A task of an application ends that came so long ago.
    pub(super) fn task_ended(&mut self, app: usize, ending: Ending, took: Micros, spent: &Spent) {
        let minute = self.minute;
        self.tasks_of(app).ended(minute, ending, took, spent);
    }

    /// So many tasks of an application wait in line now; so many did before.
    pub(super) fn line_is(&mut self, app: usize, before: usize, now: usize) {
        let minute = self.minute;
        self.tasks_of(app).line_is(minute, before, now);
    }

    /// Something is used that an application is billed for by the unit.
    pub(super) fn metered(&mut self, app: usize, meter: usize, units: u64) {
        let minutes = &mut self.metered[app][meter];
        minutes.resize(minutes.len().max(self.minute + 1), 0);
        minutes[self.minute] += units;
    }

    /// A call goes on to another target.
    pub(super) fn fallen_back(&mut self, app: u32) {
        self.tasks_of(app as usize).tasks.fallen_back += 1;
    }

    #[inline]
    pub(super) fn arrived(&mut self, lane: u32, input: u32) {
        let Fold { open, record, .. } = &mut self.lanes[lane as usize];
        open.arrivals += 1;
        record.max_input = record.max_input.max(input);
    }

    #[inline]
    pub(super) fn admitted(&mut self, lane: u32, need: u64, first: bool) {
        let row = &mut self.lanes[lane as usize].open;
        row.attempts += 1;
        row.offered += need;
        row.reserved += need;
        if !first {
            self.tried_again(lane, need);
        }
    }

    /// A second or later attempt is made.
    #[inline(never)]
    fn tried_again(&mut self, lane: u32, need: u64) -> &mut RetryRow {
        let row = &mut self.lanes[lane as usize].retries;
        row.attempts += 1;
        row.offered += need;
        row
    }

    /// An attempt whose connection could not be opened: Bedrock never saw it.
    pub(super) fn unreachable(&mut self, lane: u32, first: bool) {
        self.lanes[lane as usize].open.attempts += 1;
        if !first {
            self.tried_again(lane, 0);
        }
    }

    /// The retry quota of a client does not allow the next attempt.
    pub(super) fn cut(&mut self, lane: u32) {
        self.lanes[lane as usize].retries.cut += 1;
    }

    /// An attempt has waited for its client's rate limiter.
    pub(super) fn limited(&mut self, lane: u32, waited: Micros) {
        self.lanes[lane as usize].record.limited.add(waited);
    }

    #[inline]
    pub(super) fn refused(&mut self, lane: u32, need: u64, limit: usize, first: bool) {
        let Fold { open, record, .. } = &mut self.lanes[lane as usize];
        open.attempts += 1;
        open.offered += need;
        open.throttled += 1;
        record.calls_throttled += u64::from(first);
        self.refused[limit].0 += 1;
        if !first {
            self.tried_again(lane, need).throttled += 1;
        }
    }

    /// The fleet refused an attempt although quota was left.
    pub(super) fn failed(&mut self, lane: u32, need: u64, fault: Fault, first: bool) {
        let Fold { open, record, .. } = &mut self.lanes[lane as usize];
        open.attempts += 1;
        open.offered += need;
        let throttled = fault == Fault::Throttled;
        if throttled {
            open.throttled += 1;
            record.throttled_by_fleet += 1;
            record.calls_throttled += u64::from(first);
        } else {
            open.unavailable += 1;
        }
        if !first {
            self.tried_again(lane, need).throttled += u32::from(throttled);
        }
    }

    /// An attempt goes on to the next lane.
    #[inline]
    pub(super) fn spilled(&mut self, lane: u32) {
        self.lanes[lane as usize].open.spilled += 1;
    }

    /// An attempt runs in one of several Regions.
    pub(super) fn executed(&mut self, lane: u32, destination: usize) {
        let executed = &mut self.lanes[lane as usize].record.executed;
        executed.resize(executed.len().max(destination + 1), 0);
        executed[destination] += 1;
    }

    /// A call went through the prompt cache.
    #[inline]
    pub(super) fn visited(&mut self, lane: u32, visit: &Visit) {
        self.lanes[lane as usize].record.reuse.record(visit);
    }

    /// A batch job of so many calls is submitted.
    pub(super) fn submitted(&mut self, lane: u32, calls: u64) {
        let record = &mut self.lanes[lane as usize].record;
        record.smallest_job = if record.jobs == 0 { calls } else { record.smallest_job.min(calls) };
        record.jobs += 1;
    }

    #[inline]
    pub(super) fn gave_up(&mut self, lane: u32) {
        self.lanes[lane as usize].open.gave_up += 1;
    }

    /// An answer has ended; the cache served and took so much of its input.
    #[inline(always)]
    pub(super) fn answered(&mut self, now: SimTime, admitted_at: SimTime, answer: &Answer, split: Split, charged: u64) {
        let Fold { open, long_above, long, retries, record } = &mut self.lanes[answer.lane as usize];
        let usage = split.usage(answer.input, answer.output);
        open.charged += charged;
        open.usage += usage;
        let is_long = answer.input > *long_above;
        if is_long {
            *long += usage;
        }
        if answer.mark != Mark::FIRST {
            answered_aside(retries, answer.mark, usage, is_long);
            if answer.mark.is_abandoned() {
                return;
            }
        }
        open.served += 1;
        open.truncated += u32::from(answer.truncated);
        let wait = admitted_at - answer.arrived_at;
        record.max_output = record.max_output.max(answer.output);
        if wait.0 > 0 {
            return record.add_delayed(wait, answer.ttft, now - admitted_at);
        }
        record.ttft.add_at_once(answer.ttft);
        record.e2e.add_at_once(now - admitted_at);
    }
}

/// An answer that is not the first attempt's, or that nobody waited for.
#[cold]
fn answered_aside(row: &mut RetryRow, mark: Mark, usage: Usage, is_long: bool) {
    row.abandoned += u32::from(mark.is_abandoned());
    let long = if is_long { usage } else { Usage::default() };
    if mark.is_retry() {
        row.usage += usage;
        row.long_usage += long;
    } else {
        row.abandoned_usage += usage;
        row.long_abandoned_usage += long;
    }
}
