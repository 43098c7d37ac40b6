//! Traffic over time, in steps that grow with the trace.

use crate::trace::Row;

/// The widths of a step, in seconds: ten seconds to a week.
const WIDTHS_S: [u64; 8] = [10, 60, 300, 900, 3_600, 21_600, 86_400, 604_800];
/// More steps than this no chart tells apart.
const MOST_STEPS: usize = 1_500;

/// Traffic over time, in steps of one width, empty ones among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The beginning of the first step, in seconds of Unix time.
    pub start_s: i64,
    /// How wide a step is, in seconds.
    pub width_s: u64,
    /// The steps; the last of a trace that is longer than any steps holds all the rest.
    pub steps: Vec<Step>,
}

/// A step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// Calls.
    pub calls: u64,
    /// Input tokens, cached or not.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
}

impl Timeline {
    pub(super) fn take(&mut self, row: &Row) {
        let at_s = row.at_us.div_euclid(1_000_000);
        if self.steps.is_empty() {
            self.width_s = WIDTHS_S[0];
            self.start_s = aligned(at_s, self.width_s);
        }
        while self.place(at_s) >= MOST_STEPS {
            if !self.widen() {
                break;
            }
        }
        let place = self.place(at_s).min(MOST_STEPS - 1);
        if place >= self.steps.len() {
            self.steps.resize(place + 1, Step::default());
        }
        let step = &mut self.steps[place];
        step.calls += 1;
        step.input += row.usage.total_input();
        step.output += row.usage.output;
    }

    fn place(&self, at_s: i64) -> usize {
        usize::try_from(at_s.abs_diff(self.start_s) / self.width_s).unwrap_or(usize::MAX)
    }

    /// To the next width; false when there is none.
    fn widen(&mut self) -> bool {
        let Some(width_s) = WIDTHS_S.into_iter().find(|width| *width > self.width_s) else { return false };
        let (old_start, old_width) = (self.start_s, self.width_s);
        (self.start_s, self.width_s) = (aligned(old_start, width_s), width_s);
        let old = std::mem::take(&mut self.steps);
        for (index, step) in (0..).zip(old) {
            let place = self.place(old_start.saturating_add_unsigned(index * old_width));
            if place >= self.steps.len() {
                self.steps.resize(place + 1, Step::default());
            }
            self.steps[place].add(&step);
        }
        true
    }
}

impl Step {
    fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.input += other.input;
        self.output += other.output;
    }
}

/// The beginning of the step of an instant, in UTC.
fn aligned(at_s: i64, width_s: u64) -> i64 {
    let width = width_s as i64;
    at_s.div_euclid(width).saturating_mul(width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_lose_no_call_however_long_the_trace(
            mut at_s in prop::collection::vec(-(1_i64 << 34)..1 << 34, 1..60),
            shift in 0_u32..30,
        ) {
            at_s.iter_mut().for_each(|at| *at >>= shift);
            at_s.sort_unstable();
            let mut found = Timeline::default();
            at_s.iter().for_each(|at| found.take(&Row { at_us: at * 1_000_000, ..Row::default() }));
            prop_assert_eq!(found.steps.iter().map(|step| step.calls).sum::<u64>(), at_s.len() as u64);
            prop_assert!(found.steps.len() <= MOST_STEPS);
            prop_assert!(found.start_s <= at_s[0] && found.start_s % found.width_s as i64 == 0);
            for (place, step) in (0_i64..).zip(&found.steps).take(MOST_STEPS - 1) {
                let start = found.start_s + place * found.width_s as i64;
                let within = |at: &&i64| (start..start + found.width_s as i64).contains(*at);
                prop_assert_eq!(at_s.iter().filter(within).count() as u64, step.calls);
            }
        }
    }
}
