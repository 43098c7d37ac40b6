//! Calls in order of time. Does not know quotas, nor money.

mod arrival;

pub use arrival::{Arrival, Call, Fate};
