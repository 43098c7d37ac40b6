//! Recorded traffic: CSV files read as streams, one row a call.
//!
//! A trace is surveyed once before anything runs, so that every bad row is refused with its line; the
//! run then reads it again.

mod blocks;
mod calls;
mod lines;
mod rows;
mod sessions;
mod survey;
mod time;

pub use rows::TraceError;
pub use survey::{Survey, survey};

pub(super) use calls::TraceCalls;

use std::io;

/// Where trace files come from: the shell opens them, nothing below it does.
pub trait TraceFiles: Sync {
    /// Opens a file that a scenario names, for reading from its beginning.
    ///
    /// # Errors
    /// Whatever keeps the file from being opened.
    fn open(&self, file: &str) -> io::Result<Box<dyn io::Read + Send>>;

    /// The path of a file for people who are not in the scenario's folder.
    fn path_of(&self, file: &str) -> String {
        file.to_owned()
    }
}

/// No files at all: for plans without traces.
pub struct NoFiles;

impl TraceFiles for NoFiles {
    fn open(&self, file: &str) -> io::Result<Box<dyn io::Read + Send>> {
        Err(io::Error::new(io::ErrorKind::NotFound, format!("{file} is not here")))
    }
}

#[cfg(test)]
mod tests;
