//! The verdict on each limit of a scenario.

use super::observe::{Evidence, Observed, observe};
use crate::scenario::{Budget, Comparison, Measure, Quantity};
use crate::units::Usd;

/// A limit, what was observed, and whether it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The limit as the scenario writes it.
    pub text: String,
    /// What was observed; nothing when there was nothing to measure: such a limit did not hold.
    pub observed: Option<Observed>,
    /// What is allowed.
    pub limit: Observed,
    /// Whether it held.
    pub held: bool,
    cost_budget: Option<CostBudget>,
}

/// A limit on what all applications may cost, which can run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostBudget {
    /// The most that may be spent.
    pub limit: Usd,
    /// In every calendar month anew, and not once.
    pub monthly: bool,
}

/// Holds every limit against the evidence.
#[must_use]
pub fn judge(budgets: &[Budget], evidence: &Evidence<'_>) -> Vec<Verdict> {
    budgets.iter().map(|budget| verdict(budget, evidence)).collect()
}

fn verdict(budget: &Budget, evidence: &Evidence<'_>) -> Verdict {
    let app = budget.app.as_ref().and_then(|name| evidence.plan.apps.iter().position(|app| app.name == *name));
    let observed = observe(evidence, budget.metric, app);
    let limit = match budget.limit {
        Quantity::Money(amount) => Observed::Usd(amount),
        Quantity::Share(share) => Observed::Share(share.numerator(), share.denominator()),
        Quantity::Time(length) => Observed::Duration(length),
    };
    let held = observed.is_some_and(|observed| budget.comparison.holds(observed.compare(&limit)));
    Verdict { text: budget.text.value.clone(), observed, limit, held, cost_budget: cost_budget(budget) }
}

fn cost_budget(budget: &Budget) -> Option<CostBudget> {
    let upper = matches!(budget.comparison, Comparison::Below | Comparison::AtMost) && budget.app.is_none();
    match (budget.metric.measure, budget.limit) {
        (Measure::CostTotal, Quantity::Money(limit)) if upper => Some(CostBudget { limit, monthly: false }),
        (Measure::CostMonth, Quantity::Money(limit)) if upper => Some(CostBudget { limit, monthly: true }),
        _ => None,
    }
}

impl Verdict {
    /// The cost budget that this is, if it is one.
    #[must_use]
    pub fn cost_budget(&self) -> Option<CostBudget> {
        self.cost_budget
    }
}
