//! Traffic, in the units that sampling works in.

use super::Binding;
use super::trace::recorded;
use super::work::thought;
use crate::plan::{Closed, Synthetic, Traffic};
use crate::rng::Distribution;
use crate::scenario::{self, CallTokens, Length};
use crate::units::Tokens;

impl Binding<'_> {
    pub(super) fn traffic(&self, app: &str, written: &scenario::Traffic) -> Traffic {
        match written {
            scenario::Traffic::Synthetic(synthetic) => Traffic::Synthetic(Box::new(self.synthetic(synthetic))),
            scenario::Traffic::Users(users) => Traffic::Closed(closed(users)),
            scenario::Traffic::Trace(trace) => Traffic::Trace(recorded(app, trace)),
        }
    }

    fn synthetic(&self, written: &scenario::Synthetic) -> Synthetic {
        Synthetic {
            rate: written.rate,
            shape: *written.shape.weights,
            timezone: self.scenario.timezone.0.clone(),
            monthly_growth: written.growth.map(|growth| growth.monthly_factor()),
            dispersion_thousandths: written.burstiness.thousandths(),
            input: distribution(written.input.0),
            output: distribution(written.output),
        }
    }
}

/// A number of tokens, or of other whole things.
pub(super) fn distribution(length: Length) -> Distribution {
    let whole = |tokens: CallTokens| tokens.get() as u32;
    let max = length.max.map_or(Tokens::MAX_PER_CALL.0 as u32 - 1, whole);
    match length.distribution {
        scenario::Distribution::Constant(value) => Distribution::Constant(value),
        scenario::Distribution::MedianP95(median, p95) => {
            Distribution::LogNormal { median: whole(median), p95: whole(p95), max }
        }
        scenario::Distribution::MeanP95(mean, p95) => {
            Distribution::LogNormalMean { mean: whole(mean), p95: whole(p95), max }
        }
        scenario::Distribution::Mean(mean) => Distribution::Exponential { mean: whole(mean), max },
    }
}

fn closed(written: &scenario::Users) -> Closed {
    Closed {
        users: written.users.get() as u32,
        think_ms: thought(written.think),
        ramp: written.ramp,
        input: distribution(written.input.0),
        output: distribution(written.output),
    }
}
