//! Calls drawn from distributions: request `n` is the same whatever else the scenario holds.

use super::intensity::{Intensity, Stretch};
use super::prompts::Prompts;
use super::{Arrival, Call, Fate};
use crate::plan::{App, Synthetic};
use crate::rng::{Gaps, Sampler, Stream, UNIT_GAP_BITS};
use crate::units::{Micros, SimTime};

/// The calls of one application up to the horizon.
#[derive(Debug, Clone)]
pub(super) struct SyntheticCalls {
    app: u32,
    max_tokens: u32,
    horizon: Micros,
    gaps: (Gaps, Stream),
    input: (Sampler, Stream),
    output: (Sampler, Stream),
    intensity: Intensity,
    stretch: Stretch,
    prompts: Prompts,
    clock_q16: u64,
    request: u64,
}

impl SyntheticCalls {
    pub(super) fn new(
        app: &App,
        number: u32,
        traffic: &Synthetic,
        start: jiff::Timestamp,
        horizon: Micros,
        seed: u64,
    ) -> Self {
        let stream = |purpose: &str| Stream::new(seed, &format!("apps/{}/{purpose}", app.name));
        let mut intensity = Intensity::new(traffic, start);
        Self {
            app: number,
            max_tokens: app.max_tokens,
            horizon,
            gaps: (Gaps::new(traffic.dispersion_thousandths), stream("arrivals")),
            input: (traffic.input.sampler(), stream("input")),
            output: (traffic.output.sampler(), stream("output")),
            stretch: intensity.advance(),
            intensity,
            prompts: Prompts::new(&app.name, app.prompt.as_ref().map_or(&[], |prompt| &prompt.0), stream("prompt")),
            clock_q16: 0,
            request: 0,
        }
    }

    /// Moves the clock by a gap of `work` mean gaps, through as many stretches as that takes; false when
    /// the horizon comes first.
    #[inline]
    fn advance(&mut self, mut work: u64) -> bool {
        loop {
            let room = self.stretch.end_q16 - self.clock_q16;
            if let Some(mean) = self.stretch.mean_gap_q16 {
                let step = (u128::from(work) * u128::from(mean)) >> UNIT_GAP_BITS;
                if step < u128::from(room) {
                    self.clock_q16 += step as u64;
                    return self.clock_q16 >> 16 < self.horizon.0;
                }
                let used = (u128::from(room) << UNIT_GAP_BITS) / u128::from(mean);
                work -= (used as u64).min(work);
            }
            self.clock_q16 = self.stretch.end_q16;
            if self.clock_q16 >> 16 >= self.horizon.0 {
                return false;
            }
            self.stretch = self.intensity.advance();
        }
    }
}

impl Iterator for SyntheticCalls {
    type Item = Arrival;

    #[inline]
    fn next(&mut self) -> Option<Arrival> {
        let request = self.request;
        let gap = self.gaps.0.gap(&self.gaps.1, request);
        if !self.advance(gap) {
            return None;
        }
        self.request += 1;
        let input = self.input.0.sample_with(|| self.input.1.draw(request, 0));
        let output = self.output.0.sample_with(|| self.output.1.draw(request, 0));
        let at = SimTime(self.clock_q16 >> 16);
        let input = input + self.prompts.tokens();
        let call = Call { input, max_tokens: self.max_tokens, prefix: self.prompts.prefix(request, at) };
        Some(Arrival { at, app: self.app, request, call, fate: Fate { output } })
    }
}
