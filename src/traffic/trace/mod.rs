//! Recorded traffic: traces read as streams, one row a call.
//!
//! A trace is surveyed once before anything runs, so that every bad row is refused with its line; the
//! run then reads it again.

mod blocks;
mod calls;
mod open;
mod order;
mod recorded;
mod sessions;
mod survey;

pub use crate::trace::{NoFiles, TraceError, TraceFiles};
pub use survey::{Survey, survey};

pub(super) use calls::TraceCalls;

#[cfg(test)]
mod tests;
