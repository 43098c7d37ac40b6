//! Which charts a report shows, and in which words.

use super::Evaluated;
use super::pool::{minute_at, minutes, tokens_per_minute};
use crate::report::chart::{self, BarChart, Layer, Limit, LineChart, Series, Style, si};
use crate::report::format::count;
use crate::report::model::Chart;
use crate::sim::MinuteRow;

/// The charts of the scenario as written, in reading order.
pub(super) fn charts(base: &Evaluated<'_>) -> Vec<Chart> {
    let demand = (0..base.plan.pools.len()).filter(|pool| tokens_per_minute(&base.plan.pools[*pool]).is_some());
    let mut charts: Vec<Chart> = demand.map(|pool| demand_against_quota(base, pool)).collect();
    charts.push(throttled_share(base));
    charts.push(cost_per_day(base));
    charts
}

fn demand_against_quota(base: &Evaluated<'_>, number: usize) -> Chart {
    let pool = &base.plan.pools[number];
    let minutes = minutes(base, number);
    let quota = tokens_per_minute(pool).unwrap_or(0);
    let peak = minutes.iter().map(|row| row.offered).max().unwrap_or(0);
    let above = minutes.iter().filter(|row| row.offered > quota).count();
    let description = format!(
        "Attempts ask for up to {} tokens in a minute against a quota of {}; {} minutes ask for more than the quota.",
        count(peak),
        count(quota),
        count(above as u64)
    );
    let series = |name: &str, style, value: fn(&MinuteRow) -> u64| Series {
        name: name.to_owned(),
        values: minutes.iter().map(|row| value(row) as f64).collect(),
        style,
    };
    let svg = chart::lines(&LineChart {
        id: format!("demand-{number}"),
        title: format!("Demand against quota: {}", pool.id),
        description: description.clone(),
        start: minute_at(base.plan.start, 0),
        step_seconds: 60,
        unit: "tokens per minute".to_owned(),
        series: vec![
            series("asked for at admission", Style::Area, |row| row.offered),
            series("charged after settlement", Style::Line, |row| row.charged),
        ],
        limits: vec![Limit { name: format!("quota {}", si(quota as f64)), value: quota as f64 }],
    });
    let suffix = if number == 0 { String::new() } else { format!("-{}", number + 1) };
    Chart {
        file_name: format!("demand{suffix}.svg"),
        title: format!("Demand against quota, {}", pool.id),
        svg,
        note: format!(
            "{description} An attempt asks for its input plus max_tokens, refused attempts and retries included; \
             it is charged its input plus output times burndown when it ends. Source: timeline.csv."
        ),
    }
}

fn throttled_share(base: &Evaluated<'_>) -> Chart {
    let percent = |row: &MinuteRow| 100.0 * f64::from(row.throttled) / f64::from(row.attempts.max(1));
    let apps = base.plan.apps.iter().zip(&base.run.apps);
    let series: Vec<Series> = apps
        .map(|(app, record)| Series {
            name: app.name.clone(),
            values: record.minutes.iter().map(percent).collect(),
            style: Style::Line,
        })
        .collect();
    let all = &base.outcome.all;
    let description = format!(
        "{} of {} attempts were refused for want of quota.",
        count(all.throttled_attempts),
        count(all.attempts)
    );
    let svg = chart::lines(&LineChart {
        id: "throttled".to_owned(),
        title: "Throttled share of attempts".to_owned(),
        description: description.clone(),
        start: minute_at(base.plan.start, 0),
        step_seconds: 60,
        unit: "%".to_owned(),
        series,
        limits: Vec::new(),
    });
    Chart {
        file_name: "throttled.svg".to_owned(),
        title: "Throttled share of attempts, by minute and app".to_owned(),
        svg,
        note: format!("{description} Retries count as attempts of their own. Source: timeline.csv."),
    }
}

fn cost_per_day(base: &Evaluated<'_>) -> Chart {
    let days: Vec<_> = base.outcome.days.iter().map(|(day, _)| *day).collect();
    let dollars = |app: usize, day| {
        let cost = base.bill.sum(|line| line.app == app && line.day == day);
        cost.femtos() as f64 / 1e15
    };
    let apps = base.plan.apps.iter().enumerate();
    let layers = apps
        .map(|(number, app)| Layer {
            name: app.name.clone(),
            values: days.iter().map(|day| dollars(number, *day)).collect(),
        })
        .collect();
    let description = format!("Cost of each UTC day by app, over {} days.", count(days.len() as u64));
    let svg = chart::bars(&BarChart {
        id: "cost".to_owned(),
        title: "Cost per day by app".to_owned(),
        description: description.clone(),
        unit: "USD".to_owned(),
        categories: days.iter().map(|day| day.strftime("%b %-d").to_string()).collect(),
        layers,
    });
    Chart {
        file_name: "cost.svg".to_owned(),
        title: "Cost per day, by app".to_owned(),
        svg,
        note: format!("{description} Billed on the day on which a call ends. Source: lines.csv."),
    }
}
