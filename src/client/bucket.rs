//! The token bucket of the rate limiter. Instants are seconds of the UTC epoch.

use super::LimiterRules;

/// The slowest that a bucket fills, in tokens a second.
const SLOWEST: f64 = 0.5;
/// The least that a bucket holds when it is full.
const SMALLEST: f64 = 1.0;

/// Tokens that attempts are paid with. It is never below zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bucket {
    pub(super) fill_rate: f64,
    pub(super) max_capacity: f64,
    pub(super) capacity: f64,
    /// None: it starts with the first change of the rate.
    last_refill: Option<f64>,
}

impl Bucket {
    pub(super) fn new(rules: &LimiterRules, now: f64) -> Self {
        Self {
            fill_rate: rules.initial_fill,
            max_capacity: rules.initial_max_capacity,
            capacity: 0.0,
            last_refill: rules.fills_from_creation.then_some(now),
        }
    }

    fn refill(&mut self, now: f64) {
        if let Some(last) = self.last_refill {
            self.capacity = self.max_capacity.min(self.capacity + (now - last) * self.fill_rate);
        }
        self.last_refill = Some(now);
    }

    /// Changes the rate, in tokens a second.
    pub(super) fn set_rate(&mut self, rate: f64, now: f64) {
        self.refill(now);
        self.fill_rate = rate.max(SLOWEST);
        self.max_capacity = rate.max(SMALLEST);
        self.capacity = self.capacity.min(self.max_capacity);
    }

    /// Takes so many tokens, or says in how many seconds they will be there.
    pub(super) fn take(&mut self, tokens: f64, now: f64) -> Result<(), f64> {
        self.refill(now);
        let short = (tokens - self.capacity) / self.fill_rate;
        if short > 0.0 {
            return Err(short);
        }
        self.capacity -= tokens;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_a_second_of_its_rate_and_one_token_at_least() {
        let mut bucket = Bucket::new(&LimiterRules::BOTOCORE, 100.0);
        assert_eq!(bucket.take(1.0, 100.25), Err(0.75));
        assert_eq!(bucket.take(1.0, 109.0), Ok(()));
        assert_eq!(bucket.take(1.0, 109.0), Err(1.0));
        bucket.set_rate(0.1, 110.0);
        assert_eq!((bucket.fill_rate, bucket.max_capacity, bucket.capacity), (0.5, 1.0, 1.0));
        bucket.set_rate(4.0, 111.0);
        assert_eq!((bucket.fill_rate, bucket.max_capacity, bucket.capacity), (4.0, 4.0, 1.0));
        bucket.set_rate(2.0, 112.0);
        assert_eq!(bucket.capacity, 2.0);
    }

    #[test]
    fn where_it_fills_from_the_first_change_time_before_gives_nothing() {
        let mut bucket = Bucket::new(&LimiterRules::JS, 100.0);
        bucket.set_rate(4.0, 200.0);
        assert_eq!(bucket.capacity, 0.0);
        assert_eq!(bucket.take(1.0, 200.25), Ok(()));
    }
}
