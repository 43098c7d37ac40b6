//! One trace written: whole or not at all, and never over another file.

use super::{OnDisk, Read, STORE};
use crate::cli::exit::Failure;
use crate::trace::{ImportError, csv, store};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Refuses a file that is there or that no trace is written to, before anything is read.
pub(in crate::cli) fn check_new(path: &Path) -> Result<(), Failure> {
    let name = path.display();
    if path.symlink_metadata().is_ok() {
        return Err(Failure::input(format!(
            "{name}: error: this file exists and is never written over; name another one"
        )));
    }
    match ending(path) {
        Some("csv" | STORE) => Ok(()),
        _ => Err(Failure::input(format!("{name}: error: a trace is written to a file ending in .parquet or .csv"))),
    }
}

/// A trace that is written and not in its place yet; dropped, it leaves nothing.
pub(in crate::cli) struct Staged<'a> {
    file: NamedTempFile<File>,
    path: &'a Path,
    /// Its rows.
    pub(in crate::cli) rows: u64,
}

/// Writes all rows of recordings beside a file that is to come.
pub(in crate::cli) fn stage<'a>(path: &'a Path, read: &mut Read) -> Result<Staged<'a>, Failure> {
    check_new(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let new = tempfile::Builder::new().prefix(".tokencast-").make_in(folder, create);
    let file = new.map_err(|error| Failure::input(unwritable(path, &error)))?;
    let rows = fill(file.as_file(), path, read).map_err(|error| match error {
        ImportError::Keeping(error) => Failure::tool(unwritable(path, &error)),
        ImportError::Input(error) => error.into(),
    })?;
    Ok(Staged { file, path, rows })
}

impl Staged<'_> {
    /// The store that was written, to read it.
    pub(in crate::cli) fn reopened(&self) -> Result<store::Reader, Failure> {
        let name = self.path.display().to_string();
        let bytes = self.file.as_file().try_clone().and_then(OnDisk::new);
        let bytes = bytes.map_err(|error| Failure::tool(unwritable(self.path, &error)))?;
        store::Reader::open(&name, Arc::new(bytes)).map_err(Failure::from)
    }

    /// Puts it in its place.
    pub(in crate::cli) fn publish(self) -> Result<(), Failure> {
        let done = self.file.persist_noclobber(self.path);
        done.map(drop).map_err(|error| Failure::input(unwritable(self.path, &error.error)))
    }
}

/// With the rights that the system gives new files, and readable again.
fn create(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create_new(true).open(path)
}

fn unwritable(path: &Path, error: &io::Error) -> String {
    format!("{}: error: cannot be written: {error}", path.display())
}

fn fill(staged: &File, path: &Path, read: &mut Read) -> Result<u64, ImportError> {
    let mut out = BufWriter::new(staged);
    let rows = match ending(path) {
        Some(STORE) => store::write(&mut read.rows, &read.tally.observed, &mut out),
        _ => csv::write(&mut read.rows, &mut out),
    }?;
    out.flush()?;
    Ok(rows)
}

fn ending(path: &Path) -> Option<&str> {
    path.extension().and_then(|ending| ending.to_str())
}
