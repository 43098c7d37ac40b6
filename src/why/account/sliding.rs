//! The last period: each amount counts until it is one period old.

use super::{Entry, Settlement, Share, position};
use crate::bedrock::quota::Limit;
use crate::units::{Micros, SimTime};
use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub(in crate::why) struct SlidingAccount {
    pub(super) limit: u64,
    period: Micros,
    apps: usize,
    entries: VecDeque<Entry>,
}

impl SlidingAccount {
    pub(super) fn new(limit: &Limit, apps: usize) -> Self {
        Self { limit: limit.amount, period: limit.period, apps, entries: VecDeque::new() }
    }

    fn expire(&mut self, now: SimTime) {
        while self.entries.front().is_some_and(|entry| entry.at + self.period <= now) {
            self.entries.pop_front();
        }
    }

    pub(super) fn add(&mut self, now: SimTime, app: usize, tokens: u64, open: bool) {
        self.expire(now);
        self.entries.push_back(Entry { at: now, app, open: open.then_some(tokens), amount: tokens });
    }

    pub(super) fn settle(&mut self, now: SimTime, settled: Settlement, stays: bool) {
        self.expire(now);
        let Settlement { app, reserved, charge, .. } = settled;
        if let Some(at) = position(&self.entries, settled) {
            let entry = &mut self.entries[at];
            (entry.open, entry.amount) = (stays.then_some(charge), charge);
        } else if charge > reserved {
            self.add(now, app, charge - reserved, false);
        }
    }

    pub(super) fn shares(&mut self, now: SimTime) -> Vec<Share> {
        self.expire(now);
        let mut shares = vec![Share::default(); self.apps];
        for entry in &self.entries {
            let share = &mut shares[entry.app];
            *(if entry.open.is_some() { &mut share.reserved } else { &mut share.charged }) += entry.amount;
        }
        shares
    }

    pub(super) fn fits_at(&mut self, now: SimTime, need: u64) -> Option<SimTime> {
        self.expire(now);
        let mut used: u64 = self.entries.iter().map(|entry| entry.amount).sum();
        if used + need <= self.limit {
            return Some(now);
        }
        self.entries.iter().find_map(|entry| {
            used -= entry.amount;
            (used + need <= self.limit).then(|| entry.at + self.period)
        })
    }
}
