//! Exponential backoff with jitter, exact to the last bit of the draw.

use super::Class;
use crate::units::Micros;

/// How long a client waits before it tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The longest delay before the second attempt when the first was throttled.
    pub throttling: Micros,
    /// The longest delay before the second attempt when the first failed otherwise.
    pub other: Micros,
    /// The longest delay before any attempt, before jitter.
    pub cap: Micros,
    /// How much of the longest delay is drawn.
    pub jitter: Jitter,
    /// What becomes of a delay that the server asks for.
    pub header: Header,
    /// Delays are cut to whole ticks.
    pub tick: Micros,
}

/// How much of the longest delay is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jitter {
    /// All of it: between nothing and the longest.
    Full,
    /// Its last quarter: between three quarters and all of it.
    LastQuarter,
}

/// What becomes of a delay that the server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// It is not looked at.
    Ignored,
    /// It is waited for instead of the drawn delay, up to this.
    Instead(Micros),
    /// It lengthens the drawn delay, by this at most.
    Lengthens(Micros),
}

/// Places of a fixed-point number of microseconds below the point.
const FRACTION_BITS: u32 = 64;

impl Backoff {
    /// No cap: so long that nobody waits longer.
    pub const UNCAPPED: Micros = Micros::LONGEST;

    /// Full jitter up to the same longest delays after every failure.
    #[must_use]
    pub fn uniform(base: Micros, cap: Micros) -> Self {
        Self { throttling: base, other: base, cap, jitter: Jitter::Full, header: Header::Ignored, tick: Micros(1) }
    }

    /// The longest delay after the given attempt has failed, counted from one: `min(base x 2^(n-1), cap)`.
    #[inline]
    #[must_use]
    pub fn longest_delay(&self, class: Class, attempt: u32) -> Micros {
        let base = if class == Class::Throttling { self.throttling.0 } else { self.other.0 };
        let doubled = base.checked_shl(attempt - 1).filter(|delay| delay >> (attempt - 1) == base);
        Micros(doubled.map_or(self.cap.0, |delay| delay.min(self.cap.0)))
    }

    /// The delay in microseconds with 64 binary places, before it is cut to ticks.
    #[inline]
    #[must_use]
    pub fn exact_delay(&self, class: Class, attempt: u32, draw: u64, retry_after: Option<Micros>) -> u128 {
        let longest = self.longest_delay(class, attempt);
        let part = u128::from(draw) * u128::from(longest.0);
        let drawn = match self.jitter {
            Jitter::Full => part,
            Jitter::LastQuarter => fixed(longest) - part / 4,
        };
        match (self.header, retry_after) {
            (Header::Instead(most), Some(asked)) => fixed(asked.min(most)),
            (Header::Lengthens(most), Some(asked)) => drawn.max(fixed(asked).min(drawn.saturating_add(fixed(most)))),
            _ => drawn,
        }
    }

    /// The delay before the next attempt; at least a microsecond, so that a retry is always later than what it
    /// answers.
    #[inline]
    #[must_use]
    pub fn delay(&self, class: Class, attempt: u32, draw: u64, retry_after: Option<Micros>) -> Micros {
        let whole = (self.exact_delay(class, attempt, draw, retry_after) >> FRACTION_BITS) as u64;
        Micros(1 + if self.tick.0 == 1 { whole } else { whole - whole % self.tick.0 })
    }
}

fn fixed(length: Micros) -> u128 {
    u128::from(length.0) << FRACTION_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000;

    fn standard() -> Backoff {
        Backoff::uniform(Micros::SECOND, Micros(20 * SECOND))
    }

    /// Worked example O24: botocore standard, throttling, jitter at its upper end.
    #[test]
    fn the_longest_delays_are_those_of_botocore() {
        let seconds: Vec<u64> =
            (1..=7).map(|attempt| standard().longest_delay(Class::Throttling, attempt).0 / SECOND).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 20, 20]);
        assert_eq!(standard().longest_delay(Class::Throttling, 64).0, 20 * SECOND);
        let delay = |draw| standard().delay(Class::Throttling, 1, draw, None);
        assert_eq!((delay(0), delay(u64::MAX)), (Micros(1), Micros(SECOND)));
    }

    #[test]
    fn without_a_cap_delays_double_up_to_what_nobody_waits_for() {
        let backoff = Backoff::uniform(Micros::SECOND, Backoff::UNCAPPED);
        assert_eq!(backoff.longest_delay(Class::Timeout, 11).0, 1_024 * SECOND);
        assert_eq!(backoff.longest_delay(Class::Timeout, 64), Backoff::UNCAPPED);
        assert!(backoff.delay(Class::Timeout, 64, u64::MAX, None) <= Backoff::UNCAPPED);
    }

    #[test]
    fn failures_that_are_no_throttling_have_a_base_of_their_own() {
        let backoff = Backoff { other: Micros(50_000), ..standard() };
        let longest = |class| backoff.longest_delay(class, 3).0;
        assert_eq!([Class::Transient, Class::Timeout, Class::Server].map(longest), [200_000; 3]);
        assert_eq!(longest(Class::Throttling), 4 * SECOND);
    }

    #[test]
    fn a_server_lengthens_a_delay_by_five_seconds_at_most_and_never_shortens_it() {
        let backoff = Backoff { header: Header::Lengthens(Micros(5 * SECOND)), ..standard() };
        let delay = |asked| backoff.delay(Class::Throttling, 1, 1 << 63, Some(Micros(asked))).0 - 1;
        assert_eq!([0, 400_000, 3 * SECOND, 9 * SECOND].map(delay), [500_000, 500_000, 3 * SECOND, 5_500_000]);
        let backoff = Backoff { header: Header::Ignored, ..backoff };
        assert_eq!(backoff.delay(Class::Throttling, 1, 1 << 63, Some(Micros(9 * SECOND))).0, 500_001);
    }

    #[test]
    fn a_server_replaces_the_delay_up_to_the_cap() {
        let backoff = Backoff { header: Header::Instead(Micros(20 * SECOND)), ..standard() };
        let delay = |asked| backoff.delay(Class::Throttling, 1, 1 << 63, Some(Micros(asked))).0 - 1;
        assert_eq!([0, 3 * SECOND, 90 * SECOND].map(delay), [0, 3 * SECOND, 20 * SECOND]);
    }

    #[test]
    fn delays_are_cut_to_ticks_and_jitter_may_keep_three_quarters() {
        let backoff = Backoff { tick: Micros(1_000), ..standard() };
        assert_eq!(backoff.delay(Class::Throttling, 1, (1 << 63) + (1 << 54), None).0, 500_001);
        let backoff = Backoff { jitter: Jitter::LastQuarter, ..standard() };
        let delay = |draw| backoff.delay(Class::Throttling, 1, draw, None).0 - 1;
        assert_eq!([0, 1 << 63, u64::MAX].map(delay), [SECOND, 875_000, 750_000]);
    }
}
