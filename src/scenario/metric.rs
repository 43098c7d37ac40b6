//! What a budget can limit, by name.

use std::fmt;

/// A number of a run that a budget can limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// What is measured.
    pub measure: Measure,
    /// Which quantile over the replications; none: the run of the scenario's own seed.
    pub over_replications: Option<Quantile>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The cost of the horizon: `cost.total`.
    CostTotal,
    /// The cost of the horizon scaled to a 730-hour month: `cost.month`.
    CostMonth,
    /// The cost of the dearest day: `cost.day_max`.
    CostDayMax,
    /// The share of calls that were refused at least once: `throttled.requests`.
    ThrottledRequests,
    /// The share of attempts that were refused: `throttled.attempts`.
    ThrottledAttempts,
    /// The share of calls whose every attempt was refused: `gave_up`.
    GaveUp,
    /// The share of served calls that `max_tokens` cut short: `truncated`.
    Truncated,
    /// A percentile of a time: `latency.ttft.p95`.
    Latency(Interval, Percentile),
}

/// Which time of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// From the call to its first token, waits between attempts included: `ttft`.
    Ttft,
    /// From the call to its last token: `e2e`.
    EndToEnd,
    /// From the call to its admitted attempt: `wait`.
    Wait,
}

/// Which percentile of the calls of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percentile {
    /// The median: `p50`.
    P50,
    /// Nine calls in ten are not above it: `p90`.
    P90,
    /// 19 calls in 20 are not above it: `p95`.
    P95,
    /// 99 calls in 100 are not above it: `p99`.
    P99,
    /// The largest: `max`.
    Max,
}

/// Which quantile over replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantile {
    /// Half of the replications are below it.
    P50,
    /// Nine in ten replications are below it.
    P90,
}

/// The kind of a quantity: what a metric can be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// US dollars.
    Money,
    /// A share of one.
    Share,
    /// A length of time.
    Time,
}

const SINGLE: [(&str, Measure); 7] = [
    ("cost.total", Measure::CostTotal),
    ("cost.month", Measure::CostMonth),
    ("cost.day_max", Measure::CostDayMax),
    ("throttled.requests", Measure::ThrottledRequests),
    ("throttled.attempts", Measure::ThrottledAttempts),
    ("gave_up", Measure::GaveUp),
    ("truncated", Measure::Truncated),
];
const INTERVALS: [(&str, Interval); 3] =
    [("ttft", Interval::Ttft), ("e2e", Interval::EndToEnd), ("wait", Interval::Wait)];
const PERCENTILES: [(&str, Percentile); 5] = [
    ("p50", Percentile::P50),
    ("p90", Percentile::P90),
    ("p95", Percentile::P95),
    ("p99", Percentile::P99),
    ("max", Percentile::Max),
];
const QUANTILES: [(&str, Quantile); 2] = [("p50", Quantile::P50), ("p90", Quantile::P90)];

impl Metric {
    /// Every metric under its name.
    #[must_use]
    pub fn all() -> Vec<(String, Self)> {
        let mut all = Vec::new();
        for (name, measure) in SINGLE {
            all.push((name.to_owned(), Self { measure, over_replications: None }));
            for (suffix, quantile) in QUANTILES.iter().filter(|_| measure.has_quantiles()) {
                all.push((format!("{name}.{suffix}"), Self { measure, over_replications: Some(*quantile) }));
            }
        }
        for (name, interval) in INTERVALS {
            for (suffix, percentile) in PERCENTILES {
                let measure = Measure::Latency(interval, percentile);
                all.push((format!("latency.{name}.{suffix}"), Self { measure, over_replications: None }));
            }
        }
        all
    }
}

impl Measure {
    /// Cost and throttling are also known as quantiles over replications.
    fn has_quantiles(self) -> bool {
        !matches!(self, Self::Truncated | Self::Latency(..))
    }

    /// What it can be compared with.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        match self {
            Self::CostTotal | Self::CostMonth | Self::CostDayMax => Dimension::Money,
            Self::ThrottledRequests | Self::ThrottledAttempts | Self::GaveUp | Self::Truncated => Dimension::Share,
            Self::Latency(..) => Dimension::Time,
        }
    }
}

/// The name under which it is written.
impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Self::all().iter().filter(|(_, metric)| metric == self).try_for_each(|(name, _)| f.write_str(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_one_name_and_shows_it() {
        let all = Metric::all();
        assert_eq!(all.len(), 6 * 3 + 1 + 3 * 5);
        for (name, metric) in all {
            assert_eq!(metric.to_string(), name);
        }
    }
}
