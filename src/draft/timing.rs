//! How long answers took when they were recorded, as the service times of a scenario.

use crate::histogram::Histogram;
use crate::trace::Row;
use crate::units::Micros;

/// Fewer measurements say nothing about one in twenty.
const FEWEST: u64 = 20;
/// What a scenario takes for a time to the first token: up to an hour.
const LONGEST: Micros = Micros::HOUR;
/// What it takes for a speed, in thousandths of tokens a second: from one token a second on. Above a hundred thousand,
/// an answer came in one piece.
const SPEEDS: std::ops::RangeInclusive<u64> = 1_000..=100_000_000;

/// How long answers took when they were recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timing {
    ttft: Histogram,
    /// Tokens after the first one, in thousandths a second.
    speed: Histogram<u64>,
    line: Line,
}

/// Latency over output tokens, of calls that say only when they ended: sums for a line of least squares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Line {
    calls: i128,
    output: i128,
    latency_us: i128,
    output_squared: i128,
    output_by_latency: i128,
}

/// The service times that a recording shows, as a scenario writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Service {
    pub(super) ttft: String,
    pub(super) output_rate: String,
    /// What they come from.
    pub(super) from: String,
}

impl Timing {
    pub(super) fn add(&mut self, row: &Row) {
        let Some(latency_us) = row.latency_us.filter(|latency| *latency < LONGEST.0) else { return };
        let Some(ttft_us) = row.ttft_us.filter(|ttft| *ttft <= latency_us) else {
            return self.line.add(row.usage.output.into(), latency_us.into());
        };
        self.ttft.add(Micros(ttft_us));
        let written = u128::from(row.usage.output.saturating_sub(1)) * 1_000_000_000;
        let speed = written.checked_div(u128::from(latency_us - ttft_us)).and_then(|speed| u64::try_from(speed).ok());
        if let Some(speed) = speed.filter(|speed| SPEEDS.contains(speed)) {
            self.speed.add(speed);
        }
    }

    /// The service times of a scenario; nothing when too little was recorded for any.
    pub(super) fn service(&self) -> Option<Service> {
        if self.ttft.count() < FEWEST || self.speed.count() < FEWEST {
            return self.line.service();
        }
        let ttft = [500, 950].map(|quantile| milliseconds(self.ttft.percentile(quantile).0));
        let speed = [500, 950].map(|quantile| per_second(self.speed.percentile(quantile)));
        Some(Service {
            ttft: format!("{{median: {}, p95: {}}}", ttft[0], ttft[1]),
            output_rate: format!("{{median: {}, p95: {}}}", speed[0], speed[1]),
            from: format!("the first token and the end of {} calls", self.ttft.count()),
        })
    }
}

impl Line {
    fn add(&mut self, output: i128, latency_us: i128) {
        self.calls += 1;
        self.output += output;
        self.latency_us += latency_us;
        self.output_squared += output * output;
        self.output_by_latency += output * latency_us;
    }

    /// The line through latency over output; nothing when it does not rise, or begins below zero.
    fn service(&self) -> Option<Service> {
        let product = |a: i128, b: i128| a.checked_mul(b);
        let spread = product(self.calls, self.output_squared)? - product(self.output, self.output)?;
        let rise = product(self.calls, self.output_by_latency)? - product(self.output, self.latency_us)?;
        if self.calls < FEWEST.into() || spread <= 0 || rise <= 0 {
            return None;
        }
        let begins_us = (self.latency_us - product(rise, self.output)? / spread) / self.calls;
        let ttft_us = u64::try_from(begins_us).ok().filter(|ttft| *ttft > 0)?;
        let speed = u64::try_from(product(spread, 1_000_000_000)? / rise).ok();
        let speed = speed.filter(|speed| SPEEDS.contains(speed))?;
        Some(Service {
            ttft: milliseconds(ttft_us),
            output_rate: per_second(speed),
            from: format!("the line through latency over output tokens of {} calls", self.calls),
        })
    }
}

/// At least one: a time of nothing has no spread.
fn milliseconds(us: u64) -> String {
    format!("{}ms", us.div_ceil(1_000).max(1))
}

fn per_second(thousandths: u64) -> String {
    format!("{}.{}/s", thousandths / 1_000, thousandths % 1_000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::usage::Usage;

    fn timing(calls: impl Iterator<Item = (u64, Option<u64>, u64)>) -> Timing {
        let mut timing = Timing::default();
        for (output, ttft_us, latency_us) in calls {
            let usage = Usage { output, ..Usage::default() };
            timing.add(&Row { usage, ttft_us, latency_us: Some(latency_us), ..Row::default() });
        }
        timing
    }

    #[test]
    fn first_token_and_end_give_both_times() {
        let calls = (0..100).map(|n| (101, Some(400_000 + n * 1_000), 2_400_000 + n * 1_000));
        let service = timing(calls).service().unwrap();
        assert_eq!(service.ttft, "{median: 449ms, p95: 494ms}");
        assert_eq!(service.output_rate, "{median: 50.0/s, p95: 50.0/s}");
    }

    #[test]
    fn latencies_alone_give_a_line() {
        let service = timing((1..=50).map(|output| (output, None, 300_000 + output * 20_000))).service().unwrap();
        assert_eq!((service.ttft.as_str(), service.output_rate.as_str()), ("300ms", "50.0/s"));
    }

    #[test]
    fn too_little_says_nothing() {
        assert_eq!(timing((1..10).map(|n| (n, None, n * 1_000_000))).service(), None);
        assert_eq!(timing((1..100).map(|_| (5, None, 800_000))).service(), None);
        assert_eq!(timing((1..100).map(|n| (n, None, 900_000 - n * 1_000))).service(), None);
        assert_eq!(timing((1..100).map(|n| (n, None, u64::MAX))).service(), None);
    }
}
