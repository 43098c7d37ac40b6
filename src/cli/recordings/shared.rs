//! Sorted rows that are given on and asked later what sorting found.

use crate::trace::sort::Sorted;
use crate::trace::{Row, Rows, TraceError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Sorted rows, held by whoever takes them and by whoever tells of them.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<Sorted>>);

impl Shared {
    pub(super) fn of(sorted: Sorted) -> Self {
        Self(Arc::new(Mutex::new(sorted)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Sorted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rows for Shared {
    fn next_row(&mut self, row: &mut Row) -> Result<bool, TraceError> {
        self.lock().next_row(row)
    }
}
