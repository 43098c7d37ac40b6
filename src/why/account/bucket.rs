//! A bucket: what flows in repays the oldest amounts first.
//!
//! The rule knows one level only. Whose tokens a drop repays is a convention of ours; the sum is exact,
//! in units of `1 / scale` tokens.

use super::{Entry, Settlement, Share, position};
use crate::bedrock::quota::Limit;
use crate::units::{Ratio, SimTime};
use std::collections::VecDeque;

#[derive(Debug, Clone)]
pub(in crate::why) struct BucketAccount {
    limit: u64,
    refill_per_us: u64,
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
        let per_us = Ratio::new(limit.amount, limit.period.0).expect("a period is longer than zero");
        let (refill_per_us, scale) = (per_us.numerator(), per_us.denominator());
        let (last, owed) = (SimTime(0), VecDeque::new());
        Self { limit: limit.amount, refill_per_us, scale, last, apps, owed, surplus: 0 }
    }

    fn refill(&mut self, now: SimTime) {
        if now > self.last {
            let flowed = (now - self.last).0.saturating_mul(self.refill_per_us);
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

    pub(super) fn settle(&mut self, now: SimTime, settled: Settlement) {
        self.refill(now);
        let Settlement { app, reserved, charge, .. } = settled;
        let mut credit = reserved.saturating_sub(charge) * self.scale;
        if let Some(at) = position(&self.owed, settled) {
            let own = &mut self.owed[at];
            own.open = None;
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
        for entry in &self.owed {
            units[entry.app * 2 + usize::from(entry.open.is_none())] += entry.amount;
        }
        let mut missing = self.used().div_ceil(self.scale) - units.iter().map(|part| part / self.scale).sum::<u64>();
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

    fn used(&self) -> u64 {
        self.owed.iter().map(|entry| entry.amount).sum()
    }

    pub(super) fn fits_at(&mut self, now: SimTime, need: u64) -> Option<SimTime> {
        self.refill(now);
        let missing = (self.used() + need * self.scale).saturating_sub(self.limit * self.scale);
        (need <= self.limit).then(|| SimTime(now.0 + missing.div_ceil(self.refill_per_us)))
    }
}
