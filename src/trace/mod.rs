//! Recorded traffic: one row a call, whoever recorded it. Every importer makes such rows, the store keeps them, tools
//! change them, and replays and profiles read them, all as streams in order of time.
//!
//! What was asked and answered is never part of a row. Does not know how recordings are written by others, nor what
//! becomes of a call.

mod anonymised;
mod columns;
pub mod csv;
mod error;
mod files;
mod merged;
mod names;
mod observed;
mod recording;
mod row;
mod rows;
pub mod sort;
pub mod store;
pub(crate) mod time;
pub mod tools;

pub use anonymised::Anonymised;
pub use columns::{BlockTokens, Columns, TimeFormat};
pub use error::{ImportError, TraceError};
pub use files::{NoFiles, Random, Scratch, ScratchFile, TraceFiles};
pub use merged::Merged;
pub use names::Names;
pub use observed::Observed;
pub use recording::{FromStart, Recording, span_of};
pub use row::{Blocks, Name, Outcome, Row};
pub use rows::{Given, Rows, Sink};
