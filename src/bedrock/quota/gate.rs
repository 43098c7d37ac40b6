//! All limits of an account, and the way in: all limits are checked before any is debited.

use super::{Change, Limit, Meter, Window};
use crate::units::SimTime;

/// No limit changes any more.
const NEVER: SimTime = SimTime(u64::MAX);

/// Token limits that one call can touch: a second, a minute, a day, and one across models.
pub const MAX_TOKEN_LIMITS: usize = 4;

/// The limits that a call touches, as indices into the gate.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// Limits on requests, checked first.
    pub requests: Vec<usize>,
    /// Limits on tokens; at most `MAX_TOKEN_LIMITS`.
    pub tokens: Vec<usize>,
    /// The limit on output of purchased capacity. Output counts when it has been written; a call is admitted
    /// while there is room for its first token.
    pub output: Option<usize>,
}

impl Route {
    /// Every limit that a call touches.
    pub fn limits(&self) -> impl Iterator<Item = usize> {
        self.requests.iter().chain(&self.tokens).chain(&self.output).copied()
    }
}

/// An admission that has not been settled. It is settled exactly once:
///
/// ```compile_fail,E0382
/// use tokencast::bedrock::quota::{Gate, Route, Window};
/// use tokencast::units::SimTime;
/// let (mut gate, route) = (Gate::new(&[], &[], Window::ClockMinute, 0), Route::default());
/// let reservation = gate.admit(&route, SimTime(0), 142).unwrap();
/// gate.settle(&route, SimTime(1), reservation, 67);
/// gate.settle(&route, SimTime(2), reservation, 67);
/// ```
#[derive(Debug)]
#[must_use = "a reservation holds quota until it is settled"]
pub struct Reservation {
    admitted_at: SimTime,
    tokens: u64,
    numbers: [u32; MAX_TOKEN_LIMITS],
}

impl Reservation {
    /// What a call holds that no limit counts.
    pub fn of_nothing(admitted_at: SimTime) -> Self {
        Self { admitted_at, tokens: 0, numbers: [0; MAX_TOKEN_LIMITS] }
    }

    /// When the call was admitted.
    #[must_use]
    pub fn admitted_at(&self) -> SimTime {
        self.admitted_at
    }

    /// The tokens that it holds.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.tokens
    }
}

/// Why a call was not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The limit that would be exceeded, as an index into the gate.
    pub limit: usize,
    /// By how much.
    pub shortfall: u64,
}

/// Where the tokens are that were ever debited: `debited = charged + released + held`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Reserved by admissions.
    pub debited: i128,
    /// Charged by settlements.
    pub charged: i128,
    /// Given back by settlements; negative when charges exceeded reservations.
    pub released: i128,
    /// Reserved and not settled.
    pub held: i128,
}

/// The meters of all limits.
#[derive(Debug, Clone)]
pub struct Gate {
    meters: Vec<Meter>,
    flow: Flow,
    /// Limits to come, the next one last.
    changes: Vec<Change>,
    next_change: SimTime,
}

/// Sums of tokens in 64 bits: enough for 2^31 calls of the largest size.
#[derive(Debug, Clone, Default)]
struct Flow {
    reserved: u64,
    settled: u64,
    charged: u64,
    /// Given back while answers were written; negative when they took more.
    adjusted: i64,
}

impl Gate {
    /// Unused meters, one a limit, in the given order, and how the limits change later; `start_us` is the
    /// scenario's start in microseconds of Unix time.
    #[must_use]
    pub fn new(limits: &[Limit], changes: &[Change], window: Window, start_us: i64) -> Self {
        let to_come = |number| changes.iter().filter(move |change| change.limit == number).map(|change| change.amount);
        let meter = |(number, limit)| Meter::new(limit, &to_come(number).collect::<Vec<_>>(), window, start_us);
        let meters = limits.iter().enumerate().map(meter).collect();
        let mut changes = changes.to_vec();
        changes.sort_by_key(|change| std::cmp::Reverse(change.at));
        let next_change = changes.last().map_or(NEVER, |change| change.at);
        Self { meters, flow: Flow::default(), changes, next_change }
    }

    /// Turns to an instant, which is never before the last one: limits that are due take effect.
    #[inline]
    pub fn turn(&mut self, now: SimTime) {
        if now >= self.next_change {
            self.change(now);
        }
    }

    #[cold]
    fn change(&mut self, now: SimTime) {
        while let Some(change) = self.changes.pop_if(|change| change.at <= now) {
            self.meters[change.limit].set_limit(change.at, change.amount);
        }
        self.next_change = self.changes.last().map_or(NEVER, |change| change.at);
    }

    /// Reserves `need` tokens and one request on every limit of the route, or on none.
    ///
    /// # Errors
    /// The first limit of the route that would be exceeded; nothing has changed then.
    #[inline(always)]
    pub fn admit(&mut self, route: &Route, now: SimTime, need: u64) -> Result<Reservation, Refusal> {
        self.check_all(route, now, need)?;
        Ok(self.debit(route, now, need))
    }

    /// Every limit of the route has room for `need` tokens and one request; nothing is reserved.
    pub fn fits(&mut self, route: &Route, now: SimTime, need: u64) -> bool {
        self.check_all(route, now, need).is_ok()
    }

    #[inline(always)]
    fn check_all(&mut self, route: &Route, now: SimTime, need: u64) -> Result<(), Refusal> {
        for limit in &route.requests {
            self.check(*limit, now, 1)?;
        }
        for limit in &route.tokens {
            self.check(*limit, now, need)?;
        }
        if let Some(limit) = route.output {
            self.check(limit, now, 1)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn check(&mut self, limit: usize, now: SimTime, need: u64) -> Result<(), Refusal> {
        match self.meters[limit].shortfall(now, need) {
            0 => Ok(()),
            shortfall => Err(Refusal { limit, shortfall }),
        }
    }

    #[inline(always)]
    fn debit(&mut self, route: &Route, now: SimTime, need: u64) -> Reservation {
        for limit in &route.requests {
            self.meters[*limit].debit(now, 1);
        }
        let mut numbers = [0; MAX_TOKEN_LIMITS];
        for (place, limit) in route.tokens.iter().enumerate() {
            numbers[place] = self.meters[*limit].debit(now, need);
        }
        self.flow.reserved += need;
        Reservation { admitted_at: now, tokens: need, numbers }
    }

    /// Replaces a reservation by what the call is charged.
    #[inline(always)]
    pub fn settle(&mut self, route: &Route, now: SimTime, reservation: Reservation, charge: u64) {
        self.replace(route, now, &reservation, charge);
        self.flow.settled += reservation.tokens;
        self.flow.charged += charge;
    }

    /// Changes what a reservation holds while its answer is being written.
    #[inline(never)]
    pub fn adjust(&mut self, route: &Route, now: SimTime, reservation: &mut Reservation, tokens: u64) {
        self.replace(route, now, reservation, tokens);
        self.flow.adjusted += reservation.tokens as i64 - tokens as i64;
        reservation.tokens = tokens;
    }

    /// Counts the output of a call on the capacity that it was bought with.
    #[inline]
    pub fn deliver(&mut self, route: &Route, now: SimTime, output: u64) {
        if let Some(limit) = route.output {
            self.meters[limit].count(now, output);
        }
    }

    #[inline(always)]
    fn replace(&mut self, route: &Route, now: SimTime, reservation: &Reservation, tokens: u64) {
        let Reservation { admitted_at, tokens: held, numbers } = reservation;
        for (place, limit) in route.tokens.iter().enumerate() {
            self.meters[*limit].settle(now, *admitted_at, numbers[place], *held, tokens);
        }
    }

    /// Where every token is.
    #[must_use]
    pub fn balance(&self) -> Held {
        let [debited, settled, charged] = [self.flow.reserved, self.flow.settled, self.flow.charged].map(i128::from);
        let adjusted = i128::from(self.flow.adjusted);
        Held { debited, charged, released: adjusted + settled - charged, held: debited - adjusted - settled }
    }
}
