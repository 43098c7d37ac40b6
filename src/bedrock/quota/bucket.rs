//! Token buckets: full at the start, refilled evenly, exact.
//!
//! The level is kept in units of `1 / scale` tokens so that every microsecond refills a whole number of
//! units. Credits of one instant are summed before the level is clamped: time and debits clamp it,
//! looking does not. A settlement may take it below zero. When another limit takes effect the level stays,
//! and is refilled at the new rate up to the new limit.

use crate::units::{Micros, SimTime, gcd};

/// A level that refills `limit` tokens a period, up to `limit`.
#[derive(Debug, Clone)]
pub struct TokenBucket {
    level: i64,
    full: i64,
    refill_per_us: i64,
    scale: i64,
    period: i64,
    last: SimTime,
    /// A pause after which any level is full again, short enough for 64 bits.
    longest: u64,
}

impl TokenBucket {
    /// A bucket full at its limit, which may later get one of the limits `to_come`.
    ///
    /// # Panics
    /// When a limit is zero or above `Tokens::MAX_QUOTA`, or the period above a day: `bind` refuses them.
    #[must_use]
    pub fn new(limit: u64, to_come: &[u64], period: Micros) -> Self {
        let scale = std::iter::once(&limit).chain(to_come).fold(period.0, |shared, limit| gcd(shared, *limit));
        let scale = whole(period.0 / scale);
        let mut bucket =
            Self { level: 0, full: 0, refill_per_us: 0, scale, period: whole(period.0), last: SimTime(0), longest: 0 };
        bucket.limit(limit);
        bucket.level = bucket.full;
        bucket
    }

    /// Another limit takes effect at `at`, which is not before anything that happened to the bucket.
    pub fn set_limit(&mut self, at: SimTime, limit: u64) {
        self.refill(at);
        self.limit(limit);
    }

    fn limit(&mut self, limit: u64) {
        let full = whole(limit).checked_mul(self.scale).filter(|full| *full < i64::MAX / 8);
        self.full = full.expect("a quota is bounded");
        self.refill_per_us = self.full / self.period;
        self.longest = (i64::MAX / 4 / self.refill_per_us.max(1)) as u64;
    }

    #[inline]
    fn refill(&mut self, now: SimTime) {
        if now == self.last {
            return;
        }
        let pause = (now - self.last).0;
        self.last = now;
        self.level = if pause <= self.longest {
            (self.level + self.refill_per_us * pause as i64).min(self.full)
        } else {
            let level = i128::from(self.level) + i128::from(self.refill_per_us) * i128::from(pause);
            level.min(i128::from(self.full)) as i64
        };
    }

    /// How much is missing for `need` to fit, rounded up; zero when it fits.
    #[inline]
    pub fn shortfall(&mut self, now: SimTime, need: u64) -> u64 {
        self.refill(now);
        let missing = need as i64 * self.scale - self.level.min(self.full);
        if missing <= 0 { 0 } else { missing.unsigned_abs().div_ceil(self.scale.unsigned_abs()) }
    }

    /// Takes what was found to fit.
    #[inline]
    pub fn debit(&mut self, need: u64) {
        self.level = self.level.min(self.full) - need as i64 * self.scale;
    }

    /// Gives back what the charge left of the reservation, or takes what it exceeds it by.
    #[inline]
    pub fn settle(&mut self, now: SimTime, reserved: u64, charge: u64) {
        self.refill(now);
        self.level += (reserved as i64 - charge as i64) * self.scale;
    }
}

fn whole(value: u64) -> i64 {
    i64::try_from(value).expect("a quota fits 63 bits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_starts_full_and_refills_evenly() {
        let mut bucket = TokenBucket::new(60, &[], Micros::MINUTE);
        assert_eq!(bucket.shortfall(SimTime(0), 60), 0);
        bucket.debit(60);
        assert_eq!(bucket.shortfall(SimTime(999_999), 1), 1);
        assert_eq!(bucket.shortfall(SimTime(1_000_000), 1), 0);
    }

    #[test]
    fn debt_is_allowed_and_paid_back_by_time() {
        let mut bucket = TokenBucket::new(60, &[], Micros::MINUTE);
        bucket.debit(60);
        bucket.settle(SimTime(0), 60, 120);
        assert_eq!(bucket.shortfall(SimTime(60_000_000), 1), 1);
        assert_eq!(bucket.shortfall(SimTime(61_000_000), 1), 0);
    }

    #[test]
    fn credits_of_one_instant_are_summed_and_never_fill_it_above_its_limit() {
        let (mut bucket, half) = (TokenBucket::new(60, &[], Micros::MINUTE), SimTime(30_000_000));
        bucket.debit(60);
        bucket.settle(half, 60, 0);
        assert_eq!(bucket.shortfall(half, 61), 1);
        bucket.settle(half, 0, 20);
        assert_eq!((bucket.shortfall(half, 60), bucket.shortfall(half, 61)), (0, 1));
        bucket.debit(60);
        assert_eq!(bucket.shortfall(half, 1), 1);
    }

    #[test]
    fn a_new_limit_keeps_the_level_and_refills_at_its_own_rate() {
        let mut bucket = TokenBucket::new(60, &[7, 120], Micros::MINUTE);
        bucket.set_limit(SimTime(0), 120);
        assert_eq!((bucket.shortfall(SimTime(0), 61), bucket.shortfall(SimTime(30_000_000), 120)), (1, 0));
        bucket.set_limit(SimTime(30_000_000), 7);
        assert_eq!((bucket.shortfall(SimTime(30_000_000), 7), bucket.shortfall(SimTime(30_000_000), 8)), (0, 1));
    }

    #[test]
    fn a_pause_of_years_only_fills_it() {
        let mut bucket = TokenBucket::new(10_000_000_000, &[], Micros::MINUTE);
        bucket.debit(10_000_000_000);
        assert_eq!(bucket.shortfall(SimTime(Micros::LONGEST.0), 10_000_000_000), 0);
        assert_eq!(bucket.shortfall(SimTime(Micros::LONGEST.0), 10_000_000_001), 1);
    }

    proptest! {
        #[test]
        fn looking_more_often_changes_nothing(limit in 1_u64..100_000, looks in prop::collection::vec(0_u64..30_000_000, 0..20), taken in 0_u64..100_000) {
            let mut watched = TokenBucket::new(limit, &[], Micros::MINUTE);
            watched.debit(taken.min(limit));
            let mut alone = watched.clone();
            let mut now = SimTime(0);
            for pause in looks {
                now += Micros(pause);
                watched.shortfall(now, 1);
            }
            prop_assert_eq!(watched.shortfall(now, limit * 2), alone.shortfall(now, limit * 2));
        }
    }
}
