//! The loop: reserve, serve, settle; a retry is just another arrival.
//!
//! Does not know money, nor how results are shown. Nothing here can fail.

mod engine;
mod minutes;
mod observer;
mod record;

pub use engine::{Engine, run};
pub use minutes::{DAY_MINUTES, minute_at, steps};
pub use observer::{Attempt, Observer, Silent};
pub use record::{AppRecord, MinuteRow, Run};
