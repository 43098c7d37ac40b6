//! Attempts that wait for a token.

use super::LimiterRules;
use super::bucket::Bucket;
use crate::units::Micros;
use std::collections::BTreeMap;

/// What becomes of an attempt that asks for its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is sent now.
    Granted,
    /// It sleeps for so long, unless it is woken before, and asks again; at least a microsecond.
    Wait(Micros),
}

/// A bucket, and those who wait for its tokens. A changed rate wakes the longest waiter only; the others sleep to
/// the end of what was reckoned with the old rate.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenQueue {
    /// What they wait for.
    pub bucket: Bucket,
    tick: Micros,
    wakes_one: bool,
    /// Who waits, the longest first, and the place of each.
    line: BTreeMap<u64, u64>,
    places: BTreeMap<u64, u64>,
    next_place: u64,
}

impl TokenQueue {
    /// An empty bucket at this instant of the UTC epoch, for which nobody waits.
    #[must_use]
    pub fn new(rules: &LimiterRules, epoch_us: u64) -> Self {
        Self {
            bucket: Bucket::new(rules, seconds(epoch_us, rules.tick)),
            tick: rules.tick,
            wakes_one: rules.wakes_one,
            line: BTreeMap::new(),
            places: BTreeMap::new(),
            next_place: 0,
        }
    }

    /// What the clock shows, in seconds of the UTC epoch.
    pub(super) fn seconds(&self, epoch_us: u64) -> f64 {
        seconds(epoch_us, self.tick)
    }

    /// Takes a token. Who finds none stands behind those who wait; who finds one may have overtaken them.
    pub fn acquire(&mut self, now_us: u64, ticket: u64) -> Turn {
        let Err(short) = self.bucket.take(self.seconds(now_us)) else { return Turn::Granted };
        if self.wakes_one {
            self.line.insert(self.next_place, ticket);
            self.places.insert(ticket, self.next_place);
            self.next_place += 1;
        }
        Turn::Wait(whole_ticks(short, self.tick))
    }

    /// A waiter's sleep is over, or it was woken: it leaves the line and asks again.
    pub fn wake(&mut self, now_us: u64, ticket: u64) -> Turn {
        self.leave(ticket);
        self.acquire(now_us, ticket)
    }

    /// A waiter does not want its token any longer.
    pub fn leave(&mut self, ticket: u64) {
        if let Some(place) = self.places.remove(&ticket) {
            self.line.remove(&place);
        }
    }

    /// Changes the rate, in tokens a second. Gives the longest waiter, which wakes now and has left the line.
    pub fn set_rate(&mut self, rate: f64, now: f64) -> Option<u64> {
        self.bucket.set_rate(rate, now);
        let (_, ticket) = self.line.pop_first()?;
        self.places.remove(&ticket);
        Some(ticket)
    }
}

/// What a clock of such ticks shows.
fn seconds(now_us: u64, tick: Micros) -> f64 {
    (now_us - now_us % tick.0) as f64 / 1e6
}

/// A sleep, rounded up to whole ticks, one at least: rounded down, what is missing could fall below the last bit of
/// the clock, and the waiter would sleep for ever. A thousandth of a microsecond is taken for an error of rounding.
fn whole_ticks(seconds: f64, tick: Micros) -> Micros {
    let ticks = (seconds * 1e6 - 0.001) / tick.0 as f64;
    let ticks = if ticks > 1.0 { ticks.ceil() as u64 } else { 1 };
    Micros(ticks.saturating_mul(tick.0).min(Micros::LONGEST.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000;

    #[test]
    fn a_changed_rate_wakes_the_longest_waiter_only() {
        let mut queue = TokenQueue::new(&LimiterRules::BOTOCORE, 100 * SECOND);
        (1..=3).for_each(|ticket| assert_eq!(queue.acquire(100 * SECOND, ticket), Turn::Wait(Micros::SECOND)));
        assert_eq!(queue.set_rate(0.5, 100.2), Some(1));
        // The first asks again and, while it has no token, stands behind the others.
        assert_eq!(queue.wake(100 * SECOND + 200_000, 1), Turn::Wait(Micros(1_600_000)));
        // The second has slept to its end: the third is the longest waiter now.
        assert!(matches!(queue.wake(101 * SECOND, 2), Turn::Wait(_)));
        assert_eq!([0; 4].map(|_| queue.set_rate(0.5, 101.0)), [Some(3), Some(1), Some(2), None]);
    }

    #[test]
    fn whoever_finds_a_token_overtakes_those_who_sleep() {
        let mut queue = TokenQueue::new(&LimiterRules::BOTOCORE, 100 * SECOND);
        assert_eq!(queue.acquire(100 * SECOND + 500_000, 1), Turn::Wait(Micros(500_000)));
        queue.set_rate(4.0, 100.5);
        assert_eq!(queue.acquire(100 * SECOND + 625_000, 2), Turn::Granted);
        assert_eq!(queue.wake(101 * SECOND, 1), Turn::Granted);
    }

    #[test]
    fn without_a_notice_waiters_sleep_to_the_end() {
        let mut queue = TokenQueue::new(&LimiterRules::JS, 100 * SECOND);
        assert_eq!(queue.acquire(100 * SECOND, 1), Turn::Wait(Micros(2 * SECOND)));
        assert_eq!(queue.set_rate(4.0, 100.5), None);
        assert_eq!(queue.wake(102 * SECOND, 1), Turn::Granted);
    }

    #[test]
    fn sleeps_are_whole_ticks_and_one_at_least() {
        let micros = |seconds| whole_ticks(seconds, Micros(1)).0;
        assert_eq!([0.0, 1e-12, 1e-6, 1.000_001e-6, 1.5e-6, 2.0].map(micros), [1, 1, 1, 1, 2, 2 * SECOND]);
        assert_eq!([1e-9, 0.001, 0.0012].map(|seconds| whole_ticks(seconds, Micros(1_000)).0), [1_000, 1_000, 2_000]);
        assert_eq!(whole_ticks(f64::INFINITY, Micros(1)), Micros::LONGEST);
    }
}
