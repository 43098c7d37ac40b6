//! How much a plan asks of the engine: what is beyond its counters is refused, never wrapped around.

use super::Binding;
use crate::document::Located;
use crate::plan::{App, Synthetic, Traffic};
use crate::rng::Distribution;
use crate::units::Micros;

/// Calls of one run: at ten million a second, three hours of waiting.
const MOST_CALLS: f64 = 1e11;
/// Attempts of one minute: half of what a row of the record counts, for bursts.
const MOST_ATTEMPTS_A_MINUTE: f64 = 2e9;
/// Tokens of one run, as a quota counts them: half of 64 bits.
const MOST_TOKENS: f64 = 9e18;
/// The most that a price book counts an output token for.
const LARGEST_BURNDOWN: f64 = 100.0;

/// What the applications so far ask for together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    calls: f64,
    attempts_a_minute: f64,
    tokens: f64,
}

impl Binding<'_> {
    /// Adds an application; reports it when it takes the sum beyond what can be counted.
    pub(super) fn extend(&mut self, name: &Located<String>, app: &App) {
        let (Traffic::Synthetic(traffic), Some(horizon)) = (&app.traffic, self.scenario.horizon) else { return };
        let own = Extent::of(app, traffic, horizon.0);
        let sum = &mut self.extent;
        sum.calls += own.calls;
        sum.attempts_a_minute += own.attempts_a_minute;
        sum.tokens += own.tokens;
        let (what, help) = if sum.calls > MOST_CALLS {
            ("more than 100 billion calls", "lower `rate` or `growth`, or shorten `horizon`")
        } else if sum.attempts_a_minute > MOST_ATTEMPTS_A_MINUTE {
            ("more than two billion attempts in a minute", "lower `rate`, `growth` or `client.attempts`")
        } else if sum.tokens > MOST_TOKENS {
            ("more than nine quintillion tokens", "lower `rate`, `input` or `max_tokens`, or shorten `horizon`")
        } else {
            return;
        };
        let message =
            format!("up to the app `{}`, this scenario asks for {what}: a run cannot count so many", app.name);
        self.problems.with_help(&name.place, message, help);
        // The other applications are not to blame.
        self.extent = Extent::default();
    }
}

impl Extent {
    fn of(app: &App, traffic: &Synthetic, horizon: Micros) -> Self {
        let rate = traffic.rate.per_microsecond().to_f64();
        let (mean_growth, last_growth) = growth(traffic.monthly_growth, horizon);
        let minute = Micros::MINUTE.min(horizon).0 as f64;
        let calls = rate * horizon.0 as f64 * mean_growth;
        // Every target may be asked for one task, each for as many tokens as the one that may write most.
        let targets = app.targets().count() as f64;
        let max_tokens = app.targets().map(|target| target.max_tokens).max().unwrap_or(0);
        let calls = calls * targets;
        let output = f64::from(likely_most(&traffic.output).min(max_tokens)) * LARGEST_BURNDOWN;
        let prompt = app.prompt.as_ref().map_or(0.0, |prompt| prompt.tokens().into());
        let found = app.work.as_ref().and_then(|work| work.retrieval.as_ref()).map_or(0.0, |retrieval| {
            f64::from(likely_most(&retrieval.chunks)) * f64::from(likely_most(&retrieval.chunk_tokens))
        });
        let per_call = prompt + found + f64::from(likely_most(&traffic.input)) + f64::from(max_tokens) + output;
        Self {
            calls,
            attempts_a_minute: targets
                * rate
                * minute
                * last_growth.max(1.0)
                * peak(traffic)
                * f64::from(app.backoff.attempts),
            tokens: calls * per_call,
        }
    }
}

/// The busiest hour of a week in multiples of the mean.
fn peak(traffic: &Synthetic) -> f64 {
    let weights = || traffic.shape.iter().flatten().map(|weight| *weight as f64);
    weights().fold(0.0, f64::max) * 168.0 / weights().sum::<f64>()
}

/// Growth of the rate: its mean over the horizon, and at its end.
fn growth(monthly: Option<f64>, horizon: Micros) -> (f64, f64) {
    let months = horizon.0 as f64 / Micros::MONTH.0 as f64;
    let exponent = monthly.map_or(0.0, libm::log) * months;
    let last = libm::exp(exponent);
    (if exponent == 0.0 { 1.0 } else { libm::expm1(exponent) / exponent }, last)
}

/// A value that the mean of many draws stays below. The mean of a log-normal is below its p95 while that
/// is at most 223 medians, exp(2 x 1.645^2).
fn likely_most(distribution: &Distribution) -> u32 {
    match *distribution {
        Distribution::Constant(value) => value,
        Distribution::LogNormal { median, p95, max } if u64::from(p95) <= u64::from(median) * 223 => p95.min(max),
        Distribution::LogNormal { max, .. } => max,
        Distribution::LogNormalMean { mean, max, .. } | Distribution::Exponential { mean, max } => mean.min(max),
    }
}
