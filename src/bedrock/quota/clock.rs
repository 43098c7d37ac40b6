//! Clock windows: minutes (or days) of UTC.
//!
//! A reservation counts in the window of its admission. Settlement replaces it by the charge while
//! that window is open; later only what the charge exceeds the reservation by counts, in the window
//! open at settlement.

use crate::units::{Micros, SimTime};

/// What is used of a limit in the window that is open.
#[derive(Debug, Clone)]
pub struct ClockWindow {
    limit: u64,
    period: Micros,
    /// How far into a window of UTC the simulation starts.
    into: Micros,
    ends: SimTime,
    used: u64,
}

impl ClockWindow {
    /// An unused window; `into` is how far into a period of UTC time zero is.
    #[must_use]
    pub fn new(limit: u64, period: Micros, into: Micros) -> Self {
        Self { limit, period, into, ends: SimTime(period.0 - into.0), used: 0 }
    }

    /// From now on another limit holds; what is used stays used.
    pub fn set_limit(&mut self, limit: u64) {
        self.limit = limit;
    }

    #[inline]
    fn roll(&mut self, now: SimTime) {
        if now >= self.ends {
            let into = (now.0 + self.into.0) % self.period.0;
            self.ends = SimTime(now.0 - into + self.period.0);
            self.used = 0;
        }
    }

    /// How much is missing for `need` to fit; zero when it fits.
    #[inline]
    pub fn shortfall(&mut self, now: SimTime, need: u64) -> u64 {
        self.roll(now);
        (self.used + need).saturating_sub(self.limit)
    }

    /// Counts an admission.
    #[inline]
    pub fn debit(&mut self, need: u64) {
        self.used += need;
    }

    /// Replaces a reservation by its charge.
    #[inline]
    pub fn settle(&mut self, now: SimTime, admitted_at: SimTime, reserved: u64, charge: u64) {
        self.roll(now);
        let still_open = admitted_at.0 + self.period.0 >= self.ends.0;
        self.used =
            if still_open { self.used - reserved + charge } else { self.used + charge.saturating_sub(reserved) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Micros = Micros::MINUTE;

    #[test]
    fn a_minute_of_the_clock_begins_where_utc_says() {
        let mut window = ClockWindow::new(100, MINUTE, Micros(50_000_000));
        window.debit(100);
        assert_eq!(window.shortfall(SimTime(9_999_999), 1), 1);
        assert_eq!(window.shortfall(SimTime(10_000_000), 100), 0);
    }

    #[test]
    fn settling_in_the_same_minute_replaces_and_later_only_debt_counts() {
        let mut window = ClockWindow::new(100, MINUTE, Micros(0));
        window.debit(80);
        window.settle(SimTime(1), SimTime(0), 80, 30);
        assert_eq!(window.shortfall(SimTime(2), 70), 0);
        window.debit(70);
        // The reservation of 70 settles for 60 in the next minute: nothing. For 90: a debt of 20.
        let mut owing = window.clone();
        window.settle(SimTime(60_000_000), SimTime(2), 70, 60);
        assert_eq!(window.shortfall(SimTime(60_000_000), 100), 0);
        owing.settle(SimTime(60_000_000), SimTime(2), 70, 90);
        assert_eq!(owing.shortfall(SimTime(60_000_000), 100), 20);
    }
}
