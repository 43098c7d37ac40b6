//! What was counted in each period, over all files of an import.

use super::metric::{Metric, Series};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Periods that people ask for: a day, six hours, an hour, fifteen minutes, five and one.
const ASKED_S: [u64; 6] = [86_400, 21_600, 3_600, 900, 300, 60];
/// Periods in which CloudWatch keeps metrics, for 455, 63 and 15 days (User Guide, 2026).
const KEPT_S: [u64; 3] = [3_600, 300, 60];

/// What was counted in each period, over all files of an import: one file may have the calls and another the tokens.
/// Grows with periods, not with calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metrics {
    series: BTreeMap<Series, BTreeMap<i64, u64>>,
    /// The file that was read last.
    pub(in crate::intake) file: String,
    /// The first number that is at odds with one known before.
    pub(super) conflict: Option<String>,
}

impl Metrics {
    /// Keeps one number; false when it was known.
    pub(super) fn add(&mut self, series: &Series, at_s: i64, value: u64) -> bool {
        let Some(known) = self.series.entry(series.clone()).or_default().insert(at_s, value) else { return true };
        if known != value && self.conflict.is_none() {
            let (name, model) = (series.metric.name(), series.model.as_deref().unwrap_or("one period"));
            self.conflict = Some(format!(
                "{name} of {model} is both {known} and {value} at the same time: say the model in the labels, or import \
                 the metrics of each model by themselves"
            ));
        }
        false
    }

    /// Takes what another file counted; how many of its numbers were known.
    pub(in crate::intake) fn absorb(&mut self, other: Self) -> usize {
        if !other.file.is_empty() {
            self.file = other.file;
        }
        self.conflict = self.conflict.take().or(other.conflict);
        let values = other.series.iter().flat_map(|(series, values)| values.iter().map(move |value| (series, value)));
        values.filter(|(series, (at_s, value))| !self.add(series, **at_s, **value)).count()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// How long periods are: the greatest common step of all stamps, since periods without calls have none. Where that is
    /// no period that people ask for, stamps are few, and it is the longest in which metrics are kept that makes the step.
    pub(super) fn period_s(&self) -> u64 {
        let stamps: BTreeSet<i64> = self.series.values().flat_map(BTreeMap::keys).copied().collect();
        let steps = stamps.iter().zip(stamps.iter().skip(1)).map(|(one, next)| next.abs_diff(*one));
        let Some(step_s) = steps.reduce(greatest_common_divisor) else { return 60 };
        let kept = KEPT_S.into_iter().find(|kept_s| step_s.is_multiple_of(*kept_s) && !ASKED_S.contains(&step_s));
        kept.unwrap_or(step_s)
    }

    /// The models that anything was counted of; nothing stands for all of them together.
    pub(super) fn models(&self) -> BTreeSet<Option<Arc<str>>> {
        self.series.keys().map(|series| series.model.clone()).collect()
    }

    /// The periods in which calls or tokens of a model were counted.
    pub(super) fn periods(&self, model: &Option<Arc<str>>) -> BTreeSet<i64> {
        let of_calls = |series: &&Series| !matches!(series.metric, Metric::Observed(_)) && series.model == *model;
        let values = self.series.keys().filter(of_calls).filter_map(|series| self.series.get(series));
        values.flat_map(BTreeMap::keys).copied().collect()
    }

    /// What was counted in one period; nothing is zero, since CloudWatch leaves it out.
    pub(super) fn value(&self, model: &Option<Arc<str>>, metric: Metric, at_s: i64) -> u64 {
        let values = self.series.get(&Series { model: model.clone(), metric });
        values.and_then(|values| values.get(&at_s)).copied().unwrap_or(0)
    }

    /// What was counted besides calls and tokens: model, name, beginning of the period, number.
    pub(super) fn observed(&self) -> impl Iterator<Item = (&Option<Arc<str>>, &'static str, i64, u64)> {
        self.series.iter().flat_map(|(series, values)| {
            let name = match series.metric {
                Metric::Observed(name) => Some(name),
                _ => None,
            };
            name.into_iter()
                .flat_map(move |name| values.iter().map(move |(at, value)| (&series.model, name, *at, *value)))
        })
    }
}

/// By Euclid.
fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    let (mut one, mut other) = (one, other);
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period_s(stamps_s: &[i64]) -> u64 {
        let (mut metrics, series) = (Metrics::default(), Series { model: None, metric: Metric::Input });
        stamps_s.iter().for_each(|at_s| assert!(metrics.add(&series, *at_s, 1)));
        metrics.period_s()
    }

    #[test]
    fn the_period_is_the_common_step_of_the_stamps() {
        assert_eq!(period_s(&[0, 180, 300]), 60);
        assert_eq!(period_s(&[600, 0, 1_500]), 300);
        assert_eq!(period_s(&[0, 900]), 900);
        assert_eq!(period_s(&[0, 3_600]), 3_600);
        assert_eq!(period_s(&[0, 86_400, 259_200]), 86_400);
    }

    #[test]
    fn few_stamps_are_further_apart_than_periods_are_long() {
        assert_eq!(period_s(&[0, 120]), 60);
        assert_eq!(period_s(&[0, 1_800]), 300);
        assert_eq!(period_s(&[0, 7_200]), 3_600);
        assert_eq!(period_s(&[0, 10]), 10);
        assert_eq!((period_s(&[0]), period_s(&[])), (60, 60));
    }
}
