//! TraceLab rounds.

use super::{Context, Input};
use crate::trace::ImportError;

/// Rows of a file.
pub(super) fn read(input: &mut Input<'_>, _context: &mut Context<'_>) -> Result<(), ImportError> {
    Err(input.error("not yet read").into())
}
