//! The fullest period of a clock.

use crate::units::Micros;

/// The fullest period of a clock; of equal ones, the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Peak {
    /// When it began, in microseconds of Unix time.
    pub at_us: i64,
    /// What it held.
    pub amount: u64,
}

/// Finds it, in amounts that come in order of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Busiest {
    now: Peak,
    best: Peak,
}

impl Busiest {
    /// So much more in the period of this instant.
    pub(super) fn take(&mut self, at_us: i64, period: Micros, amount: u64) {
        let width = period.0 as i64;
        let start = at_us.div_euclid(width).saturating_mul(width);
        if start != self.now.at_us {
            self.best = self.done();
            self.now = Peak { at_us: start, amount: 0 };
        }
        self.now.amount += amount;
    }

    /// The fullest one.
    pub(super) fn done(self) -> Peak {
        if self.now.amount > self.best.amount { self.now } else { self.best }
    }
}
