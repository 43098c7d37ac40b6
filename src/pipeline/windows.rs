//! Does the answer depend on how AWS cuts a minute? The three ways side by side, and a verdict.

use super::Prepared;
use crate::bedrock::quota::Window;
use crate::budget::{Verdict, judge};
use crate::codes::Code;
use crate::plan::{Finding, Plan, Severity};
use crate::report::compose::Evaluated;

const WINDOWS: [Window; 3] = [Window::ClockMinute, Window::SlidingMinute, Window::TokenBucket];

impl Prepared {
    /// The same scenario with the ways of cutting a minute that it does not use as further variants.
    #[must_use]
    pub fn under_all_windows(mut self) -> Self {
        let base = self.plans[0].1.clone();
        for window in WINDOWS.into_iter().filter(|window| *window != base.window) {
            self.plans.push((variant_name(window), Plan { window, ..base.clone() }));
        }
        self.all_windows = true;
        self
    }

    /// Robust when no verdict changes and the throttled share stays within one percentage point.
    pub(super) fn window_finding(&self, variants: &[Evaluated<'_>]) -> Option<Finding> {
        let under = |window: Window| {
            let base = &variants[0];
            if window == base.plan.window { Some(base) } else { named(variants, &variant_name(window)) }
        };
        let found: Vec<&Evaluated<'_>> = WINDOWS.into_iter().filter_map(under).collect();
        if !self.all_windows || found.len() < WINDOWS.len() {
            return None;
        }
        let (robust, shares) = self.agreement(&found);
        Some(finding(robust, &found, &shares))
    }

    /// Whether several readings of the same rules agree, and the throttled share under each in percent.
    pub(super) fn agreement(&self, found: &[&Evaluated<'_>]) -> (bool, Vec<f64>) {
        let held = |one: &&Evaluated<'_>| -> Vec<bool> {
            judge(&self.base.budgets, &one.evidence()).iter().map(|verdict: &Verdict| verdict.held).collect()
        };
        let shares: Vec<f64> = found.iter().map(|one| throttled_percent(one)).collect();
        let width = shares.iter().copied().fold(0.0, f64::max) - shares.iter().copied().fold(100.0, f64::min);
        (found.iter().all(|one| held(one) == held(&found[0])) && width <= 1.0, shares)
    }
}

/// With a space, which no variant of a scenario has in its name.
fn variant_name(window: Window) -> String {
    format!("window {}", window.name())
}

pub(super) fn named<'a, 'b>(variants: &'a [Evaluated<'b>], name: &str) -> Option<&'a Evaluated<'b>> {
    variants.iter().find(|variant| variant.name == name)
}

fn throttled_percent(one: &Evaluated<'_>) -> f64 {
    let totals = &one.outcome.all;
    100.0 * totals.throttled_calls as f64 / totals.arrivals.max(1) as f64
}

fn finding(robust: bool, found: &[&Evaluated<'_>], shares: &[f64]) -> Finding {
    let each = found.iter().zip(shares).map(|(one, share)| format!("{share:.2}% under {}", one.plan.window.name()));
    let each = each.collect::<Vec<_>>().join(", ");
    let (code, severity, verdict) = match robust {
        true => {
            (Code::WindowRobust, Severity::Info, "is robust: no limit changes its verdict, and throttling hardly moves")
        }
        false => (
            Code::WindowDependentAnswer,
            Severity::Warning,
            "depends on it: a limit changes its verdict, or throttling moves",
        ),
    };
    Finding {
        code,
        severity,
        message: format!(
            "AWS does not document how it cuts a minute of quota. The answer {verdict}. Requests throttled: {each}"
        ),
        place: "account.window".to_owned(),
        advice: (!robust)
            .then(|| "plan for the worst of the three, or measure which one your account follows".to_owned()),
    }
}
