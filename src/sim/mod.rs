//! The loop: reserve, serve, settle; a retry is just another arrival.
//!
//! Does not know money, nor how results are shown. Nothing here can fail.

mod counted;
mod engine;
mod jobs;
mod lanes;
mod minutes;
mod observer;
mod record;
mod rows;
mod serving;
mod tasks;

pub use engine::{Engine, run};
pub use minutes::{DAY_MINUTES, minute_at, steps};
pub use observer::{Attempt, Ended, Holder, Observer, Silent};
pub use rows::{AppRecord, MinuteRow, Run};
pub use tasks::{RetryRow, Tasks};
