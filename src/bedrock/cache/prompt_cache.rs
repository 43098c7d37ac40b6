//! The cache of one model in one account, over all Regions of execution.

use super::entries::{Entries, Entry};
use super::{Cut, Prefix, Ttl};
use crate::bedrock::usage::Usage;
use crate::rng::mix;
use crate::units::SimTime;

/// What a model caches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Tokens from the prompt's start that the first checkpoint needs; the k-th needs k times as many.
    pub minimum: u32,
    /// Checkpoints that count.
    pub checkpoints: u32,
    /// Cuts before a checkpoint at which an entry is still found.
    pub look_back: u32,
}

impl Rules {
    /// Every cut may hold an entry, however short: with a checkpoint at each cut, the most that any cache of
    /// whole prefixes could read.
    pub const EVERY_CUT: Self = Self { minimum: 0, checkpoints: u32::MAX, look_back: 0 };
}

/// The cached part of one call's input. The parts are disjoint; the rest of the input is uncached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// Tokens that were read.
    pub read: u32,
    /// Tokens that were written for five minutes.
    pub write_5m: u32,
    /// Tokens that were written for one hour.
    pub write_1h: u32,
}

/// What the cache made of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visit {
    /// The cached part of its input.
    pub split: Split,
    /// Cacheable tokens that were seen less than five minutes ago.
    pub within_5m: u32,
    /// Further ones that were seen less than an hour ago.
    pub within_1h: u32,
    /// Further ones that another call was writing.
    pub unready: u32,
    /// The other cacheable tokens.
    pub first: u32,
    /// Tokens up to the last checkpoint that are not cacheable.
    pub below_minimum: u32,
    /// Tokens that were written because their entry had expired within the last hour.
    pub rewritten: u32,
}

/// The state of the cache: as large as what is alive or was within the last two hours.
#[derive(Debug, Clone)]
pub struct PromptCache {
    rules: Rules,
    entries: Entries,
    /// The checkpoints of the call at hand that count, as indices of cuts.
    counting: Vec<usize>,
}

/// The longest beginnings that a prompt finds, in tokens, and the cut at which it reads.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    read: Option<usize>,
    /// Readable, and seen within five minutes.
    within_5m: u32,
    /// Readable, and seen within an hour.
    within_1h: u32,
    /// Readable or being written, and seen within an hour.
    known: u32,
}

impl Split {
    /// All tokens that were written.
    #[inline]
    #[must_use]
    pub fn written(self) -> u32 {
        self.write_5m + self.write_1h
    }

    /// The input that the cache took no part in, of a call with so much input in all.
    #[inline]
    #[must_use]
    pub fn uncached(self, input: u32) -> u32 {
        input - self.read - self.written()
    }

    /// The call's tokens by class.
    #[must_use]
    pub fn usage(self, input: u32, output: u32) -> Usage {
        Usage {
            uncached_input: self.uncached(input).into(),
            cache_read: self.read.into(),
            cache_write_5m: self.write_5m.into(),
            cache_write_1h: self.write_1h.into(),
            output: output.into(),
        }
    }
}

impl PromptCache {
    /// An empty cache.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, entries: Entries::default(), counting: Vec::new() }
    }

    /// Records that are kept: of live entries, and of those that a prompt held within the last two hours.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// Entries that have not died.
    #[must_use]
    pub fn live(&self, now: SimTime) -> usize {
        self.entries.live(now)
    }

    /// The tokens that a call of instant `now` would read; nothing changes.
    pub fn peek(&mut self, now: SimTime, region: u16, prefix: &Prefix) -> u32 {
        if let Some(split) = prefix.split() {
            return split.read;
        }
        self.entries.expire(now);
        let (cuts, salt) = (prefix.cuts(), mix(u64::from(region) + 1));
        self.count_checkpoints(cuts);
        self.find(now, salt, cuts).read.map_or(0, |at| cuts[at].tokens)
    }

    /// Runs a call of instant `now` through the cache of the Region that executes it. What it writes can be
    /// read from `ready` on, its first token. Calls come in order of time. A call whose split is known leaves the cache
    /// as it is.
    pub fn visit(&mut self, now: SimTime, region: u16, prefix: &Prefix, ready: SimTime) -> Visit {
        self.visit_answered(now, region, prefix, |_| ready)
    }

    /// The same, where the first token depends on how many tokens are read.
    pub fn visit_answered(
        &mut self,
        now: SimTime,
        region: u16,
        prefix: &Prefix,
        first_token: impl FnOnce(u32) -> SimTime,
    ) -> Visit {
        if let Some(split) = prefix.split() {
            return Visit { split, ..Visit::default() };
        }
        self.entries.expire(now);
        let (cuts, salt) = (prefix.cuts(), mix(u64::from(region) + 1));
        self.count_checkpoints(cuts);
        let asked = cuts.iter().rfind(|cut| cut.checkpoint.is_some()).map_or(0, |cut| cut.tokens);
        let Some(last) = self.counting.last().copied() else {
            return Visit { below_minimum: asked, ..Visit::default() };
        };
        let cacheable = cuts[last].tokens;
        let found = self.find(now, salt, cuts);
        let split = self.split(cuts, found.read);
        self.refresh(now, salt, &cuts[..=last], found.read);
        self.write(now, salt, cuts, first_token(split.read));
        Visit {
            split,
            within_5m: found.within_5m,
            within_1h: found.within_1h - found.within_5m,
            unready: found.known - found.within_1h,
            first: cacheable - found.known,
            below_minimum: asked - cacheable,
            rewritten: found.within_1h.saturating_sub(split.read),
        }
    }

    /// The k-th checkpoint that counts needs k times the minimum; later ones than the model takes do not.
    fn count_checkpoints(&mut self, cuts: &[Cut]) {
        self.counting.clear();
        for (at, cut) in cuts.iter().enumerate().filter(|(_, cut)| cut.checkpoint.is_some()) {
            let rank = self.counting.len() as u64 + 1;
            let counts = u64::from(cut.tokens) >= rank.saturating_mul(self.rules.minimum.into());
            if counts && rank <= u64::from(self.rules.checkpoints) {
                self.counting.push(at);
            }
        }
    }

    /// From the last checkpoint that counts towards the start, at each of them and so far back.
    fn find(&self, now: SimTime, salt: u64, cuts: &[Cut]) -> Found {
        let (mut found, mut floor) = (Found::default(), usize::MAX);
        for checkpoint in self.counting.iter().rev().copied() {
            let lowest = checkpoint.saturating_sub(self.rules.look_back as usize);
            for at in (lowest..=checkpoint.min(floor.saturating_sub(1))).rev() {
                let Some(entry) = self.entries.recent(cuts[at].key ^ salt, now) else { continue };
                found.take(now, at, cuts[at].tokens, entry);
                if found.read.is_some() && found.within_5m > 0 {
                    return found;
                }
            }
            floor = lowest;
            if floor == 0 {
                break;
            }
        }
        found
    }

    /// What is read, and what is written from there to the last checkpoint that counts.
    fn split(&self, cuts: &[Cut], read: Option<usize>) -> Split {
        let read = read.map_or(0, |at| cuts[at].tokens);
        let last = |wanted: fn(Ttl) -> bool| {
            let of_ttl = |at: &&usize| cuts[**at].checkpoint.is_some_and(wanted);
            self.counting.iter().rfind(of_ttl).map_or(0, |at| cuts[*at].tokens)
        };
        let for_one_hour = last(|ttl| ttl == Ttl::OneHour).max(read);
        let end = last(|_| true).max(for_one_hour);
        Split { read, write_5m: end - for_one_hour, write_1h: for_one_hour - read }
    }

    /// What was read lives on, and so does all before it; all that the prompt holds was seen.
    fn refresh(&mut self, now: SimTime, salt: u64, cuts: &[Cut], read: Option<usize>) {
        for (at, cut) in cuts.iter().enumerate() {
            let Some(entry) = self.entries.recent_mut(cut.key ^ salt, now) else { continue };
            entry.seen = entry.seen.max(now);
            if read.is_some_and(|read| at <= read) && entry.is_alive(now) {
                entry.used = entry.used.max(now);
            }
        }
    }

    /// An entry at each checkpoint that counts.
    fn write(&mut self, now: SimTime, salt: u64, cuts: &[Cut], ready: SimTime) {
        for at in self.counting.iter().copied() {
            let key = cuts[at].key ^ salt;
            let Some(ttl) = cuts[at].checkpoint else { continue };
            let new = Entry { ready, used: ready, seen: ready, ttl };
            match self.entries.get_mut(key) {
                None => self.entries.insert(now, key, new),
                Some(entry) if !entry.is_alive(now) => *entry = new,
                Some(entry) if !entry.is_ready(now) => {
                    entry.ready = entry.ready.min(ready);
                    entry.used = entry.used.max(ready);
                    entry.seen = entry.seen.max(ready);
                }
                Some(_) => {}
            }
        }
    }
}

impl Found {
    #[inline]
    fn take(&mut self, now: SimTime, at: usize, tokens: u32, entry: &Entry) {
        self.known = self.known.max(tokens);
        if !entry.is_ready(now) {
            return;
        }
        self.within_1h = self.within_1h.max(tokens);
        if entry.was_seen_within(Ttl::FiveMinutes.length(), now) {
            self.within_5m = self.within_5m.max(tokens);
        }
        if self.read.is_none() && entry.is_alive(now) {
            self.read = Some(at);
        }
    }
}
