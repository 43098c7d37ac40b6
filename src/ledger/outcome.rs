//! What a run came to.

use super::{Bill, Line, Payer, Totals};
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
}

impl Outcome {
    /// Adds up a run and its bill.
    ///
    /// # Panics
    /// When the parts do not sum to the whole: a defect of the ledger.
    #[must_use]
    pub fn new(run: &Run, bill: &Bill<'_>) -> Self {
        let apps: Vec<Totals> = (0..run.apps.len()).map(|app| Totals::of_app(run, bill, app)).collect();
        let all = Totals::of_run(run, bill);
        let parts: Usd = apps.iter().map(|app| app.cost).sum();
        let shared = |line: &Line<'_>| matches!(line.payer, Payer::Pool(_));
        let capacity = bill.sum(shared);
        assert_eq!(parts + capacity, all.cost, "a line was lost or made up");
        let app_days = (0..run.apps.len()).map(|app| bill.by_day(|line| line.payer == Payer::App(app))).collect();
        Self { all, apps, days: bill.by_day(|_| true), capacity, capacity_days: bill.by_day(shared), app_days }
    }
}
