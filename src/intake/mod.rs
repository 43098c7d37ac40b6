//! Recordings as others write them, made into rows: logs of invocations, metrics, spans, spend logs, published traces.
//!
//! Every importer is a stream: it reads a file from its beginning to its end and keeps nothing but counts. What it
//! does not take is counted, with the reason and the first place. Does not know prices, nor what rows are for.

mod agent_sessions;
mod aliases;
mod cloudwatch;
mod complete;
mod context;
mod count;
mod csv;
mod detect;
mod elements;
mod format;
mod import;
mod input;
mod invocation_log;
mod json_scan;
mod lines;
mod litellm;
mod mooncake;
mod options;
mod otlp;
mod refused;
mod sketch;
mod split;
mod spread;
mod tally;
mod tracelab;
mod unpack;

pub use aliases::aliases;
pub use cloudwatch::{Metrics, finish};
pub use context::Context;
pub use csv::presets;
pub use format::Format;
pub use import::import;
pub use input::Input;
pub use options::{AppFrom, Options};
pub use spread::spread;
pub use tally::{Skipped, Tally};

use complete::complete;

#[cfg(test)]
mod sample;
