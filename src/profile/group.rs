//! Calls of one kind: their counts, tokens and lengths.

use super::Distribution;
use crate::bedrock::usage::Usage;
use crate::trace::store::Column;
use crate::trace::{Name, Outcome, Row};
use std::collections::BTreeMap;

/// Groups that are kept apart; the calls of further ones are counted as one.
const MOST_GROUPS: usize = 1_024;

/// What calls are grouped by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Kind {
    /// The application.
    pub app: Name,
    /// The model or profile that was called.
    pub model: Name,
    /// The Region that was called.
    pub region: Name,
    /// The service tier; nothing is standard, which the API calls `default`.
    pub tier: Name,
}

/// Calls of one kind, or of several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// All of them.
    pub calls: u64,
    /// By what became of them, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; 4],
    /// Their tokens.
    pub usage: Usage,
    /// When the first and the last one were sent, in microseconds of Unix time.
    pub during: Option<(i64, i64)>,
    /// The input of each answered call, cached or not.
    pub input: Distribution,
    /// The length of each answer that the model ended.
    pub ended: Distribution,
    /// The length of each answer that was cut at `max_tokens`.
    pub cut: Distribution,
    /// The `max_tokens` of each answered call that set it.
    pub max_tokens: Distribution,
    /// What those calls wrote.
    pub written_of_max_tokens: u64,
    /// What those calls asked for and did not write.
    pub unused_of_max_tokens: u64,
}

impl Kind {
    /// The kind of a call.
    #[must_use]
    pub fn of(row: &Row) -> Self {
        Self {
            app: row.app.clone(),
            model: row.model.clone(),
            region: row.region.clone(),
            tier: row.service_tier().cloned(),
        }
    }
}

impl Group {
    /// One call more.
    pub fn take(&mut self, row: &Row) {
        self.calls += 1;
        self.outcomes[row.outcome as usize] += 1;
        self.usage += row.usage;
        self.during = Some(self.during.map_or((row.at_us, row.at_us), |(first, _)| (first, row.at_us)));
        if row.outcome == Outcome::Answered {
            self.take_answered(row);
        }
    }

    fn take_answered(&mut self, row: &Row) {
        self.input.add(row.usage.total_input());
        let output = if row.truncated { &mut self.cut } else { &mut self.ended };
        output.add(row.usage.output);
        if let Some(max_tokens) = row.max_tokens.map(u64::from) {
            self.max_tokens.add(max_tokens);
            self.written_of_max_tokens += row.usage.output.min(max_tokens);
            self.unused_of_max_tokens += max_tokens.saturating_sub(row.usage.output);
        }
    }

    /// Adds all calls of another group.
    pub fn merge(&mut self, other: &Self) {
        self.calls += other.calls;
        self.outcomes.iter_mut().zip(other.outcomes).for_each(|(mine, theirs)| *mine += theirs);
        self.usage += other.usage;
        self.during = match (self.during, other.during) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (mine, theirs) => mine.or(theirs),
        };
        self.input.merge(&other.input);
        self.ended.merge(&other.ended);
        self.cut.merge(&other.cut);
        self.max_tokens.merge(&other.max_tokens);
        self.written_of_max_tokens += other.written_of_max_tokens;
        self.unused_of_max_tokens += other.unused_of_max_tokens;
    }

    /// How many ended so.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// From the first call to the last, in microseconds.
    #[must_use]
    pub fn span_us(&self) -> u64 {
        self.during.map_or(0, |(first, last)| last.abs_diff(first))
    }

    /// The length of each answer, cut or not.
    #[must_use]
    pub fn output(&self) -> Distribution {
        let mut all = self.ended.clone();
        all.merge(&self.cut);
        all
    }
}

/// Groups by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// Each kind that was kept apart.
    pub by_kind: BTreeMap<Kind, Group>,
    /// The calls of all others.
    pub others: Group,
}

impl Groups {
    /// The columns of a trace that are counted.
    pub const COLUMNS: [Column; 13] = [
        Column::Time,
        Column::App,
        Column::Model,
        Column::Region,
        Column::Tier,
        Column::Outcome,
        Column::UncachedInput,
        Column::CacheRead,
        Column::CacheWrite5m,
        Column::CacheWrite1h,
        Column::Output,
        Column::MaxTokens,
        Column::Truncated,
    ];

    /// One call more.
    pub fn take(&mut self, row: &Row) {
        let kind = Kind::of(row);
        let is_kept = self.by_kind.contains_key(&kind) || self.by_kind.len() < MOST_GROUPS;
        let group = if is_kept { self.by_kind.entry(kind).or_default() } else { &mut self.others };
        group.take(row);
    }

    /// All calls.
    #[must_use]
    pub fn all(&self) -> Group {
        let mut all = self.others.clone();
        self.by_kind.values().for_each(|group| all.merge(group));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_that_is_not_named_is_standard_by_any_of_its_names() {
        let kind = |tier: Option<&str>| Kind::of(&Row { tier: tier.map(Into::into), ..Row::default() });
        assert_eq!(kind(Some("default")), kind(None));
        assert_eq!(kind(Some("standard")), kind(None));
        assert_ne!(kind(Some("flex")), kind(None));
    }

    #[test]
    fn kinds_beyond_the_last_that_is_kept_are_counted_as_one() {
        let mut groups = Groups::default();
        for n in 0..MOST_GROUPS + 7 {
            groups.take(&Row { app: Some(format!("app {n}").into()), ..Row::default() });
        }
        assert_eq!((groups.by_kind.len(), groups.others.calls), (MOST_GROUPS, 7));
        assert_eq!(groups.all().calls, MOST_GROUPS as u64 + 7);
    }

    #[test]
    fn what_was_asked_for_is_what_was_written_and_what_was_not() {
        let mut group = Group::default();
        for (max_tokens, output) in [(Some(100), 30), (Some(50), 50), (None, 7)] {
            group.take(&Row { max_tokens, usage: Usage { output, ..Usage::default() }, ..Row::default() });
        }
        let asked = u128::from(group.written_of_max_tokens + group.unused_of_max_tokens);
        assert_eq!((asked, group.unused_of_max_tokens), (group.max_tokens.sum(), 70));
    }
}
