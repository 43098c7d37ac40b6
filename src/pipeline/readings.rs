//! Rules that AWS does not document, read in several ways: does the answer depend on the reading?

use super::Prepared;
use crate::budget::{Verdict, judge};
use crate::codes::Code;
use crate::plan::{Finding, Severity};
use crate::report::compose::Evaluated;

/// What is said of several readings.
pub(super) struct Said {
    /// What AWS does not document.
    pub(super) undocumented: &'static str,
    /// What the answer depends on, as a pronoun.
    pub(super) on: &'static str,
    pub(super) robust: Code,
    pub(super) depends: Code,
    pub(super) place: &'static str,
    pub(super) advice: &'static str,
}

impl Prepared {
    /// Robust when no verdict changes and the throttled share stays within one percentage point.
    pub(super) fn verdict_on(&self, said: &Said, readings: &[(&Evaluated<'_>, &str)]) -> Finding {
        let held = |one: &Evaluated<'_>| -> Vec<bool> {
            judge(&self.base.budgets, &one.evidence()).iter().map(|verdict: &Verdict| verdict.held).collect()
        };
        let shares: Vec<f64> = readings.iter().map(|(one, _)| throttled_percent(one)).collect();
        let width = shares.iter().copied().fold(0.0, f64::max) - shares.iter().copied().fold(100.0, f64::min);
        let robust = readings.iter().all(|(one, _)| held(one) == held(readings[0].0)) && width <= 1.0;
        let each = readings.iter().zip(&shares).map(|((_, name), share)| format!("{share:.2}% under {name}"));
        said.finding(robust, &each.collect::<Vec<_>>().join(", "))
    }
}

impl Said {
    fn finding(&self, robust: bool, each: &str) -> Finding {
        let (code, severity, verdict) = match robust {
            true => {
                let verdict = "is robust: no limit changes its verdict, and throttling hardly moves".to_owned();
                (self.robust, Severity::Info, verdict)
            }
            false => {
                let verdict = format!("depends on {}: a limit changes its verdict, or throttling moves", self.on);
                (self.depends, Severity::Warning, verdict)
            }
        };
        Finding {
            code,
            severity,
            message: format!("{}. The answer {verdict}. Requests throttled: {each}", self.undocumented),
            place: self.place.to_owned(),
            advice: (!robust).then(|| self.advice.to_owned()),
        }
    }
}

/// The variant of that name.
pub(super) fn named<'a, 'b>(variants: &'a [Evaluated<'b>], name: &str) -> Option<&'a Evaluated<'b>> {
    variants.iter().find(|variant| variant.name == name)
}

fn throttled_percent(one: &Evaluated<'_>) -> f64 {
    let totals = &one.outcome.all;
    100.0 * totals.throttled_calls as f64 / totals.arrivals.max(1) as f64
}
