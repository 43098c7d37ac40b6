//! The busiest minute of each model, to hold against what a monitor counted.

use super::meter::{Busiest, Peak};
use crate::trace::{Name, Row};
use crate::units::Micros;
use std::collections::BTreeMap;

/// Models that are kept apart.
const MOST_MODELS: usize = 1_024;

/// Finds the minute of each model with the most tokens, but for those read from the cache.
#[derive(Debug, Clone, Default)]
pub(super) struct Minutes(BTreeMap<Name, Busiest>);

impl Minutes {
    pub(super) fn take(&mut self, row: &Row) {
        if self.0.len() < MOST_MODELS || self.0.contains_key(&row.model) {
            let tokens = row.usage.total_input() - row.usage.cache_read + row.usage.output;
            self.0.entry(row.model.clone()).or_default().take(row.at_us, Micros::MINUTE, tokens);
        }
    }

    pub(super) fn done(self) -> BTreeMap<Name, Peak> {
        self.0.into_iter().map(|(model, busiest)| (model, busiest.done())).collect()
    }
}
