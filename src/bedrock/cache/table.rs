//! A table by keys that are hashes already.

use super::entries::Entry;
#[allow(
    clippy::disallowed_types,
    reason = "looked up by key only; nothing here can go through it in its own order"
)]
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Entries by key. They cannot be gone through, so that no order of hashing gets out.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    #[allow(clippy::disallowed_types, reason = "looked up by key only")]
    entries: HashMap<u64, Entry, BuildHasherDefault<AsIs>>,
}

impl Table {
    pub(super) fn get_mut(&mut self, key: u64) -> Option<&mut Entry> {
        self.entries.get_mut(&key)
    }

    pub(super) fn get(&self, key: u64) -> Option<&Entry> {
        self.entries.get(&key)
    }

    pub(super) fn insert(&mut self, key: u64, entry: Entry) {
        self.entries.insert(key, entry);
    }

    pub(super) fn remove(&mut self, key: u64) {
        self.entries.remove(&key);
    }
}

/// The hash of a key is the key.
#[derive(Debug, Clone, Copy, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}
