//! Rows that are read more than once: they wait in a file.

use super::scratch::TemporaryFiles;
use crate::cli::exit::Failure;
use crate::trace::{ImportError, Random, Recording, Rows, Scratch, TraceError, store};
use std::sync::Arc;

/// What people call it where something is wrong with it.
const NAME: &str = "the recordings";

/// Rows in a file of ours.
struct Kept(Arc<dyn Random>);

impl Recording for Kept {
    fn rows(&self) -> Result<Box<dyn Rows>, TraceError> {
        Ok(Box::new(store::Reader::open(NAME, Arc::clone(&self.0))?))
    }

    fn rows_from(&self, at_us: i64) -> Result<Box<dyn Rows>, TraceError> {
        let mut reader = store::Reader::open(NAME, Arc::clone(&self.0))?;
        reader.skip_to(at_us);
        Ok(Box::new(reader))
    }

    fn file(&self) -> &str {
        NAME
    }
}

/// Writes rows to a file that is gone with what is returned.
pub(super) fn keep(rows: &mut dyn Rows) -> Result<Arc<dyn Recording>, Failure> {
    let mut file = TemporaryFiles.file().map_err(ImportError::Keeping)?;
    store::write(rows, &[], &mut file)?;
    Ok(Arc::new(Kept(file.readable().map_err(ImportError::Keeping)?)))
}
