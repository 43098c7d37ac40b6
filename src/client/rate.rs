//! How often a client sends, measured, and how often it should, by the CUBIC rule.
//!
//! Instants are seconds of the UTC epoch: half seconds are aligned to them.

use super::LimiterRules;

/// Weight of the last half second in the measured rate.
const SMOOTHING: f64 = 0.8;
/// The share of the rate that is kept after a throttle.
const BETA: f64 = 0.7;
/// How steeply the rate grows back.
const SCALE: f64 = 0.4;

/// Requests a second, smoothed over half seconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RateClock {
    pub(super) measured: f64,
    count: f64,
    half_second: f64,
    decimals: Decimals,
}

/// Rates are kept to eight decimals, or as they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Decimals {
    Eight,
    All,
}

impl Decimals {
    fn cut(self, rate: f64) -> f64 {
        match self {
            Self::All => rate,
            Self::Eight => (rate * 1e8).round() / 1e8,
        }
    }
}

impl RateClock {
    /// Its first half second begins with the whole second of its creation.
    pub(super) fn new(rules: &LimiterRules, now: f64) -> Self {
        let LimiterRules { initial_measured, eight_decimals, .. } = *rules;
        let decimals = if eight_decimals { Decimals::Eight } else { Decimals::All };
        Self { measured: initial_measured, count: 0.0, half_second: now.floor(), decimals }
    }

    /// Counts a response.
    pub(super) fn record(&mut self, now: f64) -> f64 {
        self.count += 1.0;
        let half_second = (now * 2.0).floor() / 2.0;
        if half_second > self.half_second {
            let rate = self.count / (half_second - self.half_second);
            self.measured = self.decimals.cut(rate * SMOOTHING + self.measured * (1.0 - SMOOTHING));
            (self.count, self.half_second) = (0.0, half_second);
        }
        self.measured
    }
}

/// The rate after a throttle falls at once, then rises, levels off near the last peak, and rises again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cubic {
    /// The rate at the last throttle.
    pub(super) w_max: f64,
    /// Seconds from the last throttle until that rate is reached again.
    pub(super) k: f64,
    pub(super) last_throttle: f64,
    decimals: Decimals,
}

impl Cubic {
    pub(super) fn new(rules: &LimiterRules, now: f64) -> Self {
        let decimals = if rules.eight_decimals { Decimals::Eight } else { Decimals::All };
        Self { w_max: 0.0, k: 0.0, last_throttle: now, decimals }
    }

    pub(super) fn throttled(&mut self, rate: f64, now: f64) -> f64 {
        self.w_max = rate;
        self.k = self.decimals.cut(libm::pow(rate * (1.0 - BETA) / SCALE, 1.0 / 3.0));
        self.last_throttle = now;
        self.decimals.cut(rate * BETA)
    }

    pub(super) fn succeeded(&self, now: f64) -> f64 {
        let since = now - self.last_throttle - self.k;
        self.decimals.cut(SCALE * (since * since * since) + self.w_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_moves_when_a_half_second_is_over() {
        let mut clock = RateClock::new(&LimiterRules::BOTOCORE, 10.3);
        assert_eq!([10.31, 10.49].map(|now| clock.record(now)), [0.0, 0.0]);
        // Three requests since 10.0, counted at 10.5.
        assert_eq!(clock.record(10.55), 0.8 * 6.0);
        assert_eq!(clock.record(12.5), 0.8 * (1.0 / 2.0) + (1.0 - 0.8) * 4.8);
    }

    #[test]
    fn the_rate_falls_to_seven_tenths_and_is_back_after_k() {
        let mut cubic = Cubic::new(&LimiterRules::BOTOCORE, 0.0);
        assert_eq!(cubic.throttled(10.0, 100.0), 7.0);
        assert!((cubic.k - 1.957_433_820_584_9).abs() < 1e-6, "{}", cubic.k);
        assert!((cubic.succeeded(100.0 + cubic.k) - 10.0).abs() < 1e-9);
        assert!((cubic.succeeded(100.0) - 7.0).abs() < 1e-9);
        assert!(cubic.succeeded(104.0) > 12.0);
    }
}
