//! Calls that add up to what was counted.

use super::cut::{below, cut};
use super::metric::Metric;
use crate::bedrock::usage::Usage;
use crate::intake::{Context, Options, complete};
use crate::rng::Stream;
use crate::trace::{ImportError, Row};
use crate::units::Tokens;
use std::sync::Arc;

/// More calls in one period than this are no traffic of one model: a thousand a second for an hour.
pub(super) const MOST_CALLS: u64 = 1 << 22;

/// What was counted of one model in one period.
pub(super) struct Counted {
    pub(super) model: Option<Arc<str>>,
    pub(super) at_s: i64,
    pub(super) period_s: u64,
    pub(super) calls: u64,
    pub(super) input: u64,
    pub(super) output: u64,
    pub(super) cache_read: u64,
    pub(super) cache_write: u64,
}

impl Counted {
    /// The metrics that calls are made of.
    pub(super) const METRICS: [Metric; 5] =
        [Metric::Invocations, Metric::Input, Metric::Output, Metric::CacheRead, Metric::CacheWrite];

    /// Why no calls can be made of it.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        let input = self.input + self.cache_read + self.cache_write;
        match (self.calls, input, self.output) {
            (0, 0, 0) => Some("period without calls and tokens"),
            (0, ..) => Some("period with tokens and without invocations"),
            (_, 0, _) => Some("period with invocations and without input tokens"),
            _ => None,
        }
    }

    /// Gives the calls to the sink.
    pub(super) fn calls(&self, context: &mut Context<'_>) -> Result<(), ImportError> {
        let options = context.options;
        let parts = |metric, total| cut(total, self.calls as usize, self.stream(metric, options));
        let [input, output] = [parts("input", self.input), parts("output", self.output)];
        let [read, write] = [parts("cache read", self.cache_read), parts("cache write", self.cache_write)];
        let places = self.stream("places", options);
        let mut row = Row::default();
        for call in 0..self.calls as usize {
            row.at_us =
                self.at_s * 1_000_000 + below(places.draw(call as u64, 0), self.period_s * 1_000_000).cast_signed();
            row.usage = Usage {
                uncached_input: input[call],
                cache_read: read[call],
                cache_write_5m: write[call],
                output: output[call],
                ..Usage::default()
            };
            (row.model, row.max_tokens) = (self.model.clone(), None);
            complete(&mut row, context);
            context.keep(&row)?;
        }
        Ok(())
    }

    /// Calls of one period follow from the seed, its model and its beginning alone.
    fn stream(&self, of: &str, options: &Options) -> Stream {
        let model = self.model.as_deref().unwrap_or_default();
        Stream::new(options.seed, &format!("{of} of {model} at {}", self.at_s))
    }

    /// Whether any cut could make a call that is longer than calls can be.
    pub(super) fn is_too_much(&self) -> bool {
        let totals = [self.input + self.cache_read + self.cache_write, self.output];
        self.calls > MOST_CALLS
            || totals
                .iter()
                .any(|total| *total >= Tokens::MAX_PER_CALL.0 && self.calls < total / (Tokens::MAX_PER_CALL.0 >> 8))
    }
}
