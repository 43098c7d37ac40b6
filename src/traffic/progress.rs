//! How much time has been simulated, for whoever wants to watch.

use super::Arrival;
use crate::units::{Micros, SimTime};
use std::sync::atomic::{AtomicU64, Ordering};

/// Simulated time over all runs so far; runs may go on in parallel.
#[derive(Debug, Default)]
pub struct Progress {
    simulated_us: AtomicU64,
}

/// Simulated time between two reports.
const STEP: Micros = Micros::MINUTE;

impl Progress {
    /// The time simulated so far.
    #[must_use]
    pub fn simulated(&self) -> Micros {
        Micros(self.simulated_us.load(Ordering::Relaxed))
    }

    /// The same arrivals, watched as they pass.
    pub fn watch(&self, arrivals: impl Iterator<Item = Arrival>) -> impl Iterator<Item = Arrival> {
        let mut told = SimTime(0);
        arrivals.inspect(move |arrival| {
            if arrival.at.0 - told.0 >= STEP.0 {
                self.simulated_us.fetch_add(arrival.at.0 - told.0, Ordering::Relaxed);
                told = arrival.at;
            }
        })
    }
}
