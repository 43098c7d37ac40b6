//! The two streams: stdout is the result, stderr the talk.

use super::exit::Failure;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// The width of text that does not go to a terminal.
const COLUMNS: u16 = 100;

/// The width of the text on stdout.
pub(super) fn columns() -> usize {
    let width = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    usize::from(width.map_or(COLUMNS, |(terminal_size::Width(columns), _)| columns))
}

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
