//! How much of the input a prompt cache could read, by the blocks of the prompts.

use crate::bedrock::cache::{Chain, PromptCache, Reuse, Rules, Ttl};
use crate::trace::{Name, Outcome, Row};
use crate::units::SimTime;
use std::collections::BTreeMap;

/// How much of the input a prompt cache could read.
///
/// The most that any cache of whole prefixes could: each block ends at a checkpoint, no minimum, readable from the
/// instant of the call that wrote it, an entry living as long as it is used. Caches are a model's own, in an account and
/// a Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reusable {
    /// Answered calls with blocks.
    pub calls: u64,
    /// Their input.
    pub input: u64,
    /// The part of it that entries of five minutes would give.
    pub within_5m: u64,
    /// The part of it that entries of one hour would give, which the other is a part of.
    pub within_1h: u64,
}

/// The caches: as large as what prompts held within the last two hours.
#[derive(Debug, Default)]
pub(super) struct Caches {
    by_place: BTreeMap<[Name; 3], PromptCache>,
    first_us: Option<i64>,
    calls: u64,
    input: u64,
    seen: Reuse,
}

impl Caches {
    pub(super) fn take(&mut self, row: &Row) {
        if row.outcome != Outcome::Answered || row.blocks.ids.is_empty() || row.blocks.tokens == 0 {
            return;
        }
        let first = *self.first_us.get_or_insert(row.at_us);
        let now = SimTime(row.at_us.abs_diff(first));
        let place = [row.account.clone(), row.ran_in.clone().or(row.region.clone()), row.model.clone()];
        let cache = self.by_place.entry(place).or_insert_with(|| PromptCache::new(Rules::EVERY_CUT));
        self.seen.record(&cache.visit(now, 0, &every_block(row).prefix(), now));
        self.calls += 1;
        self.input += row.usage.total_input();
    }

    /// With an entry at each block, whatever was seen within a time to live is alive for it: hits refresh, and what has
    /// died is written anew by the prompt that holds it.
    pub(super) fn done(self) -> Reusable {
        Reusable {
            calls: self.calls,
            input: self.input,
            within_5m: self.seen.within_5m,
            within_1h: self.seen.within_5m + self.seen.within_1h,
        }
    }
}

/// Blocks up to the end of the input, the last one what is left of it.
fn every_block(row: &Row) -> Chain {
    let mut left = u32::try_from(row.usage.total_input()).unwrap_or(u32::MAX);
    let mut chain = Chain::new(0);
    for block in &row.blocks.ids {
        let tokens = row.blocks.tokens.min(left);
        if tokens == 0 {
            break;
        }
        left -= tokens;
        chain = chain.then(*block, tokens).checkpoint(Ttl::OneHour);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::usage::Usage;
    use crate::trace::Blocks;

    const MINUTE: i64 = 60_000_000;

    fn prompt(minute: i64, ids: &[u64], uncached_input: u64) -> Row {
        let blocks = Blocks { tokens: 100, ids: ids.to_vec() };
        let usage = Usage { uncached_input, ..Usage::default() };
        Row { at_us: minute * MINUTE, blocks, usage, ..Row::default() }
    }

    fn of(rows: &[Row]) -> Reusable {
        let mut caches = Caches::default();
        rows.iter().for_each(|row| caches.take(row));
        caches.done()
    }

    #[test]
    fn a_beginning_is_read_as_long_as_its_last_sight_is_not_too_long_ago() {
        let rows = [prompt(0, &[1, 2, 3], 250), prompt(4, &[1, 2, 4], 300), prompt(40, &[1, 2, 3], 250)];
        let found = of(&rows);
        assert_eq!((found.calls, found.input), (3, 800));
        assert_eq!((found.within_5m, found.within_1h), (200, 200 + 250));
    }

    #[test]
    fn models_share_nothing_and_refused_calls_leave_nothing() {
        let of_model = |minute, model: &str| Row { model: Some(model.into()), ..prompt(minute, &[1], 100) };
        assert_eq!(of(&[of_model(0, "a"), of_model(1, "b")]).within_1h, 0);
        let refused = Row { outcome: Outcome::Throttled, ..of_model(0, "a") };
        assert_eq!(of(&[refused, of_model(1, "a")]).within_1h, 0);
    }

    #[test]
    fn blocks_beyond_the_input_hold_nothing() {
        assert_eq!(of(&[prompt(0, &[1, 2, 3], 100), prompt(1, &[1, 2, 3], 300)]).within_1h, 100);
    }
}
