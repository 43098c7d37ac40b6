//! The rules of admission followed as slowly as possible: a list of everything that ever happened, and
//! for each attempt a scan of the whole list.
//!
//! Written from the rules and not from the engine. Shares with it only what both are given (plan,
//! arrivals) and the draws of the retry delays.

use tokencast::bedrock::quota::{Limit, Measure, Window};
use tokencast::histogram::Histogram;
use tokencast::plan::Plan;
use tokencast::rng::{Distribution, Stream};
use tokencast::sim::{AppRecord, MinuteRow, Run};
use tokencast::traffic::Arrival;
use tokencast::units::Micros;

/// What the model needs of an application beyond its plan.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Burndown rates, each from an instant on.
    pub burndown: Vec<(u64, u32)>,
    /// The draws of retry delays.
    pub jitter: Stream,
}

/// Arrivals, attempts, throttled, gave up, served, truncated; offered, reserved, charged, input, output.
type Row = [u64; 11];

/// One application: rows by minute; waiting, time to first token and end to end summed; calls refused at
/// least once; the largest input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppOutcome {
    pub minutes: Vec<Row>,
    pub latency_sums: [u128; 3],
    pub calls_throttled: u64,
    pub max_input: u64,
}

/// Everything on which a run and the model must agree. `balance` is debited, charged, released, held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    pub apps: Vec<AppOutcome>,
    pub refusals: Vec<u64>,
    pub end: u64,
    pub in_flight: u64,
    pub balance: [i128; 4],
}

/// What a run of the engine says in the model's words.
pub fn outcome(run: &Run) -> Outcome {
    let row = |r: &MinuteRow| {
        let counts = [r.arrivals, r.attempts, r.throttled, r.gave_up, r.served, r.truncated].map(u64::from);
        let mut row = [0; 11];
        row[..6].copy_from_slice(&counts);
        row[6..].copy_from_slice(&[r.offered, r.reserved, r.charged, r.usage.total_input(), r.usage.output]);
        row
    };
    let app = |app: &AppRecord| AppOutcome {
        minutes: app.minutes.iter().map(row).collect(),
        latency_sums: [&app.wait, &app.ttft.from_sending(), &app.e2e.from_sending()].map(Histogram::sum_us),
        calls_throttled: app.calls_throttled,
        max_input: app.max_input.into(),
    };
    let balance = run.balance;
    Outcome {
        apps: run.apps.iter().map(app).collect(),
        refusals: run.refusals.clone(),
        end: run.end.0,
        in_flight: run.in_flight,
        balance: [balance.debited, balance.charged, balance.released, balance.held],
    }
}

struct Admission {
    at: u64,
    app: usize,
    reserved: u64,
    /// When it was settled, and for how much.
    settled: Option<(u64, u64)>,
}

#[derive(Clone, Copy)]
enum Event {
    /// The admission of this number ends.
    Settlement(usize),
    /// The call makes this attempt, counted from one.
    Attempt(u32),
}

/// Time, class, call.
type Due = (u64, u8, usize);
const SETTLEMENT: u8 = 0;
const RETRY: u8 = 1;
const ARRIVAL: u8 = 2;

struct Model<'a> {
    plan: &'a Plan,
    terms: &'a [Terms],
    arrivals: &'a [Arrival],
    limits: Vec<Limit>,
    admissions: Vec<Admission>,
    pending: Vec<(Due, Event)>,
    outcome: Outcome,
}

/// Follows the rules to the horizon, or until nothing is left to happen.
pub fn replay(plan: &Plan, terms: &[Terms], arrivals: &[Arrival]) -> Outcome {
    let limits: Vec<Limit> = plan.pools.iter().flat_map(|pool| pool.limits.clone()).collect();
    let outcome = Outcome {
        apps: vec![AppOutcome::default(); plan.apps.len()],
        refusals: vec![0; limits.len()],
        ..Outcome::default()
    };
    let pending = arrivals.iter().enumerate().map(|(call, a)| ((a.at.0, ARRIVAL, call), Event::Attempt(1))).collect();
    let mut model = Model { plan, terms, arrivals, limits, admissions: Vec::new(), pending, outcome };
    let horizon = plan.horizon.map(|horizon| horizon.0);
    while let Some(next) = (0..model.pending.len()).min_by_key(|i| model.pending[*i].0) {
        let ((now, class, call), event) = model.pending[next];
        if horizon.is_some_and(|horizon| now >= horizon) {
            break;
        }
        model.pending.swap_remove(next);
        model.outcome.end = now;
        match event {
            Event::Settlement(admission) => model.settle(now, call, admission),
            Event::Attempt(attempt) => model.attempt(now, call, attempt, class == ARRIVAL),
        }
    }
    model.outcome.end = horizon.unwrap_or(model.outcome.end);
    model.outcome.in_flight = model.pending.iter().filter(|((_, class, _), _)| *class != ARRIVAL).count() as u64;
    model.outcome.balance = model.balance();
    model.outcome
}

impl Model<'_> {
    fn attempt(&mut self, now: u64, call: usize, attempt: u32, first: bool) {
        let arrival = self.arrivals[call];
        let app = arrival.app as usize;
        let need = u64::from(arrival.call.input) + u64::from(arrival.call.max_tokens);
        let row = self.row(app, now);
        row[0] += u64::from(first);
        row[1] += 1;
        row[6] += need;
        let largest = &mut self.outcome.apps[app].max_input;
        *largest = (*largest).max(arrival.call.input.into());
        let route = &self.plan.apps[app].first().route;
        let mut asked = route.requests.iter().chain(&route.tokens).copied();
        if let Some(limit) = asked.find(|limit| !self.fits(*limit, now, need)) {
            self.refuse(now, call, attempt, limit);
        } else {
            self.row(app, now)[7] += need;
            self.admissions.push(Admission { at: now, app, reserved: need, settled: None });
            let settlement = Event::Settlement(self.admissions.len() - 1);
            let (ttft, generation) = self.latency(arrival);
            self.pending.push(((now + ttft + generation, SETTLEMENT, call), settlement));
        }
    }

    fn refuse(&mut self, now: u64, call: usize, attempt: u32, limit: usize) {
        let arrival = self.arrivals[call];
        let app = arrival.app as usize;
        self.outcome.refusals[limit] += 1;
        self.outcome.apps[app].calls_throttled += u64::from(attempt == 1);
        self.row(app, now)[2] += 1;
        let backoff = self.plan.apps[app].backoff;
        if attempt < backoff.attempts {
            let delay = backoff.delay(attempt, self.terms[app].jitter.draw(arrival.request, attempt.into()));
            self.pending.push(((now + delay.0, RETRY, call), Event::Attempt(attempt + 1)));
        } else {
            self.row(app, now)[3] += 1;
        }
    }

    fn settle(&mut self, now: u64, call: usize, admission: usize) {
        let arrival = self.arrivals[call];
        let app = arrival.app as usize;
        let output = u64::from(arrival.fate.output.min(arrival.call.max_tokens));
        let mut dated = self.terms[app].burndown.iter().filter(|(from, _)| *from <= now);
        let rate = dated.next_back().unwrap_or(&self.terms[app].burndown[0]).1;
        let input = u64::from(arrival.call.input);
        let charge = input + output * u64::from(rate);
        self.admissions[admission].settled = Some((now, charge));
        let row = self.row(app, now);
        row[4] += 1;
        row[5] += u64::from(arrival.fate.output > arrival.call.max_tokens);
        row[8] += charge;
        row[9] += input;
        row[10] += output;
        let wait = u128::from(self.admissions[admission].at - arrival.at.0);
        let (ttft, generation) = self.latency(arrival);
        let sums = &mut self.outcome.apps[app].latency_sums;
        for (sum, more) in sums.iter_mut().zip([0, ttft, ttft + generation]) {
            *sum += wait + u128::from(more);
        }
    }

    /// To the first token, and from there to the last.
    fn latency(&self, arrival: Arrival) -> (u64, u64) {
        let service = &self.plan.apps[arrival.app as usize].first().service;
        let (Distribution::Constant(ttft), Distribution::Constant(rate)) =
            (service.ttft_us, service.output_per_second_thousandths)
        else {
            panic!("the model knows constant service times only");
        };
        let output = u64::from(arrival.fate.output.min(arrival.call.max_tokens));
        (ttft.into(), (output * 1_000_000_000).div_ceil(rate.into()))
    }

    fn row(&mut self, app: usize, now: u64) -> &mut Row {
        let minute = (now + self.started_into(Micros::MINUTE.0)) / Micros::MINUTE.0;
        let minutes = &mut self.outcome.apps[app].minutes;
        minutes.resize(minutes.len().max(minute as usize + 1), [0; 11]);
        &mut minutes[minute as usize]
    }

    /// How far into a period of UTC the simulation starts.
    fn started_into(&self, period: u64) -> u64 {
        self.plan.start.as_microsecond().rem_euclid(period as i64) as u64
    }

    fn balance(&self) -> [i128; 4] {
        let mut balance = [0; 4];
        for Admission { reserved, settled, .. } in &self.admissions {
            let reserved = i128::from(*reserved);
            let changes = match settled {
                Some((_, charge)) => [reserved, (*charge).into(), reserved - i128::from(*charge), 0],
                None => [reserved, 0, 0, reserved],
            };
            balance.iter_mut().zip(changes).for_each(|(sum, change)| *sum += change);
        }
        balance
    }

    fn fits(&self, limit: usize, now: u64, need: u64) -> bool {
        let Limit { measure, amount, period } = self.limits[limit];
        let need = if measure == Measure::Requests { 1 } else { need };
        // A request is one unit that is never given back.
        let touching: Vec<Admission> = self
            .admissions
            .iter()
            .filter(|admission| {
                let route = &self.plan.apps[admission.app].first().route;
                route.requests.contains(&limit) || route.tokens.contains(&limit)
            })
            .map(|admission| match measure {
                Measure::Requests => Admission { reserved: 1, settled: None, ..*admission },
                _ => Admission { ..*admission },
            })
            .collect();
        match self.plan.window {
            Window::TokenBucket if period != Micros::DAY => {
                i128::from(need) * i128::from(period.0) <= bucket_level(&touching, amount, period.0, now)
            }
            Window::SlidingMinute if period != Micros::DAY => {
                used_in_sliding(&touching, period.0, now) + need <= amount
            }
            _ => used_in_clock(&touching, period.0, self.started_into(period.0), now) + need <= amount,
        }
    }
}

/// What admissions and settlements of the window of `now` count for.
fn used_in_clock(touching: &[Admission], period: u64, into: u64, now: u64) -> u64 {
    let open = |at: u64| (at + into) / period == (now + into) / period;
    let counted = touching.iter().map(|a| match a.settled {
        None if open(a.at) => a.reserved,
        Some((_, charge)) if open(a.at) => charge,
        Some((at, charge)) if open(at) => charge.saturating_sub(a.reserved),
        _ => 0,
    });
    counted.sum()
}

/// What admissions and late debts of the last period count for.
fn used_in_sliding(touching: &[Admission], period: u64, now: u64) -> u64 {
    let lives = |at: u64| now < at + period;
    let counted = touching.iter().map(|a| match a.settled {
        None if lives(a.at) => a.reserved,
        Some((_, charge)) if lives(a.at) => charge,
        Some((at, charge)) if at >= a.at + period && lives(at) => charge.saturating_sub(a.reserved),
        _ => 0,
    });
    counted.sum()
}

/// The level at `now` in units of one token divided by the period, integrated from the start: at every
/// instant the credits of earlier admissions are summed, then the level is cut at full, then the
/// instant's own admissions are taken.
fn bucket_level(touching: &[Admission], amount: u64, period: u64, now: u64) -> i128 {
    let full = i128::from(amount) * i128::from(period);
    let mut instants: Vec<u64> = touching.iter().flat_map(|a| [Some(a.at), a.settled.map(|s| s.0)]).flatten().collect();
    instants.push(now);
    instants.sort_unstable();
    instants.dedup();
    let (mut level, mut last) = (full, 0);
    for instant in instants {
        level = full.min(level + i128::from(amount) * i128::from(instant - last));
        let (mut credit, mut debit) = (0, 0);
        for Admission { at, reserved, settled, .. } in touching {
            let reserved = i128::from(*reserved);
            match settled {
                Some((end, charge)) if *end == instant && *at == instant => debit += i128::from(*charge),
                Some((end, charge)) if *end == instant => credit += reserved - i128::from(*charge),
                _ if *at == instant => debit += reserved,
                _ => {}
            }
        }
        level = full.min(level + credit * i128::from(period)) - debit * i128::from(period);
        last = instant;
    }
    level
}
