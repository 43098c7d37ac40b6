//! The value of a metric.

use crate::histogram::{Histogram, Sized64, nearest_rank};
use crate::ledger::Outcome;
use crate::plan::Plan;
use crate::scenario::{Interval, Measure, Metric, Of, Percentile, Quantile};
use crate::sim::Run;
use crate::units::{Micros, Ratio, Usd};

/// What a budget is held against.
pub struct Evidence<'a> {
    /// What was run.
    pub plan: &'a Plan,
    /// The run under the scenario's own seed.
    pub run: &'a Run,
    /// Its totals.
    pub outcome: &'a Outcome,
    /// The outcomes of all replications; empty without replications.
    pub replications: &'a [Outcome],
}

/// A value with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// Money.
    Usd(Usd),
    /// So many out of so many.
    Share(u64, u64),
    /// A length of time.
    Duration(Micros),
}

/// The value of a metric, for one application or for all; nothing when there is nothing to measure.
pub(super) fn observe(evidence: &Evidence<'_>, metric: Metric, app: Option<usize>) -> Option<Observed> {
    let Some(quantile) = metric.over_replications else {
        return match metric.measure {
            Measure::Latency(interval, percentile) => latency(evidence, interval, percentile, app),
            Measure::PricesAge => evidence.plan.oldest_price(app).map(|(_, age)| Observed::Duration(age)),
            measure => of_outcome(evidence.outcome, measure, app),
        };
    };
    let outcomes = evidence.replications.iter();
    let mut values: Vec<_> = outcomes.filter_map(|outcome| of_outcome(outcome, metric.measure, app)).collect();
    values.sort_by(Observed::compare);
    let per_thousand = match quantile {
        Quantile::P50 => 500,
        Quantile::P90 => 900,
    };
    let rank = nearest_rank(values.len() as u64, per_thousand) as usize;
    values.get(rank.saturating_sub(1)).copied()
}

fn of_outcome(outcome: &Outcome, measure: Measure, app: Option<usize>) -> Option<Observed> {
    let totals = app.map_or(&outcome.all, |app| &outcome.apps[app]);
    let share = |part: u64, whole: u64| (whole > 0).then_some(Observed::Share(part, whole));
    match measure {
        Measure::CostTotal => Some(Observed::Usd(totals.cost)),
        Measure::CostMonth => Some(Observed::Usd(totals.cost_month)),
        Measure::CostDayMax => Some(Observed::Usd(dearest_day(outcome, app))),
        Measure::CostRetries => Some(Observed::Usd(totals.retries.all_cost())),
        Measure::CostTask(of) => task_cost(outcome, of, app).map(Observed::Usd),
        Measure::TasksFailed => totals.tasks.and_then(|tasks| share(tasks.failed + tasks.dead, tasks.begun)),
        Measure::TasksShed => totals.tasks.and_then(|tasks| share(tasks.shed, tasks.begun)),
        Measure::ThrottledRequests => share(totals.throttled_calls, totals.arrivals),
        Measure::ThrottledAttempts => share(totals.throttled_attempts, totals.attempts),
        Measure::GaveUp => share(totals.gave_up, totals.arrivals),
        Measure::Truncated => share(totals.truncated, totals.served),
        Measure::Latency(..) | Measure::PricesAge => None,
    }
}

fn dearest_day(outcome: &Outcome, app: Option<usize>) -> Usd {
    let days = app.map_or(&outcome.days, |app| &outcome.app_days[app]);
    days.iter().map(|(_, cost)| *cost).max().unwrap_or_default()
}

/// Of answered tasks; nothing where no task was answered, or where tasks are calls.
fn task_cost(outcome: &Outcome, of: Of, app: Option<usize>) -> Option<Usd> {
    let chosen = outcome.task_costs.iter().enumerate().filter(|(number, _)| app.is_none_or(|app| app == *number));
    let mut all = Histogram::<Usd>::default();
    chosen.filter_map(|(_, costs)| costs.as_ref()).for_each(|costs| all.merge(&costs.answered));
    (all.count() > 0).then(|| match of {
        Of::Mean => all.mean(),
        Of::Percentile(percentile) => at(&all, percentile),
    })
}

fn at<T: Sized64>(all: &Histogram<T>, percentile: Percentile) -> T {
    match percentile {
        Percentile::Max => all.max(),
        inside => all.percentile(inside.per_thousand()),
    }
}

fn latency(
    evidence: &Evidence<'_>,
    interval: Interval,
    percentile: Percentile,
    app: Option<usize>,
) -> Option<Observed> {
    let mut all = Histogram::default();
    let chosen = app.map_or_else(|| evidence.plan.felt_by_users().collect(), |app| vec![app]);
    for record in chosen.into_iter().map(|app| &evidence.run.apps[app]) {
        match interval {
            Interval::Ttft => all.merge(&record.ttft.from_sending()),
            Interval::EndToEnd => all.merge(&record.e2e.from_sending()),
            Interval::Wait => all.merge(&record.wait),
            Interval::Task => record.tasks.iter().for_each(|tasks| all.merge(&tasks.e2e)),
            Interval::Queue => record.tasks.iter().for_each(|tasks| all.merge(&tasks.waited)),
        }
    }
    (all.count() > 0).then(|| Observed::Duration(at(&all, percentile)))
}

impl Observed {
    /// The order of two values of one unit; shares by their size.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        match (self, other) {
            (Self::Usd(a), Self::Usd(b)) => a.cmp(b),
            (Self::Duration(a), Self::Duration(b)) => a.cmp(b),
            (Self::Share(a, of_a), Self::Share(b, of_b)) => Ratio::new(*a, *of_a).cmp(&Ratio::new(*b, *of_b)),
            _ => unreachable!("a metric has one unit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{TaskCost, bill, sample_plan, sample_run};
    use crate::sim::{AppRecord, Tasks};

    fn observed(name: &str, record: AppRecord, costs: Option<TaskCost>) -> Option<Observed> {
        let (plan, run) = (sample_plan(), sample_run(record));
        let outcome = Outcome::new(&run, &bill(&plan, &run), vec![costs]);
        let evidence = Evidence { plan: &plan, run: &run, outcome: &outcome, replications: &[] };
        let metric = Metric::all().into_iter().find(|(known, _)| known == name).unwrap().1;
        let found = observe(&evidence, metric, Some(0));
        assert_eq!(found, observe(&evidence, metric, None), "there is one app only");
        found
    }

    #[test]
    fn tasks_are_measured_where_there_are_any() {
        let mut tasks = Tasks { begun: 10, failed: 2, dead: 1, shed: 3, ..Tasks::default() };
        [1, 2, 9].into_iter().for_each(|seconds| tasks.e2e.add(Micros(seconds)));
        tasks.waited.add(Micros(5));
        let mut costs = TaskCost::default();
        [1, 2, 6].into_iter().for_each(|picos: i128| costs.answered.add(Usd::from_femtos(picos * 1_000)));
        let measured = |name| {
            let record = AppRecord { tasks: Some(Box::new(tasks.clone())), ..AppRecord::default() };
            observed(name, record, Some(costs.clone()))
        };
        let usd = |picos: i128| Some(Observed::Usd(Usd::from_femtos(picos * 1_000)));
        assert_eq!(measured("tasks.failed"), Some(Observed::Share(3, 10)), "dead letters are not answered either");
        assert_eq!(measured("tasks.shed"), Some(Observed::Share(3, 10)));
        assert_eq!(measured("latency.task.p50"), Some(Observed::Duration(Micros(2))));
        assert_eq!(measured("latency.task.max"), Some(Observed::Duration(Micros(9))));
        assert_eq!(measured("latency.queue.p99"), Some(Observed::Duration(Micros(5))));
        assert_eq!(
            (measured("cost.task.mean"), measured("cost.task.p50"), measured("cost.task.max")),
            (usd(3), usd(2), usd(6))
        );
        for name in ["tasks.failed", "tasks.shed", "latency.task.p50", "latency.queue.p50", "cost.task.p99"] {
            assert_eq!(observed(name, AppRecord::default(), None), None, "{name}: nothing to measure");
        }
        assert_eq!(observed("cost.retries", AppRecord::default(), None), Some(Observed::Usd(Usd::ZERO)));
    }
}
