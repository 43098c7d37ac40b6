//! `tokencast init`.

use super::arguments;
use super::exit::{Exit, Failure};
use super::streams::print;
use crate::scenario::STARTER;
use std::fs::File;
use std::io::{self, Write};

/// Writes the starter scenario; a file that is there already stays as it is.
pub(super) fn init(arguments: &arguments::Init) -> Result<Exit, Failure> {
    let name = arguments.file.display();
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::input(format!("{name}: error: this file exists and is never overwritten; name another one"))
        }
        _ => Failure::input(format!("{name}: error: cannot be written: {error}")),
    };
    File::create_new(&arguments.file).and_then(|mut file| file.write_all(STARTER.as_bytes())).map_err(failed)?;
    print(&format!("Wrote {name}. Next: tokencast run {name}\n"))?;
    Ok(Exit::Within)
}
