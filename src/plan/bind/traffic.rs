//! Traffic, in the units that sampling works in.

use super::Binding;
use super::work::thought;
use crate::document::Located;
use crate::plan::{Closed, Synthetic, Trace, Traffic};
use crate::rng::Distribution;
use crate::scenario::{self, CallTokens, Length};
use crate::trace::{BlockTokens, Columns, TimeFormat};
use crate::units::Tokens;

impl Binding<'_> {
    pub(super) fn traffic(&self, written: &scenario::Traffic) -> Traffic {
        match written {
            scenario::Traffic::Synthetic(synthetic) => Traffic::Synthetic(Box::new(self.synthetic(synthetic))),
            scenario::Traffic::Users(users) => Traffic::Closed(closed(users)),
            scenario::Traffic::Trace(trace) => Traffic::Trace(self::trace(trace)),
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

fn trace(written: &scenario::Trace) -> Trace {
    let name = |column: &Option<Located<String>>| column.as_ref().map(|column| column.value.clone());
    let columns = Columns {
        time: written.time.column.value.clone(),
        time_format: match written.time.format {
            scenario::TimeFormat::WallClock => TimeFormat::WallClock,
            scenario::TimeFormat::Seconds => TimeFormat::Seconds,
            scenario::TimeFormat::Milliseconds => TimeFormat::Milliseconds,
        },
        input: written.input.value.clone(),
        output: written.output.value.clone(),
        max_tokens: name(&written.max_tokens),
        app: name(&written.app),
        session: name(&written.session),
        blocks: written.blocks.as_ref().map(|blocks| blocks.column.value.clone()),
        block_tokens: BlockTokens::Fixed(written.blocks.as_ref().map_or(0, |blocks| blocks.tokens.get() as u32)),
        ..Columns::default()
    };
    Trace { file: written.file.value.clone(), columns, checkpoint: None, sort: written.sort }
}
