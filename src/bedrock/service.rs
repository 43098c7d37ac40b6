//! Service time: time to first token, then output tokens at a rate.
//!
//! End to end = time to first token + output / rate; the two are never confused.

use crate::rng::{Distribution, Sampler, Stream};
use crate::units::Micros;

/// How fast a model answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Service {
    /// Microseconds to the first token.
    pub ttft_us: Distribution,
    /// Output tokens per second, in thousandths.
    pub output_per_second_thousandths: Distribution,
}

/// The service of one application, ready to be drawn from.
#[derive(Debug, Clone)]
pub struct ServiceTime {
    ttft_us: Sampler,
    rate: Sampler,
    stream: Stream,
}

/// How long one call takes once it is admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// To the first token.
    pub ttft: Micros,
    /// To the last token.
    pub total: Micros,
}

/// Lanes of an attempt's draws.
const TTFT: u64 = 0;
const RATE: u64 = 1;

impl ServiceTime {
    /// A service with its stream of draws.
    #[must_use]
    pub fn new(service: &Service, stream: Stream) -> Self {
        Self { ttft_us: service.ttft_us.sampler(), rate: service.output_per_second_thousandths.sampler(), stream }
    }

    /// The latency of a request's attempt that writes `output` tokens:
    /// `ttft + ceil(output x 1e6 / rate)` microseconds.
    #[inline]
    #[must_use]
    pub fn latency(&self, request: u64, attempt: u32, output: u32) -> Latency {
        let lane = u64::from(attempt) * 2;
        let ttft = u64::from(self.ttft_us.sample_with(|| self.stream.draw(request, lane + TTFT)));
        let rate = u64::from(self.rate.sample_with(|| self.stream.draw(request, lane + RATE)));
        let generation = (u64::from(output) * 1_000_000_000).div_ceil(rate.max(1));
        Latency { ttft: Micros(ttft), total: Micros(ttft + generation) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_service_takes_ttft_and_the_output_rounded_up() {
        let service = |rate| {
            let service = Service {
                ttft_us: Distribution::Constant(500_000),
                output_per_second_thousandths: Distribution::Constant(rate),
            };
            ServiceTime::new(&service, Stream::with_key(1, 8))
        };
        assert_eq!(service(50_000).latency(0, 1, 5).total, Micros(500_000 + 100_000));
        assert_eq!(service(30_000).latency(0, 1, 1).total, Micros(500_000 + 33_334));
        assert_eq!(service(50_000).latency(0, 1, 0), Latency { ttft: Micros(500_000), total: Micros(500_000) });
    }
}
