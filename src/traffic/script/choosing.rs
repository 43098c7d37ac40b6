//! Which of the targets a task is sent to.

use super::drawn::Source;
use crate::plan::Choice;
use crate::rng::{Chance, Stream};
use crate::units::Ratio;

#[derive(Debug, Clone)]
pub(super) enum Choosing {
    First,
    Split(Vec<Ratio>, Stream),
    Cascade(Vec<Chance>),
}

impl Choosing {
    pub(super) fn new(choice: &Choice, source: Source) -> Self {
        match choice {
            Choice::First => Self::First,
            Choice::Split(shares) => Self::Split(shares.clone(), source.stream("choice")),
            Choice::Cascade(probabilities) => {
                let chances = probabilities.iter().zip(1..);
                Self::Cascade(chances.map(|(share, to)| source.chance(&format!("escalation/{to}"), *share)).collect())
            }
        }
    }

    /// The target that is asked first, the same for a whole conversation.
    pub(super) fn first(&self, conversation: u64) -> usize {
        let Self::Split(shares, stream) = self else { return 0 };
        let draw = stream.draw(conversation, 0);
        let mut below = 0_u128;
        for (target, share) in shares.iter().enumerate() {
            below += (u128::from(share.numerator()) << 64) / u128::from(share.denominator());
            if u128::from(draw) < below {
                return target;
            }
        }
        // Shares that are rounded down sum to a little less than one.
        shares.len().saturating_sub(1)
    }

    /// A target's answer is not good enough: the next one is asked as well.
    pub(super) fn escalates(&self, target: usize, task: u64) -> bool {
        let Self::Cascade(chances) = self else { return false };
        chances.get(target).is_some_and(|chance| chance.happens(task, 0))
    }
}
