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

    /// One row is made. Its model goes by the name that it stands for, and what the record does not say of model and
    /// Region comes from the options.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn keep(&mut self, row: &Row) -> Result<(), ImportError> {
        self.tally.rows += 1;
        let stands_for = row.model.as_ref().and_then(|model| self.options.aliases.get(&**model));
        let model = stands_for.or_else(|| self.options.model.as_ref().filter(|_| row.model.is_none()));
        let region = self.options.region.as_ref().filter(|_| row.region.is_none());
        if model.is_none() && region.is_none() {
            return Ok(self.sink.take(row)?);
        }
        let mut told = row.clone();
        if let Some(model) = model {
            told.model = self.name(model);
        }
        if let Some(region) = region {
            told.region = self.name(region);
        }
        Ok(self.sink.take(&told)?)
    }

    /// The record at hand is not taken.
    pub fn skip(&mut self, reason: &'static str, input: &Input<'_>) {
        self.tally.skip(reason, input.file, input.line());
    }
}
