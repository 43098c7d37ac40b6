//! Who holds a limit: what is used of it, by application, written from the rules of each window and not
//! from the meters, so that each checks the other.

mod bucket;
mod clock;
mod sliding;

use crate::bedrock::quota::{Limit, Window};
use crate::units::{Micros, SimTime};
use bucket::BucketAccount;
use clock::ClockAccount;
use sliding::SlidingAccount;

/// What one application has of a limit at an instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Reserved by calls that are still being answered.
    pub reserved: u64,
    /// Charged by calls that have ended, and requests that were let in.
    pub charged: u64,
}

impl Share {
    /// Both together.
    #[must_use]
    pub fn sum(self) -> u64 {
        self.reserved + self.charged
    }
}

/// A settlement: the application, when its call was admitted, what that reserved, and the charge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settlement {
    pub(super) app: usize,
    pub(super) admitted_at: SimTime,
    pub(super) reserved: u64,
    pub(super) charge: u64,
}

/// The account of one limit, under one of the three windows.
#[derive(Debug, Clone)]
pub(super) enum Account {
    Clock(ClockAccount),
    Sliding(SlidingAccount),
    Bucket(BucketAccount),
}

impl Account {
    /// An account that nobody has used; days are days of UTC whatever the window.
    pub(super) fn new(limit: &Limit, window: Window, start_us: i64, apps: usize) -> Self {
        let into = Micros(start_us.rem_euclid(limit.period.0 as i64) as u64);
        let clock = || Self::Clock(ClockAccount::new(limit, into, apps));
        match window {
            _ if limit.period == Micros::DAY => clock(),
            Window::ClockMinute => clock(),
            Window::SlidingMinute => Self::Sliding(SlidingAccount::new(limit, apps)),
            Window::TokenBucket => Self::Bucket(BucketAccount::new(limit, apps)),
        }
    }

    /// Tokens that a call holds until it is settled.
    pub(super) fn reserve(&mut self, now: SimTime, app: usize, tokens: u64) {
        match self {
            Self::Clock(account) => account.add(now, app, tokens, true),
            Self::Sliding(account) => account.add(now, app, tokens, true),
            Self::Bucket(account) => account.add(now, app, tokens, true),
        }
    }

    /// What counts at once and for good: a request, or output that has been written.
    pub(super) fn count(&mut self, now: SimTime, app: usize, amount: u64) {
        match self {
            Self::Clock(account) => account.add(now, app, amount, false),
            Self::Sliding(account) => account.add(now, app, amount, false),
            Self::Bucket(account) => account.add(now, app, amount, false),
        }
    }

    /// The charge takes the place of the reservation; while the call goes on (`stays`) it is reserved again.
    pub(super) fn settle(&mut self, now: SimTime, settled: Settlement, stays: bool) {
        match self {
            Self::Clock(account) => account.settle(now, settled, stays),
            Self::Sliding(account) => account.settle(now, settled, stays),
            Self::Bucket(account) => account.settle(now, settled, stays),
        }
    }

    /// Another limit holds from an instant on.
    pub(super) fn set_limit(&mut self, at: SimTime, limit: u64) {
        match self {
            Self::Clock(account) => account.limit = limit,
            Self::Sliding(account) => account.limit = limit,
            Self::Bucket(account) => account.set_limit(at, limit),
        }
    }

    /// The limit that holds.
    pub(super) fn limit(&self) -> u64 {
        match self {
            Self::Clock(account) => account.limit,
            Self::Sliding(account) => account.limit,
            Self::Bucket(account) => account.limit,
        }
    }

    /// What a bucket has not been filled with since its limit grew: nobody has it.
    pub(super) fn unfilled(&self) -> u64 {
        match self {
            Self::Bucket(account) => account.unfilled(),
            Self::Clock(_) | Self::Sliding(_) => 0,
        }
    }

    /// What each application has of the limit; the sum is what is used of it.
    pub(super) fn shares(&mut self, now: SimTime) -> Vec<Share> {
        match self {
            Self::Clock(account) => account.shares(now),
            Self::Sliding(account) => account.shares(now),
            Self::Bucket(account) => account.shares(now),
        }
    }

    /// The first instant from now on at which `need` fits when nothing happens until then.
    pub(super) fn fits_at(&mut self, now: SimTime, need: u64) -> Option<SimTime> {
        match self {
            Self::Clock(account) => account.fits_at(now, need),
            Self::Sliding(account) => account.fits_at(now, need),
            Self::Bucket(account) => account.fits_at(now, need),
        }
    }
}

/// One amount that counts.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: SimTime,
    app: usize,
    /// What its call reserved, while that is not settled.
    open: Option<u64>,
    amount: u64,
}

/// The entry of a reservation among entries in order of time. Two that agree in instant, application and
/// size are interchangeable.
fn position(entries: &std::collections::VecDeque<Entry>, of: Settlement) -> Option<usize> {
    let first = entries.partition_point(|entry| entry.at < of.admitted_at);
    let same_instant = entries.range(first..).take_while(|entry| entry.at == of.admitted_at);
    let at = same_instant.enumerate().find(|(_, entry)| entry.app == of.app && entry.open == Some(of.reserved))?.0;
    Some(first + at)
}
