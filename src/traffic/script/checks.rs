//! What guardrails do around a task.

use super::address::Address;
use super::drawn::{Drawn, Source};
use crate::plan::{Guardrails, TEXT_UNIT_CHARACTERS};
use crate::rng::Chance;
use crate::units::Micros;

#[derive(Debug, Clone)]
pub(super) struct Checks {
    before: Side,
    after: Side,
    characters_per_token_hundredths: u64,
}

/// The checks on one side of the model.
#[derive(Debug, Clone)]
struct Side {
    meters: Vec<usize>,
    time: Drawn,
    blocked: Chance,
}

impl Checks {
    pub(super) fn new(guardrails: &Guardrails, source: Source) -> Self {
        let side = |name: &str, meters: &[usize], blocked| Side {
            meters: meters.to_vec(),
            time: source.drawn(&format!("guardrails/{name}/check"), &guardrails.check_ms),
            blocked: source.chance(&format!("guardrails/{name}/blocked"), blocked),
        };
        Self {
            before: side("before", &guardrails.before, guardrails.blocked_before),
            after: side("after", &guardrails.after, guardrails.blocked_after),
            characters_per_token_hundredths: guardrails.characters_per_token_hundredths.into(),
        }
    }

    fn side(&self, before: bool) -> &Side {
        if before { &self.before } else { &self.after }
    }

    /// Bills every policy of a side for a text of so many tokens, and tells how long the check takes. A side without
    /// policies checks nothing.
    pub(super) fn check(
        &self,
        before: bool,
        task: Address,
        tokens: u32,
        meter: &mut dyn FnMut(usize, u64),
    ) -> Option<Micros> {
        let side = self.side(before);
        let units = (u64::from(tokens) * self.characters_per_token_hundredths).div_ceil(100 * TEXT_UNIT_CHARACTERS);
        side.meters.iter().for_each(|policy| meter(*policy, units));
        (!side.meters.is_empty()).then(|| side.time.time_at(task.task()))
    }

    /// The text of a side is blocked.
    pub(super) fn blocks(&self, before: bool, task: Address) -> bool {
        self.side(before).blocked.happens(task.task(), 0)
    }
}
