//! Windows of the UTC clock: a reservation counts in the window of its admission, later only debt does.

use super::{Settlement, Share};
use crate::bedrock::quota::Limit;
use crate::units::{Micros, SimTime};

#[derive(Debug, Clone)]
pub(in crate::why) struct ClockAccount {
    pub(super) limit: u64,
    period: Micros,
    into: Micros,
    /// Which window of UTC is open, counted from the one of the start.
    window: u64,
    shares: Vec<Share>,
}

impl ClockAccount {
    pub(super) fn new(limit: &Limit, into: Micros, apps: usize) -> Self {
        Self { limit: limit.amount, period: limit.period, into, window: 0, shares: vec![Share::default(); apps] }
    }

    fn window_of(&self, at: SimTime) -> u64 {
        (at.0 + self.into.0) / self.period.0
    }

    fn roll(&mut self, now: SimTime) {
        let window = self.window_of(now);
        if window != self.window {
            self.window = window;
            self.shares.fill(Share::default());
        }
    }

    pub(super) fn add(&mut self, now: SimTime, app: usize, tokens: u64, open: bool) {
        self.roll(now);
        let share = &mut self.shares[app];
        *(if open { &mut share.reserved } else { &mut share.charged }) += tokens;
    }

    pub(super) fn settle(&mut self, now: SimTime, settled: Settlement, stays: bool) {
        self.roll(now);
        let Settlement { app, admitted_at, reserved, charge } = settled;
        let still_open = self.window_of(admitted_at) == self.window;
        let share = &mut self.shares[app];
        if still_open {
            share.reserved -= reserved;
            *(if stays { &mut share.reserved } else { &mut share.charged }) += charge;
        } else {
            share.charged += charge.saturating_sub(reserved);
        }
    }

    pub(super) fn shares(&mut self, now: SimTime) -> Vec<Share> {
        self.roll(now);
        self.shares.clone()
    }

    pub(super) fn fits_at(&mut self, now: SimTime, need: u64) -> Option<SimTime> {
        self.roll(now);
        let used: u64 = self.shares.iter().map(|share| share.sum()).sum();
        if used + need <= self.limit {
            return Some(now);
        }
        (need <= self.limit).then(|| SimTime((self.window + 1) * self.period.0 - self.into.0))
    }
}
