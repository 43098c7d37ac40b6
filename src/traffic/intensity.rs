//! How the arrival rate moves: by hour of the week in a time zone, and with growth.
//!
//! Between two changes the rate is constant, so that a renewal process of mean one is mapped onto
//! time exactly, in integers.

use crate::plan::Synthetic;
use crate::units::Micros;
use jiff::Timestamp;

/// A stretch of constant rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its end in units of 2^-16 microseconds since the start.
    pub(super) end_q16: u64,
    /// The mean gap between arrivals in units of 2^-16 microseconds; `None` when none arrive.
    pub(super) mean_gap_q16: Option<u64>,
}

/// The stretches of one application's traffic, one after the other, without end.
#[derive(Debug, Clone)]
pub(super) struct Intensity {
    traffic: Synthetic,
    start: Timestamp,
    /// The start of the next stretch.
    from: Micros,
    /// The sum of the 168 weights of a week.
    week: u64,
}

impl Intensity {
    pub(super) fn new(traffic: &Synthetic, start: Timestamp) -> Self {
        let mut traffic = traffic.clone();
        // Only proportions count: small weights keep every product inside 128 bits.
        while traffic.shape.iter().flatten().any(|weight| *weight > 1 << 32) {
            traffic.shape.iter_mut().flatten().for_each(|weight| *weight >>= 1);
        }
        let week = traffic.shape.iter().flatten().sum();
        Self { traffic, start, from: Micros(0), week }
    }

    /// The next stretch.
    pub(super) fn advance(&mut self) -> Stretch {
        let (weight, length) = self.hour();
        let mean_gap_q16 = self.mean_gap_q16(weight);
        self.from = self.from + length;
        Stretch { end_q16: self.from.0.saturating_mul(1 << 16), mean_gap_q16 }
    }

    /// The weight of the local hour that begins or goes on at `from`, and how long it goes on.
    fn hour(&self) -> (u64, Micros) {
        let first = self.traffic.shape[0][0];
        if self.traffic.monthly_growth.is_none() && self.traffic.shape.iter().flatten().all(|w| *w == first) {
            return (first, Micros(u64::MAX >> 20));
        }
        let elapsed = jiff::SignedDuration::from_micros(self.from.0 as i64);
        let local = (self.start + elapsed).to_zoned(self.traffic.timezone.clone());
        let day = local.weekday().to_monday_zero_offset() as usize;
        let weight = self.traffic.shape[day][local.hour() as usize];
        let into = (i64::from(local.minute()) * 60 + i64::from(local.second())) * 1_000_000
            + i64::from(local.subsec_nanosecond()) / 1_000;
        (weight, Micros(Micros::HOUR.0 - into as u64))
    }

    /// `1 / rate`, where the rate over a whole week is the scenario's.
    fn mean_gap_q16(&self, weight: u64) -> Option<u64> {
        let rate = self.traffic.rate.per_microsecond();
        let above = (u128::from(rate.denominator()) << 16) * u128::from(self.week);
        let below = u128::from(rate.numerator()) * u128::from(weight) * 168;
        let gap = above.checked_div(below)?;
        let grown = match self.traffic.monthly_growth {
            Some(factor) => (gap << 32) / self.growth_q32(factor),
            None => gap,
        };
        Some(u64::try_from(grown).unwrap_or(u64::MAX).max(1))
    }

    /// Growth since the start, compounded over months of 730 hours, in units of 2^-32.
    fn growth_q32(&self, monthly_factor: f64) -> u128 {
        let months = self.from.0 as f64 / Micros::MONTH.0 as f64;
        (libm::round(libm::pow(monthly_factor, months) * 4_294_967_296.0) as u128).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Distribution;
    use crate::units::Rate;

    fn traffic(shape: [[u64; 24]; 7], zone: &str) -> Synthetic {
        Synthetic {
            rate: Rate::parse("1/s").unwrap(),
            shape,
            timezone: jiff::tz::TimeZone::get(zone).unwrap(),
            monthly_growth: None,
            dispersion_thousandths: 1_000,
            input: Distribution::Constant(1),
            output: Distribution::Constant(1),
        }
    }

    #[test]
    fn a_flat_shape_is_one_stretch_at_the_given_rate() {
        let mut intensity = Intensity::new(&traffic([[3; 24]; 7], "UTC"), Timestamp::UNIX_EPOCH);
        assert_eq!(intensity.advance().mean_gap_q16, Some(1_000_000 << 16));
    }

    #[test]
    fn hours_are_local_and_quiet_hours_have_no_arrivals() {
        let mut shape = [[0; 24]; 7];
        shape[0][9] = 1_000;
        // Monday 2026-11-30, 13:30 UTC is 08:30 in New York.
        let start: Timestamp = "2026-11-30T13:30:00Z".parse().unwrap();
        let mut intensity = Intensity::new(&traffic(shape, "America/New_York"), start);
        let quiet = intensity.advance();
        assert_eq!((quiet.mean_gap_q16, quiet.end_q16), (None, (Micros::HOUR.0 / 2) << 16));
        let busy = intensity.advance();
        // All of the week's traffic in one hour: 168 times the mean rate.
        assert_eq!(busy.mean_gap_q16, Some((1_000_000 << 16) / 168));
    }

    #[test]
    fn a_day_that_loses_an_hour_has_twenty_three_stretches() {
        let start: Timestamp = "2026-03-08T05:00:00Z".parse().unwrap();
        let mut shape = [[1; 24]; 7];
        shape[0][0] = 2;
        let mut intensity = Intensity::new(&traffic(shape, "America/New_York"), start);
        let stretches = (0..23).map(|_| intensity.advance()).collect::<Vec<_>>();
        assert_eq!(stretches[22].end_q16, (23 * Micros::HOUR.0) << 16);
        assert_eq!(intensity.advance().mean_gap_q16, Some(stretches[0].mean_gap_q16.unwrap() / 2));
    }

    #[test]
    fn growth_compounds_by_the_month() {
        let mut growing = traffic([[1; 24]; 7], "UTC");
        growing.monthly_growth = Some(2.0);
        let mut intensity = Intensity::new(&growing, Timestamp::UNIX_EPOCH);
        let gaps: Vec<u64> = (0..=730).map(|_| intensity.advance().mean_gap_q16.unwrap()).collect();
        assert_eq!(gaps[0], 1_000_000 << 16);
        assert_eq!(gaps[730], 500_000 << 16);
    }
}
