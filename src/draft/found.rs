//! What is in a recording: who called what, how often, and with how many tokens.

use super::timing::Timing;
use crate::bedrock::usage::Usage;
use crate::trace::{Name, Outcome, Row, Rows, TraceError};
use std::collections::BTreeMap;

/// Combinations of app, model, Region, tier and account that are told apart; a scenario of more is not read by people.
pub const MOST_GROUPS: usize = 200;
/// Different values of `max_tokens` that are counted one by one.
const MOST_VALUES: usize = 8;

/// What is in a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Who called what, those with the most answers first.
    pub groups: Vec<Group>,
    /// Calls of further combinations than are told apart.
    pub beyond: u64,
    /// All calls, whatever became of them.
    pub calls: u64,
    /// The first call, in microseconds of Unix time.
    pub first_us: i64,
    /// The last call, in microseconds of Unix time.
    pub last_us: i64,
}

/// What makes one group of calls another than the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The application.
    pub app: Name,
    /// The model or profile that was called.
    pub model: Name,
    /// The Region that was called.
    pub region: Name,
    /// The service tier; nothing is `standard`.
    pub tier: Name,
    /// The AWS account.
    pub account: Name,
}

/// The calls of one application to one model in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Who called what.
    pub key: Key,
    /// Calls by what became of them, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; 4],
    /// Tokens of the answered calls.
    pub usage: Usage,
    /// What answered calls asked for at most.
    pub max_tokens: MaxTokens,
    /// Answers that were cut at `max_tokens`.
    pub truncated: u64,
    /// Answered calls that belong to a session.
    pub in_sessions: u64,
    /// Answered calls whose prompt is known as blocks.
    pub with_blocks: u64,
    /// Answered calls that read something from the cache.
    pub cache_hits: u64,
    /// How long answers took.
    pub timing: Timing,
}

/// What calls asked for at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaxTokens {
    /// Calls that said so.
    pub calls: u64,
    /// How many asked for what; empty when they asked for more than a few different values.
    pub values: BTreeMap<u32, u64>,
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
}

impl Found {
    /// Reads a recording once, from its beginning to its end.
    ///
    /// # Errors
    /// When it cannot be read on.
    pub fn of(rows: &mut dyn Rows) -> Result<Self, TraceError> {
        let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
        let mut found = Self { first_us: i64::MAX, last_us: i64::MIN, ..Self::default() };
        let mut row = Row::default();
        while rows.next_row(&mut row)? {
            found.calls += 1;
            found.first_us = found.first_us.min(row.at_us);
            found.last_us = found.last_us.max(row.at_us);
            let key = Key::of(&row);
            if groups.len() == MOST_GROUPS && !groups.contains_key(&key) {
                found.beyond += 1;
                continue;
            }
            groups.entry(key).or_insert_with_key(|key| Group::new(key.clone())).add(&row);
        }
        found.groups = groups.into_values().collect();
        found.groups.sort_by_key(|group| std::cmp::Reverse(group.answered()));
        Ok(found)
    }
}

impl Key {
    fn of(row: &Row) -> Self {
        let tier = row.service_tier().cloned();
        let (app, model) = (row.app.clone(), row.model.clone());
        Self { app, model, region: row.region.clone(), tier, account: row.account.clone() }
    }
}

impl Group {
    fn new(key: Key) -> Self {
        Self {
            key,
            outcomes: [0; 4],
            usage: Usage::default(),
            max_tokens: MaxTokens::default(),
            truncated: 0,
            in_sessions: 0,
            with_blocks: 0,
            cache_hits: 0,
            timing: Timing::default(),
        }
    }

    /// Calls of one outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// Calls that were answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.of(Outcome::Answered)
    }

    /// Calls that were not.
    #[must_use]
    pub fn unanswered(&self) -> u64 {
        self.outcomes.iter().sum::<u64>() - self.answered()
    }

    /// Something was read from the cache, or written to it.
    #[must_use]
    pub fn uses_cache(&self) -> bool {
        self.usage.total_input() > self.usage.uncached_input
    }

    fn add(&mut self, row: &Row) {
        self.outcomes[row.outcome as usize] += 1;
        if row.outcome != Outcome::Answered {
            return;
        }
        self.usage += row.usage;
        self.max_tokens.add(row.max_tokens);
        self.truncated += u64::from(row.truncated);
        self.in_sessions += u64::from(row.session.is_some());
        self.with_blocks += u64::from(row.blocks.tokens > 0);
        self.cache_hits += u64::from(row.usage.cache_read > 0);
        self.timing.add(row);
    }
}

impl MaxTokens {
    fn add(&mut self, asked: Option<u32>) {
        let Some(asked) = asked else { return };
        let first = self.calls == 0;
        self.calls += 1;
        self.least = if first { asked } else { self.least.min(asked) };
        self.most = self.most.max(asked);
        if first || !self.values.is_empty() {
            *self.values.entry(asked).or_default() += 1;
        }
        if self.values.len() > MOST_VALUES {
            self.values.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Given;

    fn call(app: &str, max_tokens: Option<u32>) -> Row {
        let usage = Usage { uncached_input: 10, cache_read: 90, output: 5, ..Usage::default() };
        Row { app: Some(app.into()), max_tokens, usage, ..Row::default() }
    }

    fn found(rows: Vec<Row>) -> Found {
        Found::of(&mut Given(rows.into_iter())).unwrap()
    }

    #[test]
    fn calls_are_grouped_and_only_answers_are_summed() {
        let blocked = Row { outcome: Outcome::Blocked, at_us: 9, ..call("a", None) };
        let standard = Row { tier: Some("standard".into()), ..call("a", Some(7)) };
        let found = found(vec![call("b", None), call("a", Some(7)), standard, blocked]);
        assert_eq!((found.calls, found.first_us, found.last_us, found.groups.len()), (4, 0, 9, 2));
        let a = &found.groups[0];
        assert_eq!((a.key.app.as_deref(), a.outcomes, a.usage.cache_read), (Some("a"), [2, 0, 0, 1], 180));
        assert_eq!((a.max_tokens.calls, a.max_tokens.values.get(&7), a.cache_hits), (2, Some(&2), 2));
    }

    #[test]
    fn many_values_of_max_tokens_are_a_range() {
        let found = found((1..=20).map(|asked| call("a", Some(asked))).collect());
        let asked = &found.groups[0].max_tokens;
        assert_eq!((asked.calls, asked.values.len(), asked.least, asked.most), (20, 0, 1, 20));
    }

    #[test]
    fn no_more_groups_are_kept_than_people_read() {
        let found = found((0..250).map(|app| call(&app.to_string(), None)).collect());
        assert_eq!((found.groups.len(), found.beyond), (MOST_GROUPS, 50));
    }
}
