//! All limits of an account, and the way in: all limits are checked before any is debited.

use super::{Limit, Meter, Window};
use crate::units::SimTime;

/// Token limits that one call can touch: a second, a minute, a day, and one across models.
pub const MAX_TOKEN_LIMITS: usize = 4;

/// The limits that a call touches, as indices into the gate.
#[derive(Debug, Clone, Default)]
pub struct Route {
    /// Limits on requests, checked first.
    pub requests: Vec<usize>,
    /// Limits on tokens; at most `MAX_TOKEN_LIMITS`.
    pub tokens: Vec<usize>,
}

/// An admission that has not been settled. It is settled exactly once:
///
/// ```compile_fail,E0382
/// use tokencast::bedrock::quota::{Gate, Route, Window};
/// use tokencast::units::SimTime;
/// let (mut gate, route) = (Gate::new(&[], Window::ClockMinute, 0), Route::default());
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
}

/// Sums of tokens in 64 bits: enough for 2^31 calls of the largest size.
#[derive(Debug, Clone, Default)]
struct Flow {
    reserved: u64,
    settled: u64,
    charged: u64,
}

impl Gate {
    /// Unused meters, one a limit, in the given order; `start_us` is the scenario's start in
    /// microseconds of Unix time.
    #[must_use]
    pub fn new(limits: &[Limit], window: Window, start_us: i64) -> Self {
        let meters = limits.iter().map(|limit| Meter::new(limit, window, start_us)).collect();
        Self { meters, flow: Flow::default() }
    }

    /// Reserves `need` tokens and one request on every limit of the route, or on none.
    ///
    /// # Errors
    /// The first limit of the route that would be exceeded; nothing has changed then.
    #[inline]
    pub fn admit(&mut self, route: &Route, now: SimTime, need: u64) -> Result<Reservation, Refusal> {
        for limit in &route.requests {
            self.check(*limit, now, 1)?;
        }
        for limit in &route.tokens {
            self.check(*limit, now, need)?;
        }
        Ok(self.debit(route, now, need))
    }

    #[inline(always)]
    fn check(&mut self, limit: usize, now: SimTime, need: u64) -> Result<(), Refusal> {
        match self.meters[limit].shortfall(now, need) {
            0 => Ok(()),
            shortfall => Err(Refusal { limit, shortfall }),
        }
    }

    #[inline]
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
    #[inline]
    pub fn settle(&mut self, route: &Route, now: SimTime, reservation: Reservation, charge: u64) {
        let Reservation { admitted_at, tokens, ref numbers } = reservation;
        for (place, limit) in route.tokens.iter().enumerate() {
            self.meters[*limit].settle(now, admitted_at, numbers[place], tokens, charge);
        }
        self.flow.settled += tokens;
        self.flow.charged += charge;
    }

    /// Where every token is.
    #[must_use]
    pub fn balance(&self) -> Held {
        let [debited, settled, charged] = [self.flow.reserved, self.flow.settled, self.flow.charged].map(i128::from);
        Held { debited, charged, released: settled - charged, held: debited - settled }
    }
}
