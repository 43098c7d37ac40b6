//! Sliding windows: the last 60 seconds (or another period), to the microsecond.
//!
//! An admission counts from the moment it was made and no longer at exactly one period later.
//! Settlement replaces its amount by the charge while it counts; debt found later counts for one
//! period from the settlement.

use crate::units::{Micros, SimTime};
use std::collections::VecDeque;

/// Every amount of the last period.
#[derive(Debug, Clone)]
pub struct SlidingWindow {
    limit: u64,
    period: Micros,
    amounts: VecDeque<(SimTime, u64)>,
    /// The number of the oldest amount; numbers wrap around.
    oldest: u32,
    used: u64,
}

impl SlidingWindow {
    /// A window in which nothing counts yet.
    #[must_use]
    pub fn new(limit: u64, period: Micros) -> Self {
        Self { limit, period, amounts: VecDeque::new(), oldest: 0, used: 0 }
    }

    /// From now on another limit holds; what counts goes on counting.
    pub fn set_limit(&mut self, limit: u64) {
        self.limit = limit;
    }

    #[inline]
    fn expire(&mut self, now: SimTime) {
        while let Some((at, amount)) = self.amounts.front() {
            if at.0 + self.period.0 > now.0 {
                break;
            }
            self.used -= amount;
            self.amounts.pop_front();
            self.oldest = self.oldest.wrapping_add(1);
        }
    }

    /// How much is missing for `need` to fit; zero when it fits.
    #[inline]
    pub fn shortfall(&mut self, now: SimTime, need: u64) -> u64 {
        self.expire(now);
        (self.used + need).saturating_sub(self.limit)
    }

    /// Counts an admission and numbers it.
    #[inline]
    pub fn debit(&mut self, now: SimTime, need: u64) -> u32 {
        let number = self.oldest.wrapping_add(self.amounts.len() as u32);
        self.amounts.push_back((now, need));
        self.used += need;
        number
    }

    /// Replaces the numbered amount by its charge.
    #[inline]
    pub fn settle(&mut self, now: SimTime, number: u32, reserved: u64, charge: u64) {
        self.expire(now);
        if let Some((_, amount)) = self.amounts.get_mut(number.wrapping_sub(self.oldest) as usize) {
            self.used = self.used - *amount + charge;
            *amount = charge;
        } else if charge > reserved {
            self.debit(now, charge - reserved);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admission_counts_for_sixty_seconds_and_not_at_exactly_sixty() {
        let mut window = SlidingWindow::new(100, Micros::MINUTE);
        window.debit(SimTime(5), 100);
        assert_eq!(window.shortfall(SimTime(60_000_004), 1), 1);
        assert_eq!(window.shortfall(SimTime(60_000_005), 100), 0);
    }

    #[test]
    fn settlement_replaces_while_it_counts_and_debt_counts_from_the_settlement() {
        let mut window = SlidingWindow::new(100, Micros::MINUTE);
        let number = window.debit(SimTime(0), 80);
        window.settle(SimTime(10), number, 80, 30);
        assert_eq!(window.shortfall(SimTime(10), 70), 0);
        let late = window.debit(SimTime(10), 70);
        window.settle(SimTime(70_000_000), late, 70, 90);
        assert_eq!(window.shortfall(SimTime(70_000_000), 100), 20);
        assert_eq!(window.shortfall(SimTime(129_999_999), 100), 20);
        assert_eq!(window.shortfall(SimTime(130_000_000), 100), 0);
    }
}
