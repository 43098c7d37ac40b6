//! Whether caching pays: what the cacheable input costs with each time to live, and without.
//!
//! At the prices of calls of any length: that long inputs may cost more is left out.
//!
//! Source of the published savings: over all Bedrock prices of Claude (litellm 1.109.1, 2026-11-20) a write
//! for five minutes costs 1.25 times the input, one for an hour twice, and a read a tenth.

use crate::bedrock::cache::{Reuse, Ttl};
use crate::bedrock::usage::UsageClass;
use crate::pricing::RateRow;
use crate::units::{Usd, UsdPerToken};

/// What a token of cacheable input costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheRates {
    /// Without a cache.
    pub input: UsdPerToken,
    /// Read from it.
    pub read: UsdPerToken,
    /// Written for five minutes.
    pub write_5m: UsdPerToken,
    /// Written for one hour, where that is sold.
    pub write_1h: Option<UsdPerToken>,
}

/// What the cacheable input of some traffic costs: with five minutes, with an hour, and without.
///
/// Each is the cost of the same calls at the same moments, if all checkpoints had that time to live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caching {
    /// Nothing is cached.
    pub none: Usd,
    /// All checkpoints for five minutes.
    pub five_minutes: Usd,
    /// All checkpoints for an hour, where that is sold.
    pub one_hour: Option<Usd>,
}

impl CacheRates {
    /// What a price row says; nothing when it does not sell caching.
    #[must_use]
    pub fn of(row: &RateRow) -> Option<Self> {
        Some(Self {
            input: row.rate(UsageClass::UncachedInput)?,
            read: row.rate(UsageClass::CacheRead)?,
            write_5m: row.rate(UsageClass::CacheWrite5m)?,
            write_1h: row.rate(UsageClass::CacheWrite1h),
        })
    }

    /// The price of a write.
    #[must_use]
    pub fn write(&self, ttl: Ttl) -> Option<UsdPerToken> {
        match ttl {
            Ttl::FiveMinutes => Some(self.write_5m),
            Ttl::OneHour => self.write_1h,
        }
    }

    /// What a token saves that is sent so many times in the life of one entry: once written, then read.
    /// Below zero when caching costs more.
    #[must_use]
    pub fn saving(&self, ttl: Ttl, uses: u64) -> Option<Usd> {
        let write = self.write(ttl)?;
        Some(self.input.times(uses) - write.times(uses.min(1)) - self.read.times(uses.saturating_sub(1)))
    }

    /// The least number of uses of one entry, the write included, at which caching is cheaper than not to
    /// cache; nothing when no number is enough.
    #[must_use]
    pub fn break_even_uses(&self, ttl: Ttl) -> Option<u64> {
        let (input, read, write) = (self.input.femtos(), self.read.femtos(), self.write(ttl)?.femtos());
        if write < input {
            return Some(1);
        }
        // write + (uses - 1) x read < uses x input
        (read < input).then(|| u64::try_from((write - read) / (input - read) + 1).ok()).flatten()
    }

    /// What tokens cost that were written once for each of `written` and read for the others.
    fn cost(&self, ttl: Ttl, written: u64, read: u64) -> Option<Usd> {
        Some(self.write(ttl)?.times(written) + self.read.times(read))
    }

    /// The cost of traffic with each time to live, from its own gaps.
    #[must_use]
    pub fn caching(&self, reuse: &Reuse) -> Caching {
        let (all, soon) = (reuse.cacheable(), reuse.within_5m);
        let in_an_hour = soon + reuse.within_1h;
        Caching {
            none: self.input.times(all),
            five_minutes: self.write_5m.times(all - soon) + self.read.times(soon),
            one_hour: self.cost(Ttl::OneHour, all - in_an_hour, in_an_hour),
        }
    }

    /// What it cost to write again what had expired, above what reading it would have cost.
    #[must_use]
    pub fn expired(&self, ttl: Ttl, reuse: &Reuse) -> Option<Usd> {
        Some(self.write(ttl)?.times(reuse.rewritten) - self.read.times(reuse.rewritten))
    }
}

impl Caching {
    /// That of some traffic and of other traffic together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            none: self.none + other.none,
            five_minutes: self.five_minutes + other.five_minutes,
            one_hour: self.one_hour.zip(other.one_hour).map(|(own, others)| own + others),
        }
    }

    /// The cheapest of the three; in a draw not to cache, then five minutes.
    #[must_use]
    pub fn cheapest(&self) -> Option<Ttl> {
        let hour = self.one_hour.filter(|cost| *cost < self.five_minutes.min(self.none));
        match hour {
            Some(_) => Some(Ttl::OneHour),
            None => (self.five_minutes < self.none).then_some(Ttl::FiveMinutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(per_million: &str) -> UsdPerToken {
        UsdPerToken::parse_per_million(per_million).unwrap()
    }

    /// Claude Sonnet 4.6 by a global profile.
    fn claude() -> CacheRates {
        CacheRates { input: rate("3.00"), read: rate("0.30"), write_5m: rate("3.75"), write_1h: Some(rate("6.00")) }
    }

    /// The saving in thousandths of what the uses cost without a cache; exact, or the test is wrong.
    fn saving_thousandths(ttl: Ttl, uses: u64) -> i128 {
        let (saved, all) = (claude().saving(ttl, uses).unwrap().femtos(), claude().input.times(uses).femtos());
        assert_eq!(saved * 1_000 % all, 0, "{uses} uses do not save whole thousandths");
        saved * 1_000 / all
    }

    /// O12, published: -25 %, 32.5 %, 67 % and 78.5 % (agent toolkit for AWS, 2026-08).
    #[test]
    fn five_minutes_save_what_is_published_for_one_two_five_and_ten_uses() {
        let saved = [1, 2, 5, 10].map(|uses| saving_thousandths(Ttl::FiveMinutes, uses));
        assert_eq!(saved, [-250, 325, 670, 785]);
    }

    #[test]
    fn an_hour_saves_less_and_loses_twice_as_long() {
        let saved = [1, 2, 5, 10].map(|uses| saving_thousandths(Ttl::OneHour, uses));
        assert_eq!(saved, [-1_000, -50, 520, 710]);
    }

    #[test]
    fn five_minutes_pay_with_the_second_use_and_an_hour_with_the_third() {
        assert_eq!(claude().break_even_uses(Ttl::FiveMinutes), Some(2));
        assert_eq!(claude().break_even_uses(Ttl::OneHour), Some(3));
        for ttl in [Ttl::FiveMinutes, Ttl::OneHour] {
            let uses = claude().break_even_uses(ttl).unwrap();
            assert!(claude().saving(ttl, uses) > Some(Usd::ZERO) && claude().saving(ttl, uses - 1) <= Some(Usd::ZERO));
        }
    }

    #[test]
    fn a_saving_of_exactly_nothing_does_not_pay() {
        // 5 + 1 = 2 x 3: the second use draws, the third pays.
        let draw = CacheRates { input: rate("3"), read: rate("1"), write_5m: rate("5"), write_1h: None };
        assert_eq!(draw.saving(Ttl::FiveMinutes, 2), Some(Usd::ZERO));
        assert_eq!(draw.break_even_uses(Ttl::FiveMinutes), Some(3));
        assert_eq!(draw.break_even_uses(Ttl::OneHour), None, "not sold");
    }

    #[test]
    fn writes_at_the_price_of_input_pay_with_the_second_use_and_dear_reads_never() {
        let nova = CacheRates { read: rate("0.75"), write_5m: rate("3.00"), ..claude() };
        assert_eq!(nova.break_even_uses(Ttl::FiveMinutes), Some(2));
        let dear = CacheRates { read: rate("3.00"), ..claude() };
        assert_eq!(dear.break_even_uses(Ttl::FiveMinutes), None);
    }

    #[test]
    fn traffic_is_priced_from_its_own_gaps() {
        let reuse = Reuse { within_5m: 1_000_000, within_1h: 2_000_000, first: 1_000_000, ..Reuse::default() };
        let usd = |amount: &str| Usd::parse(amount).unwrap();
        let caching = claude().caching(&reuse);
        let expected = Caching { none: usd("12 USD"), five_minutes: usd("11.55 USD"), one_hour: Some(usd("6.90 USD")) };
        assert_eq!(caching, expected);
        assert_eq!(caching.cheapest(), Some(Ttl::OneHour));

        let rare = Reuse { first: 1_000_000, ..Reuse::default() };
        assert_eq!(claude().caching(&rare).cheapest(), None);
        let busy = Reuse { within_5m: 9_000_000, ..rare };
        assert_eq!(claude().caching(&busy).cheapest(), Some(Ttl::FiveMinutes));
        let expired = Reuse { rewritten: 1_000_000, ..rare };
        assert_eq!(claude().expired(Ttl::FiveMinutes, &expired), Some(usd("3.45 USD")));
    }
}
