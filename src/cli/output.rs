//! Writing: files appear whole or not at all.

use super::exit::Failure;
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// A place beside the final one in which a report is written before any of it is shown.
pub(super) struct Stage<'a> {
    folder: &'a Path,
    stage: TempDir,
}

impl<'a> Stage<'a> {
    /// Makes sure, before anything is run, that the folder can be written to.
    pub(super) fn open(folder: &'a Path) -> Result<Self, Failure> {
        let refused = |error: io::Error| {
            Failure::input(format!("{}: error: the report cannot be written here: {error}", folder.display()))
        };
        fs::create_dir_all(folder).map_err(refused)?;
        let stage = tempfile::Builder::new().prefix(".tokencast-").tempdir_in(folder).map_err(refused)?;
        Ok(Self { folder, stage })
    }

    /// Writes every file, then moves them into place.
    pub(super) fn publish(self, files: &[(String, String)]) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            Failure::tool(format!("{}: error: the report could not be written: {error}", self.folder.display()))
        };
        for (name, text) in files {
            fs::write(self.stage.path().join(name), text).map_err(failed)?;
        }
        for (name, _) in files {
            fs::rename(self.stage.path().join(name), self.folder.join(name)).map_err(failed)?;
        }
        self.stage.close().map_err(failed)
    }
}
