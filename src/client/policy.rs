//! Whether a failed attempt is followed by another, when, and what that costs.

use super::{Backoff, Class, Classes, LimiterRules, Outcome, QuotaRules};
use crate::units::Micros;

/// How one SDK, in one version and mode, retries.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Attempts in total, the first included.
    pub attempts: u32,
    /// What failures are taken for.
    pub classes: Classes,
    /// How long it waits.
    pub backoff: Backoff,
    /// What retries are paid from, of each client object.
    pub quota: Option<QuotaRules>,
    /// What every attempt waits for, of each client object.
    pub limiter: Option<LimiterRules>,
}

/// Another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How long it waits first; at least a microsecond.
    pub after: Micros,
    /// What it takes from the retry quota; 0 without one.
    pub cost: u32,
}

impl Policy {
    /// The caller's own loop: every 429, 500 and 503, every timeout and every lost connection is retried in the same
    /// way, with full jitter, without quota or limiter.
    #[must_use]
    pub fn own(attempts: u32, base: Micros, cap: Micros) -> Self {
        let backoff = Backoff::uniform(base, cap);
        Self { attempts, classes: Classes::EVERYTHING, backoff, quota: None, limiter: None }
    }

    /// No retries.
    #[must_use]
    pub fn once() -> Self {
        Self::own(1, Micros::SECOND, Micros::SECOND)
    }

    /// What follows when attempt `attempt`, counted from one, failed like this; nothing: no further attempt, since
    /// they are used up or nobody retries such a failure. `draw` is 64 uniform bits.
    ///
    /// The retry quota is asked afterwards, in the order of botocore.
    #[inline(always)]
    #[must_use]
    pub fn retry(&self, attempt: u32, outcome: Outcome, draw: u64, retry_after: Option<Micros>) -> Option<Retry> {
        if attempt >= self.attempts {
            return None;
        }
        let class = self.classes.of(outcome)?;
        let cost = self.quota.map_or(0, |quota| quota.cost(class));
        Some(Retry { after: self.backoff.delay(class, attempt, draw, retry_after), cost })
    }

    /// The rate limiter takes the response for throttling.
    #[inline]
    #[must_use]
    pub fn is_throttling(&self, outcome: Outcome) -> bool {
        self.classes.of(outcome) == Some(Class::Throttling)
    }
}

impl Classes {
    /// Every 429 is throttling.
    const EVERYTHING: Self =
        Self { bare_429: Some(Class::Throttling), not_ready: Some(Class::Throttling), model_timeout: None };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_attempt_and_refusals_are_not_followed_by_another() {
        let policy = Policy::own(3, Micros::SECOND, Micros::MINUTE);
        let retry = |attempt, outcome| policy.retry(attempt, outcome, u64::MAX, None);
        assert_eq!(retry(1, Outcome::Throttled), Some(Retry { after: Micros::SECOND, cost: 0 }));
        assert_eq!(retry(2, Outcome::ReadTimeout), Some(Retry { after: Micros(2_000_000), cost: 0 }));
        assert_eq!(retry(3, Outcome::Throttled), None);
        for outcome in [Outcome::Ok, Outcome::Refused, Outcome::ModelTimeout] {
            assert_eq!(retry(1, outcome), None, "{outcome:?}");
        }
        assert_eq!(Policy::once().retry(1, Outcome::Throttled, 0, None), None);
    }
}
