//! The rate limiter of adaptive mode: once a response was a throttle, every attempt waits for a token.
//!
//! It counts requests and knows nothing of their tokens. State is in floating-point seconds that are computed from
//! whole microseconds, as botocore's are from its clock.

use super::bucket::Bucket;
use super::queue::{TokenQueue, Turn};
use super::rate::{Cubic, RateClock};
use crate::units::Micros;

/// Where the limiters of SDKs differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimiterRules {
    /// The measured rate before anything was sent, a second.
    pub initial_measured: f64,
    /// Tokens a second before the first response.
    pub initial_fill: f64,
    /// What the bucket holds when it is full, before the first response.
    pub initial_max_capacity: f64,
    /// The bucket fills from the creation of the client on; otherwise from the first response.
    pub fills_from_creation: bool,
    /// Rates are rounded to eight decimals.
    pub eight_decimals: bool,
    /// The clock shows whole ticks.
    pub tick: Micros,
    /// A changed rate wakes the longest waiter; otherwise all sleep to the end.
    pub wakes_one: bool,
}

impl LimiterRules {
    /// botocore: the same files in 1.43.0 to 1.44.5.
    pub const BOTOCORE: Self = Self {
        initial_measured: 0.0,
        initial_fill: 1.0,
        initial_max_capacity: 1.0,
        fills_from_creation: true,
        eight_decimals: false,
        tick: Micros(1),
        wakes_one: true,
    };
    /// @smithy/core 3.41.
    pub const JS: Self = Self {
        initial_fill: 0.5,
        fills_from_creation: false,
        eight_decimals: true,
        tick: Micros(1_000),
        wakes_one: false,
        ..Self::BOTOCORE
    };
    /// aws-smithy-runtime 1.16.2. Every attempt takes one token, as under the rules of 2026; before them a retry took
    /// five, or ten after a throttle, when it was decided on, which is not modelled.
    pub const RUST: Self = Self {
        initial_measured: 0.5,
        initial_fill: 0.0,
        initial_max_capacity: f64::MAX,
        fills_from_creation: false,
        wakes_one: false,
        ..Self::BOTOCORE
    };
}

/// The rate limiter of one client object.
#[derive(Debug, Clone, PartialEq)]
pub struct Limiter {
    enabled: bool,
    clock: RateClock,
    cubic: Cubic,
    queue: TokenQueue,
}

/// What a limiter knows, for whoever compares it with another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimiterState {
    /// Attempts wait for tokens.
    pub enabled: bool,
    /// Responses a second, smoothed.
    pub measured_rate: f64,
    /// Tokens a second.
    pub fill_rate: f64,
    /// What the bucket holds when it is full.
    pub max_capacity: f64,
    /// What it held when it was last looked at.
    pub capacity: f64,
    /// The rate at the last throttle.
    pub w_max: f64,
    /// Seconds from a throttle until that rate is reached again.
    pub k: f64,
    /// When the last throttle was, in seconds of the UTC epoch; at first, when the client was created.
    pub last_throttle: f64,
}

impl Limiter {
    /// The limiter of a client that is created at this instant of the UTC epoch.
    #[must_use]
    pub fn new(rules: &LimiterRules, epoch_us: u64) -> Self {
        let queue = TokenQueue::new(rules, epoch_us);
        let now = queue.seconds(epoch_us);
        Self { enabled: false, clock: RateClock::new(rules, now), cubic: Cubic::new(rules, now), queue }
    }

    /// It has not seen a throttle yet: nobody waits.
    #[inline]
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.enabled
    }

    /// An attempt wants to be sent, the first of a call or a later one after its backoff. It may overtake those
    /// who wait; when it has to wait, it stands behind them.
    #[inline]
    pub fn acquire(&mut self, now_us: u64, ticket: u64) -> Turn {
        if self.is_open() { Turn::Granted } else { self.queue.acquire(now_us, ticket) }
    }

    /// A waiter's sleep is over, or it was woken: it leaves the line and asks again.
    pub fn wake(&mut self, now_us: u64, ticket: u64) -> Turn {
        self.queue.wake(now_us, ticket)
    }

    /// A waiter does not want its turn any longer.
    pub fn leave(&mut self, ticket: u64) {
        self.queue.leave(ticket);
    }

    /// A response came, of whatever kind. Gives the longest waiter, which the changed rate wakes now; it has left the
    /// line.
    pub fn respond(&mut self, now_us: u64, throttled: bool) -> Option<u64> {
        self.respond_at(self.queue.seconds(now_us), throttled)
    }

    /// `respond` by a clock that is finer than a microsecond, in seconds.
    pub fn respond_at(&mut self, now: f64, throttled: bool) -> Option<u64> {
        let measured = self.clock.record(now);
        let rate = if throttled {
            let rate = if self.enabled { measured.min(self.queue.bucket.fill_rate) } else { measured };
            self.enabled = true;
            self.cubic.throttled(rate, now)
        } else {
            self.cubic.succeeded(now)
        };
        self.queue.set_rate(rate.min(2.0 * measured), now)
    }

    /// `acquire` by a clock that is finer than a microsecond: the seconds until there is a token, while there is none.
    ///
    /// # Errors
    /// The token is not there yet.
    pub fn acquire_at(&mut self, now: f64) -> Result<(), f64> {
        if self.enabled { self.queue.bucket.take(now) } else { Ok(()) }
    }

    /// What it knows.
    #[must_use]
    pub fn state(&self) -> LimiterState {
        let Bucket { fill_rate, max_capacity, capacity, .. } = self.queue.bucket;
        LimiterState {
            enabled: self.enabled,
            measured_rate: self.clock.measured,
            fill_rate,
            max_capacity,
            capacity,
            w_max: self.cubic.w_max,
            k: self.cubic.k,
            last_throttle: self.cubic.last_throttle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000;

    #[test]
    fn nobody_waits_before_the_first_throttle_and_everybody_for_ever_after() {
        let mut limiter = Limiter::new(&LimiterRules::BOTOCORE, 100 * SECOND);
        (0..9).for_each(|_| assert_eq!(limiter.respond(100 * SECOND, false), None));
        assert_eq!([0; 5].map(|_| limiter.acquire(100 * SECOND, 0)), [Turn::Granted; 5]);
        limiter.respond(100 * SECOND, true);
        // Nothing was measured in the first half second: the floor of half a request a second.
        assert_eq!(limiter.state().fill_rate, 0.5);
        assert_eq!(limiter.acquire(100 * SECOND, 1), Turn::Wait(Micros(2 * SECOND)));
        assert_eq!(limiter.respond(101 * SECOND, false), Some(1));
        assert_eq!(limiter.wake(101 * SECOND, 1), Turn::Wait(Micros::SECOND));
        assert_eq!(limiter.wake(102 * SECOND, 1), Turn::Granted);
    }

    #[test]
    fn a_throttle_cuts_the_slower_of_what_was_measured_and_what_was_allowed() {
        let mut limiter = Limiter::new(&LimiterRules::BOTOCORE, 100 * SECOND);
        (0..10).for_each(|_| assert_eq!(limiter.respond(100 * SECOND + 100_000, false), None));
        limiter.respond(100 * SECOND + 500_000, true);
        let measured = limiter.state().measured_rate;
        assert_eq!(measured, 0.8 * 22.0);
        assert_eq!(limiter.state().fill_rate, 0.7 * measured);
        limiter.respond(100 * SECOND + 600_000, true);
        assert_eq!(limiter.state().w_max, 0.7 * measured);
    }
}
