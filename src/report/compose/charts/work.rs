//! What callers add to their own demand: attempts against first attempts, and tasks that wait in line.

use super::super::Evaluated;
use super::super::work::{Attempts, attempts, worst};
use crate::report::chart::{self, Limit, LineChart, Series, Style};
use crate::report::format::{amplification, count};
use crate::report::model::Chart;
use crate::sim::minute_at;

/// Attempts by minute, where there were retries; the line of tasks, where somebody waited.
pub(super) fn charts(base: &Evaluated<'_>) -> Vec<Chart> {
    retries(base).into_iter().chain(line(base)).collect()
}

/// The peak minute is marked by its level.
fn retries(base: &Evaluated<'_>) -> Option<Chart> {
    let minutes = attempts(&base.run.apps);
    let (at, worst) = worst(&minutes)?;
    let when = minute_at(base.plan.start, at).strftime("%-d %b %H:%M UTC").to_string();
    let title = "Attempts against first attempts";
    let description = format!(
        "The most retries come in the minute of {when}: {} attempts, of which {} are first ones ({}).",
        count(worst.all),
        count(worst.first()),
        amplification(worst.all, worst.first())
    );
    let series = |name: &str, style: Style, value: fn(Attempts) -> u64| Series {
        name: name.to_owned(),
        values: minutes.iter().map(|minute| value(*minute) as f64).collect(),
        style,
    };
    let drawn = Drawn {
        id: "retries",
        title,
        unit: "attempts per minute",
        series: vec![
            series("all attempts", Style::Area, |minute| minute.all),
            series("first attempts", Style::Line, Attempts::first),
        ],
        limits: vec![Limit { name: "peak".to_owned(), value: worst.all as f64, during: None }],
    };
    Some(drawn.chart(base, &description, "What lies between the two are retries."))
}

fn line(base: &Evaluated<'_>) -> Option<Chart> {
    let apps = base.plan.apps.iter().zip(&base.run.apps);
    let waiting = apps.filter_map(|(app, record)| Some((app, record.tasks.as_deref()?)));
    let waiting: Vec<_> = waiting.filter(|(_, tasks)| tasks.line.iter().any(|length| *length > 0)).collect();
    let told = waiting.iter().map(|(app, tasks)| {
        let longest = tasks.line.iter().copied().max().unwrap_or(0);
        format!("{}: up to {} tasks wait", app.name, count(longest.into()))
    });
    let description = told.collect::<Vec<_>>().join("; ") + ".";
    let series = waiting.iter().map(|(app, tasks)| Series {
        name: app.name.clone(),
        values: tasks.line.iter().map(|length| f64::from(*length)).collect(),
        style: Style::Line,
    });
    let title = "Tasks that wait in line";
    let drawn = Drawn { id: "line", title, unit: "tasks", series: series.collect(), limits: Vec::new() };
    (!waiting.is_empty()).then(|| drawn.chart(base, &description, "Of each minute, the most that waited at once."))
}

/// A chart of minutes.
struct Drawn {
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    series: Vec<Series>,
    limits: Vec<Limit>,
}

impl Drawn {
    fn chart(self, base: &Evaluated<'_>, description: &str, reading: &str) -> Chart {
        let svg = chart::lines(&LineChart {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            description: description.to_owned(),
            start: minute_at(base.plan.start, 0),
            step_seconds: 60,
            unit: self.unit.to_owned(),
            series: self.series,
            limits: self.limits,
        });
        Chart {
            file_name: format!("{}.svg", self.id),
            title: self.title.to_owned(),
            svg,
            note: format!("{description} {reading}"),
            empty: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Outcome, bill, sample_plan, sample_run};
    use crate::sim::{AppRecord, MinuteRow, RetryRow, Tasks};

    fn charts_of(record: AppRecord) -> Vec<Chart> {
        let (plan, run) = (sample_plan(), sample_run(record));
        let bill = bill(&plan, &run);
        let outcome = Outcome::new(&run, &bill, vec![None]);
        charts(&Evaluated { name: "base", plan: &plan, run, bill, outcome, replications: Vec::new() })
    }

    #[test]
    fn the_worst_minute_and_the_longest_line_are_told() {
        let minutes = [10, 40, 20].map(|attempts| MinuteRow { attempts, ..MinuteRow::default() }).to_vec();
        let retries = vec![RetryRow { minute: 1, attempts: 24, ..RetryRow::default() }];
        let tasks = Some(Box::new(Tasks { line: vec![0, 7, 3], ..Tasks::default() }));
        let charts = charts_of(AppRecord { minutes, retries, tasks, ..AppRecord::default() });
        let [retries, line] = &charts[..] else { panic!("{charts:?}") };
        assert!(retries.note.contains("31 Dec 23:31 UTC: 40 attempts, of which 16 are first ones (2.50x)"));
        assert!(retries.svg.contains(">peak 40</text>"), "{}", retries.svg);
        assert!(line.note.starts_with("bot: up to 7 tasks wait."), "{}", line.note);
        assert_eq!(charts_of(AppRecord::default()).len(), 0, "no retries and no line: no chart");
    }
}
