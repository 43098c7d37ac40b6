//! The smallest change that lets a refused attempt pass, found by running again with it.

use super::Inquiry;
use super::trial::{Change, Trial, amount_at};
use super::witness::Refused;
use crate::bedrock::quota::Measure;
use crate::units::Tokens;

/// Runs again at most so often while a change grows.
const MOST_STEPS: u32 = 64;
/// From here on each step is twice as large as the run before it asked for.
const PATIENT_STEPS: u32 = 16;

/// Limits that let the attempt pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Limits as indices into `Plan::limits`, each with its new amount; the one that refused comes first.
    pub limits: Vec<(usize, u64)>,
    /// One less than the new amount does not let it pass. Not looked for when several limits have to grow.
    pub smallest: bool,
}

/// What a smaller `max_tokens` of all calls of the application does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capped {
    /// With at most so many the attempt passes, with one more it does not; so many other answers of the
    /// application would be cut by it.
    Passes {
        /// The new `max_tokens`.
        max_tokens: u32,
        /// Answers that would be cut short.
        cuts: u64,
    },
    /// What would fit is less than the answer is long: it would be cut.
    CutsTheAnswer {
        /// The length of the answer.
        output: u32,
    },
    /// It was not tokens that were missing.
    NotTokens,
}

impl Inquiry<'_> {
    /// The smallest limit that lets an attempt pass, with the traffic as it is.
    pub(super) fn raise(&self, refused: &Refused) -> Option<Raised> {
        let amount = |limit: usize| amount_at(self.plan, limit, refused.at);
        let from = refused.amount;
        let mut limits = vec![(refused.limit, from + refused.shortfall)];
        for step in 0..MOST_STEPS {
            let (limit, shortfall) = match self.try_with(refused, &raised_to(refused, limits.clone())) {
                Trial::Passed => return Some(self.least(refused, limits, from)),
                Trial::Refused { limit, shortfall } => (limit, shortfall << step.saturating_sub(PATIENT_STEPS).min(30)),
            };
            match limits.iter_mut().find(|(known, _)| *known == limit) {
                Some((_, raised)) => *raised += shortfall,
                None => limits.push((limit, amount(limit) + shortfall)),
            }
            if limits.iter().any(|(_, amount)| *amount > Tokens::MAX_QUOTA.0) {
                return None;
            }
        }
        None
    }

    /// Between the limit that refused and one that lets pass, the first one of which this is so.
    fn least(&self, refused: &Refused, limits: Vec<(usize, u64)>, from: u64) -> Raised {
        let [(limit, to)] = limits[..] else { return Raised { limits, smallest: false } };
        let passes = |amount| self.try_with(refused, &raised_to(refused, vec![(limit, amount)])) == Trial::Passed;
        Raised { limits: vec![(limit, turning_point(from, to, passes))], smallest: true }
    }

    /// The largest `max_tokens` of the application that lets the attempt pass.
    pub(super) fn cap(&self, refused: &Refused) -> Capped {
        let call = &refused.arrival.call;
        let output = refused.arrival.output();
        let counts_tokens =
            |limit: usize| self.plan.limits().nth(limit).is_some_and(|limit| limit.measure == Measure::Tokens);
        if !counts_tokens(refused.limit) {
            return Capped::NotTokens;
        }
        let app = refused.arrival.app;
        // Recorded calls bring their own: to cap only those above this one can be enough.
        let own = (self.calls)().filter(|arrival| arrival.app == app).map(|arrival| arrival.call.max_tokens);
        let largest = own.max().unwrap_or(call.max_tokens);
        let mut missing = if largest > call.max_tokens { 0 } else { refused.shortfall };
        let mut cap = u64::from(call.max_tokens);
        for step in 0..MOST_STEPS {
            let floor = u64::from(output.max(1));
            if cap < floor + missing {
                return Capped::CutsTheAnswer { output };
            }
            cap -= missing;
            let change = Change::MaxTokens { app, most: cap as u32 };
            match self.try_with(refused, &change) {
                Trial::Passed => return self.most(refused, cap, largest.into()),
                Trial::Refused { limit, shortfall } if counts_tokens(limit) => {
                    missing = shortfall << step.saturating_sub(PATIENT_STEPS).min(30);
                }
                Trial::Refused { .. } => return Capped::NotTokens,
            }
        }
        Capped::CutsTheAnswer { output }
    }

    fn most(&self, refused: &Refused, passing: u64, from: u64) -> Capped {
        let app = refused.arrival.app;
        // Counted down from the value at which nothing changes, so that more is what passes.
        let passes =
            |less: u64| self.try_with(refused, &Change::MaxTokens { app, most: (from - less) as u32 }) == Trial::Passed;
        let max_tokens = (from - turning_point(0, from - passing, passes)) as u32;
        let cut = |arrival: &crate::traffic::Arrival| arrival.app == app && arrival.output() > max_tokens;
        Capped::Passes { max_tokens, cuts: (self.calls)().filter(cut).count() as u64 }
    }
}

fn raised_to(refused: &Refused, limits: Vec<(usize, u64)>) -> Change {
    Change::Limits { at: refused.at, limits }
}

/// A value that passes while the one below does not, given that `fails` does not pass and `passes` does.
fn turning_point(mut fails: u64, mut passing: u64, passes: impl Fn(u64) -> bool) -> u64 {
    while passing - fails > 1 {
        let middle = fails + (passing - fails) / 2;
        if passes(middle) {
            passing = middle;
        } else {
            fails = middle;
        }
    }
    passing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turning_point_passes_and_the_value_below_it_does_not() {
        assert_eq!(turning_point(10, 100, |value| value >= 37), 37);
        assert_eq!(turning_point(10, 11, |_| unreachable!("nothing lies between")), 11);
        // Not monotone: some turning point.
        let passes = |value| value > 50 && value != 70;
        let found = turning_point(10, 100, passes);
        assert!(passes(found) && !passes(found - 1));
    }
}
