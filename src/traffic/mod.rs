//! Calls in order of time. Does not know quotas, nor money.

mod arrival;
mod arrivals;
mod intensity;
mod synthetic;

pub use arrival::{Arrival, Call, Fate};
pub use arrivals::Arrivals;
