//! The entries of a cache, and their end.
//!
//! A record is kept for an hour after its last sight, longer than any entry lives, so that a miss can tell
//! an entry that has died from one that never was. Records leave through a queue that holds each of them
//! once; one that was seen since goes to the back. So a record stays for two hours at most.

use super::Ttl;
use super::table::Table;
use crate::units::{Micros, SimTime};
use std::collections::VecDeque;

/// What is known of one beginning of a prompt in one Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// From when on it can be read.
    pub(super) ready: SimTime,
    /// When it was written or last read, the time of writing being `ready`.
    pub(super) used: SimTime,
    /// When a prompt last held this beginning, whether or not the entry was alive.
    pub(super) seen: SimTime,
    /// How long it lives after it was used.
    pub(super) ttl: Ttl,
}

impl Entry {
    /// It has not died: at exactly its last use plus its time to live it has.
    #[inline]
    pub(super) fn is_alive(&self, now: SimTime) -> bool {
        now < self.used + self.ttl.length()
    }

    /// It can be read.
    #[inline]
    pub(super) fn is_ready(&self, now: SimTime) -> bool {
        self.ready <= now
    }

    /// A prompt held it less than so long ago.
    #[inline]
    pub(super) fn was_seen_within(&self, length: Micros, now: SimTime) -> bool {
        now < self.seen + length
    }
}

/// All records.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries {
    table: Table,
    /// Each record's key, and when it was filed.
    queue: VecDeque<(SimTime, u64)>,
}

impl Entries {
    /// Records that are kept.
    pub(super) fn len(&self) -> usize {
        self.queue.len()
    }

    /// Entries that can be read or will be.
    pub(super) fn live(&self, now: SimTime) -> usize {
        self.queue.iter().filter(|(_, key)| self.table.get(*key).is_some_and(|entry| entry.is_alive(now))).count()
    }

    /// A record that was seen within the last hour.
    pub(super) fn recent(&self, key: u64, now: SimTime) -> Option<&Entry> {
        self.table.get(key).filter(|entry| entry.was_seen_within(Micros::HOUR, now))
    }

    /// The same, to be changed.
    pub(super) fn recent_mut(&mut self, key: u64, now: SimTime) -> Option<&mut Entry> {
        self.table.get_mut(key).filter(|entry| entry.was_seen_within(Micros::HOUR, now))
    }

    /// Any record, however old.
    pub(super) fn get_mut(&mut self, key: u64) -> Option<&mut Entry> {
        self.table.get_mut(key)
    }

    /// Files a new record.
    pub(super) fn insert(&mut self, now: SimTime, key: u64, entry: Entry) {
        self.table.insert(key, entry);
        self.queue.push_back((now, key));
    }

    /// Drops what was not seen for an hour.
    pub(super) fn expire(&mut self, now: SimTime) {
        while let Some((_, key)) = self.queue.front().copied().filter(|(filed, _)| *filed + Micros::HOUR <= now) {
            self.queue.pop_front();
            if self.recent(key, now).is_some() {
                self.queue.push_back((now, key));
            } else {
                self.table.remove(key);
            }
        }
    }
}
