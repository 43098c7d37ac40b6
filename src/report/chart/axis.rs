//! The value axis: a range that starts or ends at round numbers and always holds zero.

use std::ops::Range;

const INTERVALS: f64 = 4.0;
/// Below this, powers of ten lose their digits.
const SMALLEST_SPAN: f64 = 1e-290;
const ROUND_STEPS: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

/// A value axis with its ticks, lowest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ValueAxis {
    pub ticks: Vec<f64>,
}

impl ValueAxis {
    /// The shortest round axis that holds zero and all `values`.
    pub fn covering(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        if high - low < SMALLEST_SPAN {
            return Self { ticks: vec![0.0, 1.0] };
        }
        let step = round_up((high - low) / INTERVALS);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        Self { ticks: (first..=last).map(|index| index as f64 * step).collect() }
    }

    /// From the lowest tick to the highest.
    pub fn range(&self) -> Range<f64> {
        self.ticks[0]..self.ticks[self.ticks.len() - 1]
    }
}

/// The smallest round step that is not below `raw`, which is positive.
fn round_up(raw: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    while power > raw {
        power /= 10.0;
    }
    ROUND_STEPS.into_iter().map(|round| round * power).find(|step| *step >= raw).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64]) -> Vec<f64> {
        ValueAxis::covering(values.iter().copied()).ticks
    }

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(ticks(&[7.0]), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(&[1_550_000.0]), [0.0, 500_000.0, 1_000_000.0, 1_500_000.0, 2_000_000.0]);
        assert_eq!(ticks(&[-1.0, 3.0]), [-1.0, 0.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn nothing_or_zeros_still_make_an_axis() {
        assert_eq!(ticks(&[]), [0.0, 1.0]);
        assert_eq!(ticks(&[0.0, 0.0]), [0.0, 1.0]);
    }
}
