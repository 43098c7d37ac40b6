//! Full-jitter exponential backoff.

use crate::units::Micros;

/// When a throttled call is tried again.
///
/// Defaults: three attempts, base 1 s, cap 20 s: what botocore 1.44 does after a throttling error in
/// standard mode (read 2026-11-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Attempts in total, the first included.
    pub attempts: u32,
    /// The longest delay before the second attempt.
    pub base: Micros,
    /// The longest delay before any attempt.
    pub cap: Micros,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { attempts: 3, base: Micros::SECOND, cap: Micros(20_000_000) }
    }
}

impl Backoff {
    /// The longest delay after the given attempt has failed, counted from one: `min(base x 2^(n-1), cap)`.
    #[inline]
    #[must_use]
    pub fn longest_delay(&self, attempt: u32) -> Micros {
        let doubled = self.base.0.checked_shl(attempt - 1).filter(|delay| delay >> (attempt - 1) == self.base.0);
        Micros(doubled.map_or(self.cap.0, |delay| delay.min(self.cap.0)))
    }

    /// The delay after the given attempt, uniform over the longest one; at least a microsecond, so that
    /// a retry is always later than what it answers.
    #[inline]
    #[must_use]
    pub fn delay(&self, attempt: u32, draw: u64) -> Micros {
        let longest = self.longest_delay(attempt);
        Micros(1 + ((u128::from(draw) * u128::from(longest.0)) >> 64) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked example O24: botocore standard, throttling, jitter at its upper end.
    #[test]
    fn the_longest_delays_are_those_of_botocore() {
        let backoff = Backoff { attempts: 8, ..Backoff::default() };
        let seconds: Vec<u64> = (1..=7).map(|attempt| backoff.longest_delay(attempt).0 / 1_000_000).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 20, 20]);
        assert_eq!(backoff.longest_delay(64), backoff.cap);
        assert_eq!((backoff.delay(1, 0), backoff.delay(1, u64::MAX)), (Micros(1), Micros(1_000_000)));
    }
}
