//! Does the answer depend on how AWS cuts a minute? The three ways side by side, and a verdict.

use super::Prepared;
use super::readings::{Said, named};
use crate::bedrock::quota::Window;
use crate::codes::Code;
use crate::plan::{Finding, Plan};
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

    /// Whether the answer depends on it, when all ways were run.
    pub(super) fn window_finding(&self, variants: &[Evaluated<'_>]) -> Option<Finding> {
        let under = |window: Window| {
            let base = &variants[0];
            let found = if window == base.plan.window { Some(base) } else { named(variants, &variant_name(window)) };
            found.map(|one| (one, window.name()))
        };
        let found: Vec<_> = WINDOWS.into_iter().filter_map(under).collect();
        (self.all_windows && found.len() == WINDOWS.len()).then(|| self.verdict_on(&SAID, &found))
    }
}

const SAID: Said = Said {
    undocumented: "AWS does not document how it cuts a minute of quota",
    on: "it",
    robust: Code::WindowRobust,
    depends: Code::WindowDependentAnswer,
    place: "account.window",
    advice: "plan for the worst of the three, or measure which one your account follows",
};

/// With a space, which no variant of a scenario has in its name.
fn variant_name(window: Window) -> String {
    format!("window {}", window.name())
}
