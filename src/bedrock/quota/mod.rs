//! Quotas: a call reserves at the start and settles at the end.
//!
//! `reserve = input + max_tokens` at the start, `charge = input + output x burndown` at the end (Amazon
//! Bedrock User Guide, "How tokens are counted in Amazon Bedrock", read 2026-11-20). How AWS cuts time
//! into minutes is not documented, so a minute limit has three interchangeable semantics. Days are
//! days of UTC under all three.

mod bucket;
mod clock;
mod gate;
mod meter;
mod sliding;
mod tokens;

pub use gate::{Gate, Held, MAX_TOKEN_LIMITS, Refusal, Reservation, Route};
pub use meter::{Change, Limit, Measure, Meter, Window};
pub use tokens::{charged_tokens, reserved_tokens};
