//! What keeps a recording from being read.

use std::{fmt, io};

/// What is wrong with a trace, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceError {
    /// The file as the scenario or the command line names it.
    pub file: String,
    /// The line, or the row of a file without lines, counted from one, when the problem has one.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: error: {}", self.file, self.message),
            None => write!(f, "{}: error: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for TraceError {}

/// Why an import ended early.
#[derive(Debug)]
pub enum ImportError {
    /// The recording is wrong.
    Input(TraceError),
    /// What was read could not be kept.
    Keeping(io::Error),
}

impl From<TraceError> for ImportError {
    fn from(error: TraceError) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::Keeping(error)
    }
}
