//! Tasks: a small table where there are any.

use super::capacity::{named, table};
use super::layout::Layout;
use super::{left, right};
use crate::report::format::{count, duration, per, percent};
use crate::report::model::{Report, Tasks};

/// What became of tasks, what they cost, and how long they took.
pub(super) fn tasks(report: &Report, layout: &Layout) -> String {
    let columns = [
        left("tasks of"),
        right("begun").rank(1),
        right("answered"),
        right("failed"),
        right("shed"),
        right("calls").rank(3),
        right("cost P50"),
        right("cost P99"),
        right("time P50").rank(2),
        right("time P99"),
        right("in line P95").rank(4),
        right("visible"),
    ];
    let several = report.variants.len() > 1;
    let rows = report.variants.iter().flat_map(|variant| {
        let working = variant.apps.iter().filter_map(|app| Some((app, app.tasks.as_ref()?)));
        working.map(move |(app, tasks)| cells(named(&app.name, variant, several), tasks))
    });
    table(&columns, rows.collect(), layout)
}

fn cells(name: String, tasks: &Tasks) -> Vec<String> {
    let none = || "n/a".to_owned();
    let cost = tasks.cost.map(|cost| [cost.p50.of_one(), cost.p99.of_one()]);
    let [cost_p50, cost_p99] = cost.unwrap_or_else(|| [none(), none()]);
    let time = tasks.latency.map(|at| [duration(at.p50), duration(at.p99)]);
    let [time_p50, time_p99] = time.unwrap_or_else(|| [none(), none()]);
    vec![
        name,
        count(tasks.begun),
        count(tasks.done),
        count(tasks.failed + tasks.dead),
        count(tasks.shed),
        tasks.calls.map_or_else(none, |calls| per(calls.total, calls.tasks)),
        cost_p50,
        cost_p99,
        time_p50,
        time_p99,
        tasks.waited.map_or_else(none, |at| duration(at.p95)),
        percent(tasks.visible_tokens),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use crate::report::sample;

    #[test]
    fn tasks_get_a_table_and_the_golden_file_shows_it() {
        let text = render(&sample::working(), 120, true);
        let line = text.lines().find(|line| line.starts_with("triage [base]")).unwrap_or_default();
        for shown in ["12,345", "12,300", "4.2", "$0.012", "$0.09", "9.40 s", "8.33%"] {
            assert!(line.contains(shown), "{shown}: {line}\n{text}");
        }
        sample::assert_golden("tasks_120.txt", &text);
        assert!(!render(&sample::report(), 120, true).contains("tasks of"));
    }
}
