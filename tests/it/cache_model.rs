//! A second prompt cache, written from the rules: a list of everything that ever happened, scanned anew for
//! each question. No table, no queue, nothing is ever dropped.

use tokencast::bedrock::cache::{Cut, Prefix, Rules, Split, Ttl};
use tokencast::units::SimTime;

/// One call that happened.
struct Past {
    now: SimTime,
    region: u16,
    prefix: Prefix,
    /// Indices of the cuts whose checkpoints count.
    counting: Vec<usize>,
    /// The cut at which it read.
    read: Option<usize>,
    ready: SimTime,
}

/// An entry as far as it can be told from the list.
#[derive(Clone, Copy)]
struct Known {
    ready: SimTime,
    used: SimTime,
    ttl: Ttl,
}

/// The cache that forgets nothing.
pub struct Scan {
    rules: Rules,
    past: Vec<Past>,
}

impl Known {
    fn alive(&self, now: SimTime) -> bool {
        (now.0 as i128) - (self.used.0 as i128) < i128::from(self.ttl.length().0)
    }
}

impl Scan {
    pub fn new(rules: Rules) -> Self {
        Self { rules, past: Vec::new() }
    }

    /// One call more.
    pub fn visit(&mut self, now: SimTime, region: u16, prefix: &Prefix, ready: SimTime) -> Split {
        self.visit_answered(now, region, prefix, |_| ready)
    }

    /// The same, where the first token depends on how many tokens are read.
    pub fn visit_answered(
        &mut self,
        now: SimTime,
        region: u16,
        prefix: &Prefix,
        first_token: impl FnOnce(u32) -> SimTime,
    ) -> Split {
        let cuts = prefix.cuts();
        let counting = self.counting(cuts);
        let read = self.read(now, region, cuts, &counting);
        let split = split(cuts, &counting, read);
        self.past.push(Past { now, region, prefix: prefix.clone(), counting, read, ready: first_token(split.read) });
        split
    }

    /// What a call would find.
    pub fn peek(&self, now: SimTime, region: u16, prefix: &Prefix) -> Split {
        let counting = self.counting(prefix.cuts());
        split(prefix.cuts(), &counting, self.read(now, region, prefix.cuts(), &counting))
    }

    /// The cut at which a prompt reads.
    fn read(&self, now: SimTime, region: u16, cuts: &[Cut], counting: &[usize]) -> Option<usize> {
        let reached = |at: usize| counting.iter().any(|c| at <= *c && c - at <= self.rules.look_back as usize);
        let readable = |at: &usize| {
            reached(*at) && self.entry(cuts[*at].key, region, now).is_some_and(|e| e.alive(now) && e.ready <= now)
        };
        (0..cuts.len()).filter(readable).max()
    }

    fn counting(&self, cuts: &[Cut]) -> Vec<usize> {
        let mut counting = Vec::new();
        for (at, cut) in cuts.iter().enumerate() {
            let enough = u64::from(cut.tokens) >= (counting.len() as u64 + 1) * u64::from(self.rules.minimum);
            if cut.checkpoint.is_some() && enough && counting.len() < self.rules.checkpoints as usize {
                counting.push(at);
            }
        }
        counting
    }

    /// What became of one key in one Region, by everything that touched it.
    fn entry(&self, key: u64, region: u16, now: SimTime) -> Option<Known> {
        let mut known: Option<Known> = None;
        for past in self.past.iter().filter(|past| past.region == region && past.now <= now) {
            let cuts = past.prefix.cuts();
            let Some(at) = cuts.iter().position(|cut| cut.key == key) else { continue };
            let alive = known.filter(|entry| entry.alive(past.now));
            known = match (alive, past.counting.contains(&at).then_some(cuts[at].checkpoint).flatten()) {
                (None, None) => known,
                (None, Some(ttl)) => Some(Known { ready: past.ready, used: past.ready, ttl }),
                (Some(entry), written) => {
                    let hit = past.read.is_some_and(|read| at <= read);
                    let again = written.is_some() && entry.ready > past.now;
                    let used = entry.used.max(if hit { past.now } else { entry.used });
                    let used = used.max(if again { past.ready } else { used });
                    Some(Known { ready: if again { entry.ready.min(past.ready) } else { entry.ready }, used, ..entry })
                }
            };
        }
        known
    }
}

/// Token by token: each belongs to what was read, to a write of an hour, of five minutes, or to nothing.
fn split(cuts: &[Cut], counting: &[usize], read: Option<usize>) -> Split {
    let mut split = Split::default();
    let mut from = 0;
    for (at, cut) in cuts.iter().enumerate() {
        let tokens = cut.tokens - from;
        from = cut.tokens;
        let behind = |ttl: Ttl| counting.iter().any(|c| at <= *c && cuts[*c].checkpoint == Some(ttl));
        match () {
            () if read.is_some_and(|read| at <= read) => split.read += tokens,
            () if behind(Ttl::OneHour) => split.write_1h += tokens,
            () if behind(Ttl::FiveMinutes) => split.write_5m += tokens,
            () => {}
        }
    }
    split
}
