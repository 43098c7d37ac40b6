//! What all importers share: what they were told, where rows go, what is counted.

use super::{Input, Options, Tally};
use crate::trace::{ImportError, Name, Names, Row, Sink};

/// What all importers share.
pub struct Context<'a> {
    /// What the importer was told.
    pub options: &'a Options,
    /// What is counted.
    pub tally: &'a mut Tally,
    sink: &'a mut dyn Sink,
    names: Names,
}

impl<'a> Context<'a> {
    /// Rows go to a sink.
    pub fn new(options: &'a Options, tally: &'a mut Tally, sink: &'a mut dyn Sink) -> Self {
        Self { options, tally, sink, names: Names::default() }
    }

    /// A name that many rows share; an empty one is none.
    pub fn name(&mut self, text: &str) -> Name {
        self.names.name(text)
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
