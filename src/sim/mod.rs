//! The loop: reserve, serve, settle; a retry is just another arrival.
//!
//! Does not know money, nor how results are shown. Nothing here can fail.

mod answering;
mod batching;
mod callers;
mod clients;
mod counted;
mod delivering;
mod desk;
mod engine;
mod jobs;
mod lanes;
mod log;
mod mark;
mod minutes;
mod observer;
mod queue;
mod record;
mod retrying;
mod rows;
mod serving;
mod slots;
mod tasks;
mod working;

pub use engine::{Engine, run};
pub use minutes::{DAY_MINUTES, minute_at, steps};
pub use observer::{Attempt, Ended, Holder, Observer, Silent};
pub use rows::{AppRecord, MinuteRow, Run};
pub use tasks::{LongRow, RetryRow, Tasks};
