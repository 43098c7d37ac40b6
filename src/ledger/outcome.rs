//! What a run came to.

use super::{Bill, Line, Payer, TaskCost, Totals};
use crate::sim::Run;
use crate::units::Usd;
use jiff::civil::Date;

/// The totals of a run and its cost by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// All applications together.
    pub all: Totals,
    /// Each application, in the order of the plan.
    pub apps: Vec<Totals>,
    /// The cost of each UTC day with traffic, ascending.
    pub days: Vec<(Date, Usd)>,
    /// What capacity cost that applications share.
    pub capacity: Usd,
    /// The same by UTC day, ascending.
    pub capacity_days: Vec<(Date, Usd)>,
    /// The cost of each UTC day for each application.
    pub app_days: Vec<Vec<(Date, Usd)>>,
    /// What single tasks cost, by application; nothing for one whose tasks are its calls.
    pub task_costs: Vec<Option<TaskCost>>,
}

impl Outcome {
    /// Adds up a run, its bill, and what its tasks cost.
    ///
    /// # Panics
    /// When the parts do not sum to the whole: a defect of the ledger.
    #[must_use]
    pub fn new(run: &Run, bill: &Bill<'_>, task_costs: Vec<Option<TaskCost>>) -> Self {
        let apps: Vec<Totals> = (0..run.apps.len()).map(|app| Totals::of_app(run, bill, app)).collect();
        let all = Totals::of_run(run, bill);
        let parts: Usd = apps.iter().map(|app| app.cost).sum();
        let shared = |line: &Line<'_>| matches!(line.payer, Payer::Pool(_));
        let capacity = bill.sum(shared);
        assert_eq!(parts + capacity, all.cost, "a line was lost or made up");
        let app_days = (0..run.apps.len()).map(|app| bill.by_day(|line| line.payer == Payer::App(app))).collect();
        let (days, capacity_days) = (bill.by_day(|_| true), bill.by_day(shared));
        Self { all, apps, days, capacity, capacity_days, app_days, task_costs }
    }
}
