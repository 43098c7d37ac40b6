//! Draws that are addressed by the task and the step that they are for.

use crate::plan::App;
use crate::rng::{Chance, Distribution, LANES, Sampler, Stream};
use crate::units::{Micros, Ratio};

/// Where the draws of one application come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    app: &'a App,
    seed: u64,
}

impl<'a> Source<'a> {
    pub(super) fn new(app: &'a App, seed: u64) -> Self {
        Self { app, seed }
    }

    pub(super) fn stream(self, purpose: &str) -> Stream {
        Stream::new(self.seed, &format!("apps/{}/{purpose}", self.app.name))
    }

    pub(super) fn drawn(self, purpose: &str, distribution: &Distribution) -> Drawn {
        Drawn { sampler: distribution.sampler(), stream: self.stream(purpose) }
    }

    pub(super) fn chance(self, purpose: &str, probability: Ratio) -> Chance {
        Chance::new(probability, self.stream(purpose))
    }
}

/// A quantity that is drawn for one purpose.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    sampler: Sampler,
    stream: Stream,
}

impl Drawn {
    pub(super) fn at(&self, address: u64) -> u32 {
        self.nth(address, 0)
    }

    /// One of several of an address. Beyond what a stream gives an address they repeat.
    pub(super) fn nth(&self, address: u64, number: u32) -> u32 {
        self.sampler.sample_with(|| self.stream.draw(address, u64::from(number) % LANES))
    }

    /// A length of time that is drawn in milliseconds.
    pub(super) fn time_at(&self, address: u64) -> Micros {
        Micros(u64::from(self.at(address)) * 1_000)
    }
}
