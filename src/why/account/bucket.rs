//! A bucket: what flows in repays the oldest amounts first.
//!
//! The rule knows one level only. Whose tokens a drop repays is a convention of ours; the sum is exact,
//! in units of `1 / scale` tokens. When the limit grows, what is new has to be filled first: that part belongs
//! to nobody.

use super::{Entry, Settlement, Share, position};
use crate::bedrock::quota::Limit;
use crate::units::SimTime;
use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub(in crate::why) struct BucketAccount {
    pub(super) limit: u64,
    scale: u64,
    last: SimTime,
    apps: usize,
    /// What has not been repaid, in units.
    owed: VecDeque<Entry>,
    /// Credit above a full bucket: good until the clock moves or something is taken.
    surplus: u64,
}

impl BucketAccount {
    pub(super) fn new(limit: &Limit, apps: usize) -> Self {
        // In such units a microsecond refills `limit` of them.
        let scale = limit.period.0;
        Self { limit: limit.amount, scale, last: SimTime(0), apps, owed: VecDeque::new(), surplus: 0 }
    }

    fn refill(&mut self, now: SimTime) {
        if now > self.last {
            let flowed = (now - self.last).0.saturating_mul(self.limit);
            self.last = now;
            self.repay(flowed);
            self.surplus = 0;
        }
    }

    /// What repays everything is surplus.
    fn repay(&mut self, mut units: u64) {
        while let Some(oldest) = self.owed.front_mut() {
            let paid = oldest.amount.min(units);
            oldest.amount -= paid;
            units -= paid;
            if oldest.amount > 0 {
                return;
            }
            self.owed.pop_front();
        }
        self.surplus += units;
    }

    fn owe(&mut self, now: SimTime, app: usize, units: u64, open: Option<u64>) {
        if units > 0 {
            self.owed.push_back(Entry { at: now, app, open, amount: units });
        }
    }

    pub(super) fn add(&mut self, now: SimTime, app: usize, tokens: u64, open: bool) {
        self.refill(now);
        self.surplus = 0;
        self.owe(now, app, tokens * self.scale, open.then_some(tokens));
    }

    pub(super) fn settle(&mut self, now: SimTime, settled: Settlement, stays: bool) {
        self.refill(now);
        let Settlement { app, reserved, charge, .. } = settled;
        let mut credit = reserved.saturating_sub(charge) * self.scale;
        if let Some(at) = position(&self.owed, settled) {
            let own = &mut self.owed[at];
            own.open = stays.then_some(charge);
            let back = own.amount.min(credit);
            own.amount -= back;
            credit -= back;
        }
        self.repay(credit);
        let debt = charge.saturating_sub(reserved) * self.scale;
        let covered = self.surplus.min(debt);
        self.surplus -= covered;
        self.owe(now, app, debt - covered, None);
    }

    /// Whole tokens: what is used is rounded up, and the parts that miss most of a token get it.
    pub(super) fn shares(&mut self, now: SimTime) -> Vec<Share> {
        self.refill(now);
        let mut units = vec![0_u64; self.apps * 2];
        for entry in self.owed.iter().filter(|entry| entry.app < self.apps) {
            units[entry.app * 2 + usize::from(entry.open.is_none())] += entry.amount;
        }
        let theirs = self.used().div_ceil(self.scale) - self.unfilled();
        let mut missing = theirs - units.iter().map(|part| part / self.scale).sum::<u64>();
        let mut tokens: Vec<u64> = units.iter().map(|part| part / self.scale).collect();
        let mut order: Vec<usize> = (0..units.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(units[*at] % self.scale));
        for at in order {
            let one = missing.min(1);
            tokens[at] += one;
            missing -= one;
        }
        tokens.chunks(2).map(|pair| Share { reserved: pair[0], charged: pair[1] }).collect()
    }

    /// The level stays and the bucket changes around it.
    pub(super) fn set_limit(&mut self, at: SimTime, limit: u64) {
        self.refill(at);
        let (grown, shrunk) = (limit.saturating_sub(self.limit), self.limit.saturating_sub(limit));
        self.limit = limit;
        self.repay(shrunk * self.scale);
        let covered = self.surplus.min(grown * self.scale);
        self.surplus -= covered;
        self.owe(at, self.apps, grown * self.scale - covered, None);
    }

    pub(super) fn unfilled(&self) -> u64 {
        let nobodys: u64 = self.owed.iter().filter(|entry| entry.app == self.apps).map(|entry| entry.amount).sum();
        nobodys / self.scale
    }

    fn used(&self) -> u64 {
        self.owed.iter().map(|entry| entry.amount).sum()
    }

    pub(super) fn fits_at(&mut self, now: SimTime, need: u64) -> Option<SimTime> {
        self.refill(now);
        let missing = (self.used() + need * self.scale).saturating_sub(self.limit * self.scale);
        (need <= self.limit).then(|| SimTime(now.0 + missing.div_ceil(self.limit)))
    }
}
