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

pub use crate::trace::{NoFiles, TraceError, TraceFiles};
pub use survey::{Survey, survey};

pub(super) use calls::TraceCalls;

#[cfg(test)]
mod tests;
