//! Rows that are read more than once: they wait in a file.

use super::scratch::TemporaryFiles;
use crate::cli::exit::Failure;
use crate::trace::store::{self, Stored};
use crate::trace::{ImportError, Recording, Rows, Scratch};
use std::sync::Arc;

/// Writes rows to a file that is gone with what is returned.
pub(super) fn keep(rows: &mut dyn Rows) -> Result<Arc<dyn Recording>, Failure> {
    let mut file = TemporaryFiles.file().map_err(ImportError::Keeping)?;
    store::write(rows, &[], &mut file)?;
    let bytes = file.readable().map_err(ImportError::Keeping)?;
    Ok(Arc::new(Stored::new("the recordings", bytes)))
}
