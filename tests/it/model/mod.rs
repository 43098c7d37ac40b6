//! The rules of admission followed as slowly as possible: a list of everything that ever happened, and
//! for each attempt a scan of the whole list.
//!
//! Written from the rules and not from the engine. Shares with it only what both are given (plan,
//! arrivals) and the draws of retry delays, of the fleet and of routing.

mod batch;
mod call;
mod caller;
mod outcome;
mod windows;

pub use outcome::{Outcome, outcome};

use crate::cache_model::Scan;
use batch::Batch;
use call::Way;
use caller::Spending;
use tokencast::bedrock::cache::Split;
use tokencast::bedrock::quota::{Limit, Measure};
use tokencast::bedrock::usage::Usage;
use tokencast::client;
use tokencast::plan::{Access, Plan};
use tokencast::rng::Stream;
use tokencast::sim::{MinuteRow, RetryRow};
use tokencast::traffic::Arrival;
use tokencast::units::Micros;
use windows::{Question, Timeline};

/// What the model needs of an application beyond its plan.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Burndown rates, each from an instant on.
    pub burndown: Vec<(u64, u32)>,
    /// The draws of retry delays, of what the fleet refuses, of Regions, and of connections.
    pub jitter: Stream,
    pub fleet: Stream,
    pub routing: Stream,
    pub connect: Stream,
}

impl Terms {
    pub fn new(seed: u64, app: &str, burndown: Vec<(u64, u32)>) -> Self {
        let [jitter, fleet, routing, connect] =
            ["retry", "fleet", "routing", "connect"].map(|purpose| Stream::new(seed, &format!("apps/{app}/{purpose}")));
        Self { burndown, jitter, fleet, routing, connect }
    }
}

/// A call that was let in, and all that will become of it.
struct Admission {
    way: Way,
    call: usize,
    /// Which try of the call it is, counted from one.
    attempt: u32,
    /// Its client hangs up before it hears of it.
    abandoned: bool,
    /// What it holds of tokens, from when on: what it reserves, and at the end what it is charged.
    held: Timeline,
    output: u32,
    split: Split,
    ttft: u64,
}

#[derive(Clone, Copy)]
enum Event {
    /// The admission of this number ends.
    Settlement(usize),
    /// The call was part of a job that began then.
    Answer(Way, u64),
    /// The jobs of a lane are submitted.
    Submission(Way),
    /// The call makes this attempt, counted from one.
    Attempt(u32),
    /// This attempt of the call ends like this for its client, before any answer.
    Failure(u32, client::Outcome),
    /// The call has used up its time.
    Expiry,
}

/// Time, class, rank, and the number of the call or the lane.
type Due = (u64, u8, u8, usize);
const SETTLEMENT: u8 = 0;
const TIMEOUT: u8 = 1;
const SUBMISSION: u8 = 2;
const RETRY: u8 = 3;
const ARRIVAL: u8 = 4;

struct Model<'a> {
    plan: &'a Plan,
    terms: &'a [Terms],
    arrivals: &'a [Arrival],
    limits: Vec<Limit>,
    admissions: Vec<Admission>,
    /// By account and model.
    caches: Vec<((Option<&'a str>, &'a str), Scan)>,
    regions: Vec<&'a str>,
    batch: Batch,
    /// What each client object and each call has spent on retries.
    spending: Spending,
    pending: Vec<(Due, Event)>,
    outcome: Outcome,
}

/// Follows the rules to the horizon, or until nothing is left to happen.
pub fn replay(plan: &Plan, terms: &[Terms], arrivals: &[Arrival]) -> Outcome {
    let mut model = Model::new(plan, terms, arrivals);
    let horizon = plan.horizon.map(|horizon| horizon.0);
    while let Some(next) = (0..model.pending.len()).min_by_key(|i| model.pending[*i].0) {
        let ((now, class, _, number), event) = model.pending[next];
        if horizon.is_some_and(|horizon| now >= horizon) {
            break;
        }
        model.pending.swap_remove(next);
        model.outcome.end = now;
        match event {
            Event::Settlement(admission) => model.settle(now, admission),
            Event::Answer(way, began) => model.answer(now, number, way, began),
            Event::Submission(way) => model.submit(now, way),
            Event::Attempt(attempt) => model.send(now, number, attempt, class == ARRIVAL),
            Event::Failure(attempt, outcome) => model.unanswered(now, number, attempt, outcome),
            Event::Expiry => model.give_up(now, number),
        }
    }
    model.outcome.end = horizon.unwrap_or(model.outcome.end);
    // A minute in which nothing but an answer of no tokens ended, for nobody or for a retry, is one without.
    for lane in model.outcome.apps.iter_mut().flatten() {
        lane.retries.retain(|row| *row != RetryRow { minute: row.minute, ..RetryRow::default() });
        let last = lane.minutes.iter().rposition(|row| *row != MinuteRow::default());
        lane.minutes.truncate(last.map_or(0, |last| last + 1));
    }
    let sent = model.pending.iter().filter(|(due, event)| model.is_waited_for(*due, *event)).count();
    model.outcome.in_flight = (sent + model.batch.collected()) as u64;
    model.outcome.balance = model.balance();
    model.outcome
}

impl<'a> Model<'a> {
    fn new(plan: &'a Plan, terms: &'a [Terms], arrivals: &'a [Arrival]) -> Self {
        let limits: Vec<Limit> = plan.pools.iter().flat_map(|pool| pool.limits.clone()).collect();
        let outcome = Outcome {
            apps: plan.apps.iter().map(|app| vec![outcome::LaneOutcome::default(); app.lanes.len()]).collect(),
            refusals: vec![0; limits.len()],
            ..Outcome::default()
        };
        let first = |(call, arrival): (usize, &Arrival)| ((arrival.at.0, ARRIVAL, 0, call), Event::Attempt(1));
        let pending = arrivals.iter().enumerate().map(first).collect();
        let (admissions, caches, regions, batch) = (Vec::new(), Vec::new(), Vec::new(), Batch::default());
        let spending = Spending::new(plan, arrivals);
        Self { plan, terms, arrivals, limits, admissions, caches, regions, batch, spending, pending, outcome }
    }

    /// The first way that has room takes the call.
    fn attempt(&mut self, now: u64, call: usize, attempt: u32) {
        let app = self.arrivals[call].app as usize;
        let lanes = &self.plan.apps[app].lanes;
        for (number, lane) in lanes.iter().enumerate() {
            let way = (app, number);
            if let Access::Batch(job) = lane.access {
                return self.collect(now, call, way, job);
            }
            let need = self.need(now, call, attempt, way);
            let route = &lane.route;
            let mut asked = route.requests.iter().chain(&route.tokens).chain(&route.output).copied();
            let full = asked.find(|limit| !self.fits(*limit, now, need));
            if full.is_some() && number + 1 < lanes.len() {
                self.row(way, now).spilled += 1;
                continue;
            }
            let row = self.row(way, now);
            row.attempts += 1;
            row.offered += need;
            self.note_retry(now, way, attempt, need);
            if let Some(limit) = full {
                self.outcome.refusals[limit] += 1;
                return self.throttle(now, call, attempt, way);
            }
            match self.fault(call, attempt, lane.access) {
                Some(503) => {
                    self.row(way, now).unavailable += 1;
                    self.try_again(now, call, attempt, way, client::Outcome::Unavailable);
                }
                Some(_) => {
                    self.outcome.apps[app][number].throttled_by_fleet += 1;
                    self.throttle(now, call, attempt, way);
                }
                None => self.admit(now, call, attempt, way, need),
            }
            return;
        }
    }

    fn throttle(&mut self, now: u64, call: usize, attempt: u32, way: Way) {
        self.row(way, now).throttled += 1;
        self.outcome.apps[way.0][way.1].calls_throttled += u64::from(attempt == 1);
        if attempt > 1 {
            self.retries(way, now).throttled += 1;
        }
        self.try_again(now, call, attempt, way, client::Outcome::Throttled);
    }

    fn settle(&mut self, now: u64, admission: usize) {
        let Admission { way, call, attempt, abandoned, ref held, output, split, ttft } = self.admissions[admission];
        let (admitted_at, charge) = (held[0].0, held[held.len() - 1].1);
        let arrival = &self.arrivals[call];
        let usage = Usage {
            uncached_input: u64::from(arrival.call.input - split.read - split.write_5m - split.write_1h),
            cache_read: split.read.into(),
            cache_write_5m: split.write_5m.into(),
            cache_write_1h: split.write_1h.into(),
            output: output.into(),
        };
        let row = self.row(way, now);
        row.charged += charge;
        row.usage += usage;
        self.note_answer(now, way, (attempt, abandoned), usage);
        if abandoned {
            return;
        }
        let row = self.row(way, now);
        row.served += 1;
        row.truncated += u32::from(arrival.fate.output > arrival.call.max_tokens);
        self.took(way, admitted_at - arrival.at.0, ttft, now - admitted_at);
        self.refund(call);
    }

    /// Adds to the sums of latencies.
    fn took(&mut self, (app, lane): Way, wait: u64, ttft: u64, total: u64) {
        let sums = &mut self.outcome.apps[app][lane].latency_sums;
        for (sum, more) in sums.iter_mut().zip([0, ttft, total]) {
            *sum += u128::from(wait) + u128::from(more);
        }
    }

    fn row(&mut self, (app, lane): Way, now: u64) -> &mut MinuteRow {
        let minute = (now + self.started_into(Micros::MINUTE.0)) / Micros::MINUTE.0;
        let minutes = &mut self.outcome.apps[app][lane].minutes;
        minutes.resize(minutes.len().max(minute as usize + 1), MinuteRow::default());
        &mut minutes[minute as usize]
    }

    /// How far into a period of UTC the simulation starts.
    fn started_into(&self, period: u64) -> u64 {
        self.plan.start.as_microsecond().rem_euclid(period as i64) as u64
    }

    fn balance(&self) -> [i128; 4] {
        let mut balance = [0; 4];
        let over = |at: u64| self.plan.horizon.is_none_or(|horizon| at < horizon.0);
        for Admission { held, .. } in &self.admissions {
            let reserved = i128::from(held[0].1);
            let last = held.iter().rfind(|(at, _)| over(*at)).map_or(reserved, |(_, amount)| (*amount).into());
            let [charged, open] = if over(held[held.len() - 1].0) { [last, 0] } else { [0, last] };
            let changes = [reserved, charged, reserved - last, open];
            balance.iter_mut().zip(changes).for_each(|(sum, change)| *sum += change);
        }
        balance
    }

    fn fits(&self, limit: usize, now: u64, need: u64) -> bool {
        let Limit { measure, period, .. } = self.limits[limit];
        let of_call = |admission: &Admission| -> Timeline {
            let all = match measure {
                Measure::Requests => vec![(admission.held[0].0, 1)],
                Measure::OutputTokens => vec![(admission.held[admission.held.len() - 1].0, admission.output.into())],
                Measure::Tokens | Measure::InputTokens => admission.held.clone(),
            };
            all.into_iter().filter(|(at, _)| *at <= now).collect()
        };
        let touches = |admission: &&Admission| {
            let route = &self.plan.apps[admission.way.0].lanes[admission.way.1].route;
            route.requests.contains(&limit) || route.tokens.contains(&limit) || route.output == Some(limit)
        };
        let touching = self.admissions.iter().filter(touches).map(of_call).filter(|timeline| !timeline.is_empty());
        let changes = self.plan.changes();
        let mut changes: Vec<(u64, u64)> =
            changes.iter().filter(|change| change.limit == limit).map(|change| (change.at.0, change.amount)).collect();
        changes.sort_unstable();
        let into = self.started_into(period.0);
        let question = Question { limit: self.limits[limit], changes: &changes, into, now };
        let one = matches!(measure, Measure::Requests | Measure::OutputTokens);
        question.fits(&touching.collect::<Vec<_>>(), self.plan.window, if one { 1 } else { need })
    }
}
