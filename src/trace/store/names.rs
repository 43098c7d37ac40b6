//! Names that many rows share.

use crate::trace::Name;
use parquet::data_type::ByteArray;
use std::collections::BTreeSet;
use std::str::Utf8Error;
use std::sync::Arc;

/// Names that are kept to be shared; further ones are the row's own.
const MOST_NAMES: usize = 1 << 14;

/// The names of one column that were met.
#[derive(Default)]
pub(super) struct Names(BTreeSet<Arc<str>>);

impl Names {
    /// Overwrites the name of a row, unless it is the same.
    pub(super) fn put(&mut self, found: Option<&ByteArray>, name: &mut Name) -> Result<(), Utf8Error> {
        let Some(found) = found else {
            *name = None;
            return Ok(());
        };
        if name.as_ref().is_none_or(|name| name.as_bytes() != found.data()) {
            *name = Some(self.shared(std::str::from_utf8(found.data())?));
        }
        Ok(())
    }

    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let name: Arc<str> = text.into();
        if self.0.len() < MOST_NAMES {
            self.0.insert(Arc::clone(&name));
        }
        name
    }
}
