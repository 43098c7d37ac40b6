//! Counts that are drawn and need a bound.

use super::{CallTokens, Distribution, Length};
use crate::document::{Located, Problem};

/// Something that has a number of parts: `an agent` has `steps`.
pub(super) struct Counted {
    pub(super) whole: &'static str,
    pub(super) parts: &'static str,
    /// The most that a run can number.
    pub(super) most: u64,
}

impl Counted {
    /// The count is at least one and at most the most, and the file says so.
    pub(super) fn check(&self, count: &Located<Length>) -> Result<(), Problem> {
        let Self { whole, parts, most } = self;
        let refused = |message: String, help: String| Err(Problem::new(count.place.clone(), message).help(help));
        let largest = match count.value.distribution {
            Distribution::Constant(constant) => Some(u64::from(constant)),
            _ => count.value.max.map(CallTokens::get),
        };
        match largest {
            None => refused(format!("{whole} without a bound on {parts}"), format!("add `max`, {most} or less")),
            Some(0) => refused(format!("{whole} without {parts}"), format!("write a number from 1 to {most}")),
            Some(largest) if largest > *most => {
                refused(format!("{whole} with up to {largest} {parts}"), format!("write {most} or less"))
            }
            Some(_) => Ok(()),
        }
    }
}
