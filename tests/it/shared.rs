//! The data that tests share with other projects: beside the repository, or where TOKENCAST_SHARED points.

use std::path::{Path, PathBuf};

/// A shared file; `None`, and said so, where it is not. On CI it must be there.
pub fn file(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("TOKENCAST_SHARED").map_or_else(beside, PathBuf::from);
    let file = folder.join(path);
    if file.is_file() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is not there", file.display());
    eprintln!("skipped: {} is not there", file.display());
    None
}
