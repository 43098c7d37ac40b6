//! Whether long inputs get long answers.

use crate::trace::{Outcome, Row};
use std::collections::BTreeMap;

/// Logarithms are kept as whole numbers of this, so that sums do not depend on the order of calls.
const LOG_UNIT: f64 = (1_u64 << 32) as f64;

/// Cells in one octave of lengths, for ranks.
const CELLS_PER_OCTAVE: u32 = 16;

/// Whether long inputs get long answers, over answered calls with an input and an answer that was not cut.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Correlation {
    /// The calls.
    pub calls: u64,
    /// Pearson's coefficient of the logarithms of both lengths; nothing where one of them never varies.
    pub pearson_of_logs: Option<f64>,
    /// Spearman's coefficient: that of ranks, lengths within a sixteenth of an octave sharing one.
    pub spearman: Option<f64>,
}

/// What is kept while calls come.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    logs: Moments,
    cells: BTreeMap<(u32, u32), u64>,
}

/// Sums of two numbers, of their squares and of their products.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: i128,
    sums: [i128; 2],
    squares: [i128; 2],
    products: i128,
}

impl Pairs {
    pub(super) fn take(&mut self, row: &Row) {
        let (input, output) = (row.usage.total_input(), row.usage.output);
        if row.outcome == Outcome::Answered && !row.truncated && input > 0 && output > 0 {
            self.logs.add(log(input), log(output), 1);
            *self.cells.entry((cell(input), cell(output))).or_default() += 1;
        }
    }

    pub(super) fn done(&self) -> Correlation {
        Correlation {
            calls: self.logs.count.try_into().unwrap_or(u64::MAX),
            pearson_of_logs: self.logs.pearson(),
            spearman: self.ranks().pearson(),
        }
    }

    /// Each cell has the middle rank of its calls, twice, so that it is whole.
    fn ranks(&self) -> Moments {
        let of = |length: fn(&(u32, u32)) -> u32| {
            let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
            self.cells.iter().for_each(|(cell, count)| *counts.entry(length(cell)).or_default() += count);
            let mut below = 0;
            counts.values_mut().for_each(|count| {
                let middle = 2 * below + *count + 1;
                below += *count;
                *count = middle;
            });
            counts
        };
        let (inputs, outputs) = (of(|cell| cell.0), of(|cell| cell.1));
        let mut moments = Moments::default();
        for ((input, output), count) in &self.cells {
            moments.add(inputs[input].into(), outputs[output].into(), (*count).into());
        }
        moments
    }
}

impl Moments {
    fn add(&mut self, one: i128, other: i128, times: i128) {
        self.count += times;
        self.sums[0] += one * times;
        self.sums[1] += other * times;
        self.squares[0] += one * one * times;
        self.squares[1] += other * other * times;
        self.products += one * other * times;
    }

    /// Pearson's coefficient; nothing where one of the two never varies.
    fn pearson(&self) -> Option<f64> {
        let count = self.count.max(1) as f64;
        let mean = self.sums.map(|sum| sum as f64 / count);
        let about = |squares: i128, one: f64, other: f64| squares as f64 / count - one * other;
        let both = about(self.products, mean[0], mean[1]);
        let [one, other] = [0, 1].map(|which| about(self.squares[which], mean[which], mean[which]));
        let varies = |variance: f64, mean: f64| variance > 1e-12 * mean * mean;
        let all = varies(one, mean[0]) && varies(other, mean[1]);
        all.then(|| (both / (one * other).sqrt()).clamp(-1.0, 1.0))
    }
}

fn log(length: u64) -> i128 {
    (libm::log(length as f64) * LOG_UNIT).round() as i128
}

/// The cell of a length: sixteen in an octave, each length below sixteen its own.
fn cell(length: u64) -> u32 {
    let octave = length.ilog2();
    let shift = octave.saturating_sub(CELLS_PER_OCTAVE.ilog2());
    shift * CELLS_PER_OCTAVE + (length >> shift) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::usage::Usage;

    fn of(pairs: impl IntoIterator<Item = (u64, u64)>) -> Correlation {
        let mut found = Pairs::default();
        for (uncached_input, output) in pairs {
            found.take(&Row { usage: Usage { uncached_input, output, ..Usage::default() }, ..Row::default() });
        }
        found.done()
    }

    fn near(found: Option<f64>, expected: f64) {
        let found = found.expect("both vary");
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn a_power_of_the_input_is_perfectly_correlated_and_its_inverse_the_other_way() {
        let squares = of((1..200).map(|n| (n, n * n)));
        near(squares.pearson_of_logs, 1.0);
        assert!(squares.spearman.is_some_and(|found| found > 0.999));
        near(of((0..12).map(|n| (1 << n, 1 << (20 - n)))).pearson_of_logs, -1.0);
    }

    #[test]
    fn what_does_not_vary_has_no_correlation_and_what_crosses_has_none() {
        assert_eq!(of((1..100).map(|n| (n, 5))).pearson_of_logs, None);
        assert_eq!(of([]).spearman, None);
        let crossed = of([(2, 2), (2, 8), (8, 2), (8, 8)]);
        near(crossed.pearson_of_logs, 0.0);
        near(crossed.spearman, 0.0);
    }

    /// Ranks 1, 2, 3 against 2, 1, 3: one minus six times two over three times eight.
    #[test]
    fn ranks_are_those_of_the_textbook() {
        near(of([(1, 3), (2, 2), (3, 9)]).spearman, 0.5);
    }

    #[test]
    fn cells_ascend_with_the_length() {
        assert!((1..100_000).map(cell).is_sorted());
        assert_eq!([1, 15, 16, 31, 32].map(cell), [1, 15, 16, 31, 32]);
    }
}
