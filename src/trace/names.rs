//! Names that rows share.

use super::Name;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names that are kept to be shared; further ones, such as those of sessions, are the row's own.
const MOST_NAMES: usize = 1 << 14;

/// The names that rows share.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<Arc<str>>);

impl Names {
    /// A name that many rows share; an empty one is none.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return Some(Arc::clone(known));
        }
        let name: Arc<str> = (!text.is_empty()).then(|| Arc::from(text))?;
        if self.0.len() < MOST_NAMES {
            self.0.insert(Arc::clone(&name));
        }
        Some(name)
    }
}
