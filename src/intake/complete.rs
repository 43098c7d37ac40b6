//! What a record does not say and the importer was told.

use super::{AppFrom, Context};
use crate::trace::Row;

/// Fills in what a record leaves open: its model, Region, `max_tokens` and application.
pub(super) fn complete(row: &mut Row, context: &mut Context<'_>) {
    let options = context.options;
    if row.model.is_none() {
        row.model = options.model.as_deref().and_then(|model| context.name(model));
    }
    if row.region.is_none() {
        row.region = options.region.as_deref().and_then(|region| context.name(region));
    }
    row.max_tokens = row.max_tokens.or(options.max_tokens);
    match &options.app {
        AppFrom::Usual => {}
        AppFrom::Fixed(app) => row.app = context.name(app),
        AppFrom::Metadata(_) if row.app.is_none() => {
            context.tally.note("no application: the metadata key is not there")
        }
        AppFrom::Metadata(_) => {}
    }
}
