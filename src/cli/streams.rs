//! The two streams: stdout is the result, stderr the talk.

use super::exit::Failure;
use std::io::{self, ErrorKind, Write};

/// Prints a result. A reader that has gone away, as that of `tokencast run x.yaml | head -1`, has seen
/// enough.
pub(super) fn print(result: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(result.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::tool(format!("stdout: error: the result cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says something about the work; nobody has to listen.
pub(super) fn tell(talk: &str) {
    let _ = writeln!(io::stderr(), "{}", talk.trim_end());
}
