//! Rows whose names say nothing.

use super::{Name, Row, Sink};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// Hashes that are kept, of each kind of name.
const MOST_NAMES: usize = 1 << 14;

/// Hands rows on with a hash in place of each application, account, session and request id. The same name has the same
/// hash under the same salt; without the salt nobody can try names.
pub struct Anonymised<S> {
    sink: S,
    row: Row,
    app: Hashes,
    account: Hashes,
    session: Hashes,
    request_id: Hashes,
}

impl<S: Sink> Anonymised<S> {
    /// Hashes under a salt. Nothing when that is empty: names could be tried then.
    #[must_use]
    pub fn new(sink: S, salt: &str) -> Option<Self> {
        let hashes = |kind| Hashes { salted: salted(salt, kind), known: BTreeMap::new() };
        (!salt.is_empty()).then(|| Self {
            sink,
            row: Row::default(),
            app: hashes("app"),
            account: hashes("account"),
            session: hashes("session"),
            request_id: hashes("request_id"),
        })
    }

    /// What took the rows.
    pub fn into_inner(self) -> S {
        self.sink
    }
}

impl<S: Sink> Sink for Anonymised<S> {
    fn take(&mut self, row: &Row) -> io::Result<()> {
        self.row.clone_from(row);
        self.row.app = self.app.of(&row.app);
        self.row.account = self.account.of(&row.account);
        self.row.session = self.session.of(&row.session);
        self.row.request_id = self.request_id.of(&row.request_id);
        self.sink.take(&self.row)
    }
}

/// The hashes of one kind of name.
struct Hashes {
    /// What was hashed before the name: salt and kind.
    salted: Sha256,
    known: BTreeMap<Arc<str>, Arc<str>>,
}

impl Hashes {
    fn of(&mut self, name: &Name) -> Name {
        let name = name.as_ref()?;
        if let Some(known) = self.known.get(name) {
            return Some(Arc::clone(known));
        }
        let hash = hash(self.salted.clone(), name);
        if self.known.len() < MOST_NAMES {
            self.known.insert(Arc::clone(name), Arc::clone(&hash));
        }
        Some(hash)
    }
}

/// Salt and kind, each behind its length, so that no two pairs are hashed alike.
fn salted(salt: &str, kind: &str) -> Sha256 {
    let mut hash = Sha256::new();
    for part in [salt, kind] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash
}

/// The first sixteen hexadecimal digits.
fn hash(mut salted: Sha256, name: &str) -> Arc<str> {
    salted.update(name);
    let mut first = [0; 8];
    first.copy_from_slice(&salted.finalize()[..8]);
    format!("{:016x}", u64::from_be_bytes(first)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anonymised(salt: &str, row: &Row) -> Row {
        let mut sink = Anonymised::new(Vec::new(), salt).expect("a salt");
        sink.take(row).expect("memory");
        sink.into_inner().remove(0)
    }

    fn name(text: &str) -> Name {
        Some(text.into())
    }

    #[test]
    fn an_empty_salt_is_refused() {
        assert!(Anonymised::new(Vec::new(), "").is_none());
    }

    #[test]
    fn the_same_name_has_the_same_hash_unless_salt_or_kind_differ() {
        let row = Row { app: name("x"), session: name("x"), ..Row::default() };
        let (once, again, other) = (anonymised("s", &row), anonymised("s", &row), anonymised("t", &row));
        assert_eq!(once, again);
        assert_ne!(once.app, once.session);
        assert_ne!(once.app, other.app);
        assert_eq!(once.request_id, None);
    }

    /// `printf '\1\0\0\0\0\0\0\0s\3\0\0\0\0\0\0\0appx' | sha256sum`
    #[test]
    fn a_hash_can_be_made_with_other_programs() {
        let row = Row { app: name("x"), ..Row::default() };
        assert_eq!(anonymised("s", &row).app, name("be6029983dc93576"));
    }

    #[test]
    fn nothing_but_the_four_names_changes() {
        let mut row = Row { at_us: 5, model: name("m"), region: name("r"), tier: name("t"), ..Row::default() };
        row.app = name("x");
        row.usage.output = 7;
        row.blocks.ids = vec![1, 2];
        let changed = anonymised("s", &row);
        assert_eq!(Row { app: row.app.clone(), ..changed }, row);
    }
}
