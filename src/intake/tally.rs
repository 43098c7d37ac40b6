//! What an import read, what it did not take, and why.

use super::{Format, Metrics};
use crate::trace::Observed;
use std::collections::BTreeMap;

/// Why a number of a monitor is not taken.
pub(super) const READ_BEFORE: &str = "a value that was read before";

/// What an import read, what it did not take, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files of each format.
    pub files: BTreeMap<Format, u64>,
    /// Bytes, before they were unpacked.
    pub bytes: u64,
    /// Rows that were made.
    pub rows: u64,
    /// What was not taken, by reason.
    pub skipped: BTreeMap<&'static str, Skipped>,
    /// What was read in a way that somebody could wonder about: `output cut at max_tokens`, `time spread in its second`.
    pub notes: BTreeMap<&'static str, u64>,
    /// What a monitor counted besides calls.
    pub observed: Vec<Observed>,
    /// What was counted of calls that are still to be made: see [`super::finish`].
    pub metrics: Metrics,
}

/// Records that were not taken for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// How many.
    pub count: u64,
    /// The first one: its file.
    pub file: String,
    /// The first one: its line, counted from one, where there are lines.
    pub line: Option<u64>,
}

impl Tally {
    /// Counts a record that is not taken.
    pub fn skip(&mut self, reason: &'static str, file: &str, line: Option<u64>) {
        let first = || Skipped { count: 0, file: file.to_owned(), line };
        self.skipped.entry(reason).or_insert_with(first).count += 1;
    }

    /// Counts something that somebody could wonder about.
    pub fn note(&mut self, what: &'static str) {
        *self.notes.entry(what).or_default() += 1;
    }

    /// What another file held; the first places stay.
    pub fn absorb(&mut self, other: Self) {
        other.files.into_iter().for_each(|(format, files)| *self.files.entry(format).or_default() += files);
        self.bytes += other.bytes;
        self.rows += other.rows;
        for (reason, skipped) in other.skipped {
            let known = self.skipped.entry(reason).or_insert_with(|| Skipped { count: 0, ..skipped.clone() });
            known.count += skipped.count;
        }
        other.notes.into_iter().for_each(|(note, count)| *self.notes.entry(note).or_default() += count);
        self.observed.extend(other.observed);
        let file = other.metrics.file.clone();
        let again = self.metrics.absorb(other.metrics);
        (0..again).for_each(|_| self.skip(READ_BEFORE, &file, None));
    }

    /// All that was not taken.
    #[must_use]
    pub fn all_skipped(&self) -> u64 {
        self.skipped.values().map(|skipped| skipped.count).sum()
    }
}
