//! The rate limiter of adaptive mode: once a response was a throttle, every attempt waits for a token.
//!
//! It counts requests and knows nothing of their tokens. State is in floating-point seconds that are computed from
//! whole microseconds, as botocore's are from its clock.

use super::bucket::Bucket;
use super::rate::{Cubic, RateClock};
use crate::units::Micros;
use std::collections::BTreeMap;

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
    /// aws-smithy-runtime 1.16.2.
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
    bucket: Bucket,
    tick: Micros,
    wakes_one: bool,
    /// Who waits, the longest first, and the place of each.
    line: BTreeMap<u64, u64>,
    places: BTreeMap<u64, u64>,
    next_place: u64,
}

/// What becomes of an attempt that asks for its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is sent now.
    Granted,
    /// It sleeps for so long, unless it is woken before, and asks again; at least a microsecond.
    Wait(Micros),
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
        let now = seconds(epoch_us, rules.tick);
        Self {
            enabled: false,
            clock: RateClock::new(rules, now),
            cubic: Cubic::new(rules, now),
            bucket: Bucket::new(rules, now),
            tick: rules.tick,
            wakes_one: rules.wakes_one,
            line: BTreeMap::new(),
            places: BTreeMap::new(),
            next_place: 0,
        }
    }

    /// An attempt wants to be sent, the first of a call or a later one after its backoff. It may overtake those
    /// who wait; when it has to wait, it stands behind them.
    pub fn acquire(&mut self, now_us: u64, ticket: u64) -> Turn {
        if !self.enabled {
            return Turn::Granted;
        }
        let Err(short) = self.bucket.take(1.0, seconds(now_us, self.tick)) else { return Turn::Granted };
        if self.wakes_one {
            self.line.insert(self.next_place, ticket);
            self.places.insert(ticket, self.next_place);
            self.next_place += 1;
        }
        Turn::Wait(whole_ticks(short, self.tick))
    }

    /// A waiter's sleep is over, or it was woken: it leaves the line and asks again.
    pub fn wake(&mut self, now_us: u64, ticket: u64) -> Turn {
        if let Some(place) = self.places.remove(&ticket) {
            self.line.remove(&place);
        }
        self.acquire(now_us, ticket)
    }

    /// A response came, of whatever kind. Gives the longest waiter, which the changed rate wakes now; it has left the
    /// line.
    pub fn respond(&mut self, now_us: u64, throttled: bool) -> Option<u64> {
        let now = seconds(now_us, self.tick);
        let measured = self.clock.record(now);
        let rate = if throttled {
            let rate = if self.enabled { measured.min(self.bucket.fill_rate) } else { measured };
            self.enabled = true;
            self.cubic.throttled(rate, now)
        } else {
            self.cubic.succeeded(now)
        };
        self.bucket.set_rate(rate.min(2.0 * measured), now);
        let (_, ticket) = self.line.pop_first()?;
        self.places.remove(&ticket);
        Some(ticket)
    }

    /// What it knows.
    #[must_use]
    pub fn state(&self) -> LimiterState {
        LimiterState {
            enabled: self.enabled,
            measured_rate: self.clock.measured,
            fill_rate: self.bucket.fill_rate,
            max_capacity: self.bucket.max_capacity,
            capacity: self.bucket.capacity,
            w_max: self.cubic.w_max,
            k: self.cubic.k,
            last_throttle: self.cubic.last_throttle,
        }
    }
}

/// What a clock of such ticks shows.
fn seconds(now_us: u64, tick: Micros) -> f64 {
    (now_us - now_us % tick.0) as f64 / 1e6
}

/// A sleep, rounded up to whole ticks, one at least: rounded down, what is missing could fall below the last bit of
/// the clock, and the waiter would sleep for ever. A thousandth of a microsecond is taken for an error of rounding.
fn whole_ticks(seconds: f64, tick: Micros) -> Micros {
    let ticks = (seconds * 1e6 - 0.001) / tick.0 as f64;
    let ticks = if ticks > 1.0 { ticks.ceil() as u64 } else { 1 };
    Micros(ticks.saturating_mul(tick.0).min(Micros::LONGEST.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000;

    /// Ten requests in the first half second, the last of them throttled.
    fn throttled_at_once() -> Limiter {
        let mut limiter = Limiter::new(&LimiterRules::BOTOCORE, 100 * SECOND);
        (0..9).for_each(|_| assert_eq!(limiter.respond(100 * SECOND, false), None));
        assert_eq!(limiter.acquire(100 * SECOND, 0), Turn::Granted);
        limiter.respond(100 * SECOND, true);
        limiter
    }

    #[test]
    fn nobody_waits_before_the_first_throttle_and_everybody_for_ever_after() {
        let mut limiter = throttled_at_once();
        // Nothing was measured in the first half second: the floor of half a request a second.
        assert_eq!(limiter.state().fill_rate, 0.5);
        assert_eq!(limiter.acquire(100 * SECOND, 1), Turn::Wait(Micros(2 * SECOND)));
        assert_eq!(limiter.wake(102 * SECOND, 1), Turn::Granted);
    }

    #[test]
    fn a_changed_rate_wakes_the_longest_waiter_only() {
        let mut limiter = throttled_at_once();
        (1..=3).for_each(|ticket| assert!(matches!(limiter.acquire(100 * SECOND, ticket), Turn::Wait(_))));
        assert_eq!(limiter.respond(101 * SECOND, false), Some(1));
        // The first asks again and, while it has no token, stands behind the others.
        assert!(matches!(limiter.wake(101 * SECOND, 1), Turn::Wait(_)));
        // The second has slept to its end: the third is the longest waiter now.
        assert_eq!(limiter.wake(102 * SECOND, 2), Turn::Granted);
        assert_eq!([0; 3].map(|_| limiter.respond(102 * SECOND, false)), [Some(3), Some(1), None]);
    }

    #[test]
    fn without_a_notice_waiters_sleep_to_the_end() {
        let mut limiter = Limiter::new(&LimiterRules::JS, 100 * SECOND);
        limiter.respond(100 * SECOND, true);
        assert_eq!(limiter.acquire(100 * SECOND, 1), Turn::Wait(Micros(2 * SECOND)));
        assert_eq!(limiter.respond(101 * SECOND, false), None);
    }

    #[test]
    fn sleeps_are_whole_ticks_and_one_at_least() {
        let micros = |seconds| whole_ticks(seconds, Micros(1)).0;
        assert_eq!([0.0, 1e-12, 1e-6, 1.000_001e-6, 1.5e-6, 2.0].map(micros), [1, 1, 1, 1, 2, 2 * SECOND]);
        assert_eq!([1e-9, 0.001, 0.0012].map(|seconds| whole_ticks(seconds, Micros(1_000)).0), [1_000, 1_000, 2_000]);
        assert_eq!(whole_ticks(f64::INFINITY, Micros(1)), Micros::LONGEST);
    }
}
