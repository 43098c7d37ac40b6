//! Calls in order of time. Does not know quotas, nor money.

mod arrival;
mod arrivals;
mod intensity;
mod progress;
mod prompts;
#[cfg(test)]
mod sample;
mod script;
mod synthetic;
mod trace;
mod users;

pub use arrival::{Arrival, Call, Fate};
pub use arrivals::Arrivals;
pub use progress::Progress;
pub use script::{Script, Step, TASK_BITS, TURN_BITS, Task};
pub use trace::{NoFiles, Survey, TraceError, TraceFiles, survey};
pub use users::Users;
