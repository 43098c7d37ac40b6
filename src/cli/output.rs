//! Writing: files appear whole or not at all.

use super::exit::Failure;
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempDir;

/// Makes sure, before anything is run, that a report can be written to a folder.
pub(super) fn check_writable(folder: &Path) -> Result<(), Failure> {
    let tried = fs::create_dir_all(folder).and_then(|()| stage(folder)).and_then(TempDir::close);
    tried.map_err(|error| {
        Failure::input(format!("{}: error: the report cannot be written here: {error}", folder.display()))
    })
}

/// Writes every file beside its place, then moves all of them there. What was there before stays until
/// the new report is complete.
pub(super) fn publish(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    write(folder, files).map_err(|error| {
        Failure::tool(format!("{}: error: the report could not be written: {error}", folder.display()))
    })
}

fn write(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    let stage = stage(folder)?;
    for (name, text) in files {
        fs::write(stage.path().join(name), text)?;
        if folder.join(name).is_dir() {
            return Err(io::Error::other(format!("{name} is a folder")));
        }
    }
    for (name, _) in files {
        fs::rename(stage.path().join(name), folder.join(name))?;
    }
    stage.close()
}

/// A hidden folder beside the files to come: a move within a folder is not a copy. It goes away by
/// itself, except when the program is killed while it writes.
fn stage(folder: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix(".tokencast-").tempdir_in(folder)
}
