//! How many instances the traffic of a run takes, as an exact fraction.

use crate::ledger::usage::usage_by;
use crate::plan::{Elsewhere, Plan, SelfHosted};
use crate::scenario::SizedFor;
use crate::sim::Run;
use crate::units::Micros;

/// `above / below` instances; `below` is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Tokens per minute, over the share of it that is planned to be used.
    pub above: u128,
    /// Tokens per minute of one instance, times that share.
    pub below: u128,
}

impl Demand {
    /// Whole instances: one at least.
    #[must_use]
    pub fn instances(self) -> u64 {
        u64::try_from(self.above.div_ceil(self.below)).unwrap_or(u64::MAX).max(1)
    }

    fn is_above(self, other: Self) -> bool {
        self.above * other.below > other.above * self.below
    }
}

/// What the busiest minute takes, or the mean one. An instance takes input and output at once: the scarcer decides.
#[must_use]
pub fn demand(plan: &Plan, run: &Run, place: &Elsewhere, held: &SelfHosted) -> Demand {
    let minutes = minutes(plan, run, place);
    let (share, whole) = (u128::from(held.utilisation.numerator()), u128::from(held.utilisation.denominator()));
    let of = |[input, output]: [u128; 2], minutes: u128| {
        let side = |tokens: u128, tpm: u64| Demand { above: tokens * whole, below: u128::from(tpm) * share * minutes };
        let (input, output) = (side(input, held.input_tpm), side(output, held.output_tpm));
        if output.is_above(input) { output } else { input }
    };
    match held.size_for {
        SizedFor::Peak => {
            let none = of([0, 0], 1);
            minutes.into_iter().fold(none, |peak, minute| {
                let this = of(minute, 1);
                if this.is_above(peak) { this } else { peak }
            })
        }
        SizedFor::Mean => {
            let sum = minutes.iter().fold([0, 0], |sum, minute| [sum[0] + minute[0], sum[1] + minute[1]]);
            of(sum, u128::from(run.span().0.div_ceil(Micros::MINUTE.0).max(1)))
        }
    }
}

/// Input and output tokens of each minute, all applications and lanes together; input cached or not.
fn minutes(plan: &Plan, run: &Run, place: &Elsewhere) -> Vec<[u128; 2]> {
    let mut all: Vec<[u128; 2]> = Vec::new();
    for &app in &place.apps {
        for lane in 0..plan.apps[app].lanes.len() {
            let minutes = usage_by(run.apps[app].lane(lane), plan.start, 1);
            all.resize(all.len().max(minutes.len()), [0, 0]);
            for (sum, minute) in all.iter_mut().zip(&minutes) {
                sum[0] += u128::from(minute.usage.total_input());
                sum[1] += u128::from(minute.usage.output);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_instance_is_whole_and_there_is_one_at_least() {
        let instances = [(0, 5), (1, 5), (5, 5), (6, 5)].map(|(above, below)| Demand { above, below }.instances());
        assert_eq!(instances, [1, 1, 1, 2]);
    }
}
