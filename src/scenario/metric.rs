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
    /// The part of the cost that retries are, and answers that nobody waited for: `cost.retries`.
    CostRetries,
    /// What an answered task costs: `cost.task.p99`.
    CostTask(Of),
    /// The share of tasks that were given up, dead letters included: `tasks.failed`.
    TasksFailed,
    /// The share of tasks that found the line full, or waited in it for too long: `tasks.shed`.
    TasksShed,
    /// The share of calls that were refused at least once: `throttled.requests`.
    ThrottledRequests,
    /// The share of attempts that were refused: `throttled.attempts`.
    ThrottledAttempts,
    /// The share of calls whose every attempt was refused: `gave_up`.
    GaveUp,
    /// The share of served calls that `max_tokens` cut short: `truncated`.
    Truncated,
    /// How long before the start the oldest price was compared with its source: `prices.age`.
    PricesAge,
    /// A percentile of a time: `latency.ttft.p95`.
    Latency(Interval, Percentile),
}

/// Which number of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The mean: `mean`.
    Mean,
    /// A percentile: `p50`.
    Percentile(Percentile),
}

/// Which time of a call, or of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// From the call to its first token, waits between attempts included: `ttft`.
    Ttft,
    /// From the call to its last token: `e2e`.
    EndToEnd,
    /// From the call to its admitted attempt: `wait`.
    Wait,
    /// From the task to its answer: `task`.
    Task,
    /// From the task to its start: `queue`.
    Queue,
}

/// Which percentile of the calls or tasks of a run.
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

impl Percentile {
    /// In thousandths.
    #[must_use]
    pub fn per_thousand(self) -> u64 {
        match self {
            Self::P50 => 500,
            Self::P90 => 900,
            Self::P95 => 950,
            Self::P99 => 990,
            Self::Max => 1_000,
        }
    }
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

const SINGLE: [(&str, Measure); 11] = [
    ("cost.total", Measure::CostTotal),
    ("cost.month", Measure::CostMonth),
    ("cost.day_max", Measure::CostDayMax),
    ("cost.retries", Measure::CostRetries),
    ("tasks.failed", Measure::TasksFailed),
    ("tasks.shed", Measure::TasksShed),
    ("throttled.requests", Measure::ThrottledRequests),
    ("throttled.attempts", Measure::ThrottledAttempts),
    ("gave_up", Measure::GaveUp),
    ("truncated", Measure::Truncated),
    ("prices.age", Measure::PricesAge),
];
const INTERVALS: [(&str, Interval); 5] = [
    ("ttft", Interval::Ttft),
    ("e2e", Interval::EndToEnd),
    ("wait", Interval::Wait),
    ("task", Interval::Task),
    ("queue", Interval::Queue),
];
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
        let percentiles = PERCENTILES.map(|(suffix, percentile)| (suffix, Of::Percentile(percentile)));
        for (suffix, of) in [("mean", Of::Mean)].into_iter().chain(percentiles) {
            all.push((format!("cost.task.{suffix}"), Self { measure: Measure::CostTask(of), over_replications: None }));
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
    /// Cost, throttling and what became of tasks are also known as quantiles over replications.
    fn has_quantiles(self) -> bool {
        !matches!(self, Self::Truncated | Self::Latency(..) | Self::CostTask(_) | Self::PricesAge)
    }

    /// What it can be compared with.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        match self {
            Self::CostTotal | Self::CostMonth | Self::CostDayMax | Self::CostRetries | Self::CostTask(_) => {
                Dimension::Money
            }
            Self::ThrottledRequests | Self::ThrottledAttempts | Self::GaveUp | Self::Truncated => Dimension::Share,
            Self::TasksFailed | Self::TasksShed => Dimension::Share,
            Self::Latency(..) | Self::PricesAge => Dimension::Time,
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
        assert_eq!(all.len(), 9 * 3 + 2 + 6 + 5 * 5);
        for (name, metric) in all {
            assert_eq!(metric.to_string(), name);
        }
    }
}
