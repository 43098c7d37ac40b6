//! What a record does not say and the importer was told.

use super::{AppFrom, Context};
use crate::trace::Row;

/// Fills in the `max_tokens` and the application; model and Region are filled in when a row is kept.
pub(super) fn complete(row: &mut Row, context: &mut Context<'_>) {
    let options = context.options;
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
