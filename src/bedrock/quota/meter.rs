//! One limit and what is used of it, under one of the three window semantics.

use super::bucket::TokenBucket;
use super::clock::ClockWindow;
use super::sliding::SlidingWindow;
use crate::document::names;
use crate::units::{Micros, SimTime};

names! {
    /// How a minute of a quota is cut; AWS does not document it.
    pub enum Window: "window" {
        /// Minutes of UTC: every quota is whole again when the clock's minute changes.
        ClockMinute = "clock_minute",
        /// The last 60 seconds: every admission counts until it is 60 seconds old.
        SlidingMinute = "sliding_minute",
        /// A bucket that holds one minute's quota and is refilled steadily.
        TokenBucket = "token_bucket",
    }
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Requests admitted.
    Requests,
    /// Tokens reserved, then charged.
    Tokens,
    /// Input tokens of purchased capacity.
    InputTokens,
    /// Output tokens of purchased capacity.
    OutputTokens,
}

/// A limit: so many requests or tokens a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub measure: Measure,
    /// How many.
    pub amount: u64,
    /// In what time: a second, a minute or a day.
    pub period: Micros,
}

impl Limit {
    /// So many that nothing reaches it: a limit that does not hold yet, or no longer.
    pub const NONE: u64 = 1 << 62;

    /// The limit that capacity is usually bought by: tokens per minute.
    #[must_use]
    pub fn is_tokens_of_a_minute(&self) -> bool {
        self.measure == Measure::Tokens && self.period == Micros::MINUTE
    }

    /// The field's name of the limit: `tokens_per_minute`, `requests_per_minute`, `tokens_per_day`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match (self.measure, self.period) {
            (Measure::Tokens, Micros::MINUTE) => "tokens_per_minute",
            (Measure::Tokens, Micros::DAY) => "tokens_per_day",
            (Measure::Tokens, _) => "tokens_per_second",
            (Measure::Requests, Micros::MINUTE) => "requests_per_minute",
            (Measure::Requests, Micros::DAY) => "requests_per_day",
            (Measure::Requests, _) => "requests_per_second",
            (Measure::InputTokens, _) => "input_tokens_per_minute",
            (Measure::OutputTokens, _) => "output_tokens_per_minute",
        }
    }
}

/// A limit takes another amount: an increase that AWS granted, from its day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// From when.
    pub at: SimTime,
    /// Which limit, as an index.
    pub limit: usize,
    /// To how many.
    pub amount: u64,
}

/// The state of one limit. The tag has its own byte: it is read several times an attempt.
#[derive(Debug, Clone)]
#[repr(u8)]
pub enum Meter {
    /// Windows of the UTC clock.
    Clock(ClockWindow),
    /// The last period.
    Sliding(SlidingWindow),
    /// A level that refills.
    Bucket(TokenBucket),
}

impl Meter {
    /// The unused meter of a limit, and the amounts that it may get later. Day limits are days of UTC whatever
    /// the window; `start_us` is the scenario's start in microseconds of Unix time.
    #[must_use]
    pub fn new(limit: &Limit, to_come: &[u64], window: Window, start_us: i64) -> Self {
        let into = Micros(start_us.rem_euclid(limit.period.0 as i64) as u64);
        match window {
            _ if limit.period == Micros::DAY => Self::Clock(ClockWindow::new(limit.amount, limit.period, into)),
            Window::ClockMinute => Self::Clock(ClockWindow::new(limit.amount, limit.period, into)),
            Window::SlidingMinute => Self::Sliding(SlidingWindow::new(limit.amount, limit.period)),
            Window::TokenBucket => Self::Bucket(TokenBucket::new(limit.amount, to_come, limit.period)),
        }
    }

    /// From `at` on another limit holds.
    pub fn set_limit(&mut self, at: SimTime, limit: u64) {
        match self {
            Self::Clock(window) => window.set_limit(limit),
            Self::Sliding(window) => window.set_limit(limit),
            Self::Bucket(bucket) => bucket.set_limit(at, limit),
        }
    }

    /// How much is missing for `need` to fit; zero when it fits. Leaves no trace.
    #[inline]
    pub fn shortfall(&mut self, now: SimTime, need: u64) -> u64 {
        match self {
            Self::Clock(window) => window.shortfall(now, need),
            Self::Sliding(window) => window.shortfall(now, need),
            Self::Bucket(bucket) => bucket.shortfall(now, need),
        }
    }

    /// Counts what was found to fit; the number is asked for again at settlement.
    #[inline]
    pub fn debit(&mut self, now: SimTime, need: u64) -> u32 {
        match self {
            Self::Clock(window) => window.debit(need),
            Self::Sliding(window) => return window.debit(now, need),
            Self::Bucket(bucket) => bucket.debit(need),
        }
        0
    }

    /// Counts what nobody asked room for.
    pub fn count(&mut self, now: SimTime, amount: u64) {
        let _ = self.shortfall(now, 0);
        self.debit(now, amount);
    }

    /// Replaces a reservation by its charge.
    #[inline(always)]
    pub fn settle(&mut self, now: SimTime, admitted_at: SimTime, number: u32, reserved: u64, charge: u64) {
        match self {
            Self::Clock(window) => window.settle(now, admitted_at, reserved, charge),
            Self::Sliding(window) => window.settle(now, number, reserved, charge),
            Self::Bucket(bucket) => bucket.settle(now, reserved, charge),
        }
    }
}
