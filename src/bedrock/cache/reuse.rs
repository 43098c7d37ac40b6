//! What prompts have in common, and how long ago: whether caching pays can be read off it.

use super::Visit;

/// Tokens of cacheable beginnings by the time since the same beginning was last sent to the same Region.
///
/// A beginning is cacheable up to the last checkpoint that counts. `within_5m`, `within_1h`, `unready` and
/// `first` are disjoint and sum to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reuse {
    /// Calls.
    pub calls: u64,
    /// Seen less than five minutes ago: entries of either time to live are read.
    pub within_5m: u64,
    /// Seen less than an hour ago: only entries of one hour are read.
    pub within_1h: u64,
    /// Being written by another call at that moment, which no time to live helps, unless it was written anew
    /// because it had expired.
    pub unready: u64,
    /// Never seen, or an hour ago and more.
    pub first: u64,
    /// Behind the last checkpoint that counts and up to the last one that is asked for: too short to be cached.
    pub below_minimum: u64,
    /// Of what was written: the entry was there, and had expired within the last hour.
    pub rewritten: u64,
}

impl Reuse {
    /// Tokens up to the last checkpoint that counts.
    #[must_use]
    pub fn cacheable(&self) -> u64 {
        self.within_5m + self.within_1h + self.unready + self.first
    }

    /// One call more.
    #[inline]
    pub fn record(&mut self, visit: &Visit) {
        self.calls += 1;
        self.within_5m += u64::from(visit.within_5m);
        self.within_1h += u64::from(visit.within_1h);
        self.unready += u64::from(visit.unready);
        self.first += u64::from(visit.first);
        self.below_minimum += u64::from(visit.below_minimum);
        self.rewritten += u64::from(visit.rewritten);
    }
}
