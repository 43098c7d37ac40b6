//! The share of attempts that were refused: of every variant, and of every app of the first.

use super::super::Evaluated;
use crate::report::chart::{self, LineChart, Series, Style};
use crate::report::format::count;
use crate::report::model::Chart;
use crate::sim::{AppRecord, MinuteRow, minute_at};

/// Minutes of one step of a chart.
const STEPS: [usize; 8] = [1, 5, 10, 30, 60, 360, 1_440, 10_080];
/// More steps than this and the lines of several variants hide each other.
const MOST_STEPS: usize = 170;

/// All variants in one chart; where apps differ under the first variant, these in another.
pub(super) fn charts(variants: &[Evaluated<'_>]) -> Vec<Chart> {
    let base = &variants[0];
    let by_app = || shares(base, "", by_app(base));
    if variants.len() == 1 {
        return vec![by_app()];
    }
    let mut charts = vec![shares(base, "", by_variant(variants))];
    if base.plan.apps.len() > 1 && base.outcome.all.throttled_attempts > 0 {
        charts.push(shares(base, "-by-app", self::by_app(base)));
    }
    charts
}

/// The minutes of something that a chart names.
struct Named {
    what: &'static str,
    rows: Vec<(String, Vec<MinuteRow>)>,
}

fn by_variant(variants: &[Evaluated<'_>]) -> Named {
    let rows = variants.iter().map(|one| (one.name.to_owned(), AppRecord::together(&one.run.apps)));
    Named { what: "variant", rows: rows.collect() }
}

fn by_app(base: &Evaluated<'_>) -> Named {
    let apps = base.plan.apps.iter().zip(&base.run.apps);
    Named { what: "app", rows: apps.map(|(app, record)| (app.name.clone(), record.minutes.clone())).collect() }
}

fn shares(base: &Evaluated<'_>, suffix: &str, named: Named) -> Chart {
    let longest = named.rows.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
    let step = STEPS.into_iter().find(|step| longest.div_ceil(*step) <= MOST_STEPS).unwrap_or(STEPS[STEPS.len() - 1]);
    let sentences: Vec<String> = named.rows.iter().map(|(name, rows)| refused(name, rows)).collect();
    let description = sentences.join("; ") + ".";
    let title = format!("Throttled share of attempts, by {}", named.what);
    let file = format!("throttled{suffix}");
    let series = |(name, rows): &(String, Vec<MinuteRow>)| Series {
        name: name.clone(),
        values: rows.chunks(step).map(percent).collect(),
        style: Style::Line,
    };
    let svg = chart::lines(&LineChart {
        id: file.clone(),
        title: title.clone(),
        description: description.clone(),
        start: minute_at(base.plan.start, 0),
        step_seconds: step as u64 * 60,
        unit: "%".to_owned(),
        series: named.rows.iter().map(series).collect(),
        limits: Vec::new(),
    });
    let quiet = named.rows.iter().flat_map(|(_, rows)| rows).all(|row| row.throttled == 0);
    let note = match quiet {
        true => format!("No attempt was refused at any time, under any {}.", named.what),
        false => format!("{description} Retries count as attempts of their own."),
    };
    Chart { file_name: format!("{file}.svg"), title, svg, note, empty: quiet }
}

fn refused(name: &str, rows: &[MinuteRow]) -> String {
    let sum = |value: fn(&MinuteRow) -> u32| rows.iter().map(|row| u64::from(value(row))).sum();
    let (throttled, attempts) = (sum(|row| row.throttled), sum(|row| row.attempts));
    format!("{name}: {} of {} attempts refused", count(throttled), count(attempts))
}

fn percent(rows: &[MinuteRow]) -> f64 {
    let sum = |value: fn(&MinuteRow) -> u32| rows.iter().map(|row| f64::from(value(row))).sum::<f64>();
    100.0 * sum(|row| row.throttled) / sum(|row| row.attempts).max(1.0)
}
