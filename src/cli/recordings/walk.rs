//! The files of recordings: those that are named, and those of folders that are named.

use crate::cli::exit::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Deeper folders are most likely a link to themselves.
const DEEPEST: usize = 64;

/// Every file, folder by folder in the order of names. What begins with a dot is passed over, as what the system puts
/// there.
pub(super) fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for input in inputs {
        let before = found.len();
        walk(input, 0, &mut found)?;
        if found.len() == before {
            return Err(Failure::input(format!("{}: error: no file is in this folder", input.display())));
        }
    }
    Ok(found)
}

fn walk(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: io::Error| Failure::input(format!("{}: error: cannot be read: {error}", path.display()));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    if !metadata.is_dir() {
        return Err(Failure::input(format!("{}: error: this is a pipe or a device; name a file", path.display())));
    }
    if depth > DEEPEST {
        return Err(Failure::input(format!("{}: error: this folder lies too deep", path.display())));
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(path).map_err(unreadable)?.collect();
    let mut paths: Vec<PathBuf> = entries.map_err(unreadable)?.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    paths.sort();
    paths.iter().try_for_each(|path| walk(path, depth + 1, found))
}
