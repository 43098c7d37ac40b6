//! What all importers share: what they were told, where rows go, what is counted.

use super::{Input, Options, Tally};
use crate::trace::{ImportError, Name, Row, Sink};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Names that are kept to be shared; further ones, such as those of sessions, are the row's own.
const MOST_NAMES: usize = 1 << 14;

/// What all importers share.
pub struct Context<'a> {
    /// What the importer was told.
    pub options: &'a Options,
    /// What is counted.
    pub tally: &'a mut Tally,
    sink: &'a mut dyn Sink,
    names: BTreeSet<Arc<str>>,
}

impl<'a> Context<'a> {
    /// Rows go to a sink.
    pub fn new(options: &'a Options, tally: &'a mut Tally, sink: &'a mut dyn Sink) -> Self {
        Self { options, tally, sink, names: BTreeSet::new() }
    }

    /// A name that many rows share; an empty one is none.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(known) = self.names.get(text) {
            return Some(Arc::clone(known));
        }
        let name: Arc<str> = (!text.is_empty()).then(|| Arc::from(text))?;
        if self.names.len() < MOST_NAMES {
            self.names.insert(Arc::clone(&name));
        }
        Some(name)
    }

    /// One row is made.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(&mut self, row: &Row) -> Result<(), ImportError> {
        self.tally.rows += 1;
        Ok(self.sink.take(row)?)
    }

    /// The record at hand is not taken.
    pub fn skip(&mut self, reason: &'static str, input: &Input<'_>) {
        self.tally.skip(reason, input.file, input.line());
    }
}
