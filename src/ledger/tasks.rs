//! What single tasks cost, and how many there were.

use super::price::tokens_cost;
use crate::histogram::Histogram;
use crate::plan::{App, Plan};
use crate::sim::{self, Ended, Engine, Observer, Run, Tasks};
use crate::traffic::Arrival;
use crate::units::{Micros, SimTime, Usd};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ops::AddAssign;

/// What the tasks of one application cost: tokens paid for by use, and meters.
///
/// A task is priced on the UTC day of its end. What is paid for by the hour is no task's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCost {
    /// Of each task that was answered.
    pub answered: Histogram<Usd>,
    /// Of all tasks that ended, answered or not.
    pub all: Usd,
}

/// Prices the tasks of a run as they end.
pub struct TaskCosts<'a> {
    plan: &'a Plan,
    /// The UTC day that is open, and when it ends.
    day: Date,
    day_ends: SimTime,
    apps: Vec<Option<TaskCost>>,
}

impl<'a> TaskCosts<'a> {
    /// Before the first task; applications whose tasks are their calls have none.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        let day = plan.start.to_zoned(TimeZone::UTC).date();
        let into_day = plan.start.as_microsecond().rem_euclid(Micros::DAY.0 as i64) as u64;
        let apps = plan.apps.iter().map(|app| app.works_in_tasks().then(TaskCost::default)).collect();
        Self { plan, day, day_ends: SimTime(Micros::DAY.0 - into_day), apps }
    }

    /// By application; nothing for one whose tasks are its calls.
    #[must_use]
    pub fn of_apps(self) -> Vec<Option<TaskCost>> {
        self.apps
    }

    fn turn(&mut self, now: SimTime) {
        while now >= self.day_ends {
            self.day = self.day.tomorrow().unwrap_or(self.day);
            self.day_ends += Micros::DAY;
        }
    }
}

/// # Panics
/// When tokens were used that have no price; `bind` refuses such a plan.
impl Observer for TaskCosts<'_> {
    fn ended(&mut self, now: SimTime, task: Ended<'_>) {
        self.turn(now);
        let app = task.app as usize;
        if let Some(costs) = &mut self.apps[app] {
            let cost = task_cost(&self.plan.apps[app], &task, self.day);
            costs.all += cost;
            if task.done {
                costs.answered.add(cost);
            }
        }
    }
}

fn task_cost(app: &App, task: &Ended<'_>, day: Date) -> Usd {
    let long = |lane: usize| task.long.get(lane).copied().unwrap_or_default();
    let lanes = app.lanes.iter().zip(task.usage).enumerate();
    let tokens = lanes.map(|(number, (lane, usage))| tokens_cost(lane, *usage, long(number), day));
    let meters = app.meters.iter().zip(task.metered).filter(|(_, units)| **units > 0);
    tokens.chain(meters.map(|(meter, units)| meter.rates.on(day).rate.times(*units))).sum()
}

/// Runs a plan and prices its tasks. Nobody looks on at a plan without tasks.
pub fn run_and_price_tasks(
    plan: &Plan,
    seed: u64,
    arrivals: impl Iterator<Item = Arrival>,
) -> (Run, Vec<Option<TaskCost>>) {
    let mut costs = TaskCosts::new(plan);
    let run = match plan.apps.iter().any(App::works_in_tasks) {
        true => Engine::watched(plan, seed, &mut costs).run(arrivals),
        false => sim::run(plan, seed, arrivals),
    };
    (run, costs.of_apps())
}

/// Counts of tasks; `begun = done + failed + blocked + shed + dead + open`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskTotals {
    /// Tasks that came.
    pub begun: u64,
    /// Tasks that were answered.
    pub done: u64,
    /// Tasks of which a call was given up.
    pub failed: u64,
    /// Tasks that a guardrail blocked, before or after the model.
    pub blocked: u64,
    /// Tasks that found the line full, or waited in it for too long.
    pub shed: u64,
    /// Messages that were received as often as they may be, and not answered.
    pub dead: u64,
    /// Tasks that were neither at the end: waiting or under way.
    pub open: u64,
    /// Tokens that users wrote and read.
    pub visible_tokens: u64,
    /// Tokens of all calls of tasks that ended.
    pub tokens: u64,
}

impl TaskTotals {
    /// Tokens that no user saw: prompts, steps, what was sent again.
    #[must_use]
    pub fn hidden_tokens(&self) -> u64 {
        self.tokens.saturating_sub(self.visible_tokens)
    }
}

impl From<&Tasks> for TaskTotals {
    fn from(tasks: &Tasks) -> Self {
        let Tasks { begun, done, failed, shed, dead, open, visible_tokens, tokens, .. } = *tasks;
        let blocked = tasks.blocked_before + tasks.blocked_after;
        Self { begun, done, failed, blocked, shed, dead, open, visible_tokens, tokens }
    }
}

impl AddAssign for TaskTotals {
    fn add_assign(&mut self, other: Self) {
        self.begun += other.begun;
        self.done += other.done;
        self.failed += other.failed;
        self.blocked += other.blocked;
        self.shed += other.shed;
        self.dead += other.dead;
        self.open += other.open;
        self.visible_tokens += other.visible_tokens;
        self.tokens += other.tokens;
    }
}
