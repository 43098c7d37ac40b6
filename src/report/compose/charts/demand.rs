//! What attempts ask of a pool, against its quota.

use super::super::Evaluated;
use super::super::pool::minutes;
use super::quota::{self, Step};
use crate::bedrock::quota::Limit;
use crate::plan::Pool;
use crate::report::chart::{self, LineChart, Series, Style};
use crate::report::format::{count, counted};
use crate::report::model::Chart;
use crate::sim::{MinuteRow, minute_at};
use jiff::Timestamp;

/// One chart for each pool that is limited in tokens per minute.
pub(super) fn by_pool(base: &Evaluated<'_>) -> Vec<Chart> {
    let all_minutes = base.run.apps.iter().map(|record| record.minutes.len()).max().unwrap_or(0);
    let pools = base.plan.pools.iter().enumerate();
    let quotas = pools.map(|(pool, plan)| (pool, quota::steps(base, plan, all_minutes.max(1))));
    let limited = quotas.filter(|(_, quota)| !quota.is_empty());
    limited.enumerate().map(|(place, (pool, quota))| against_quota(base, place, pool, &quota)).collect()
}

fn against_quota(base: &Evaluated<'_>, place: usize, pool: usize, quota: &[Step]) -> Chart {
    let minutes = minutes(base, pool);
    let name = &base.plan.pools[pool].id;
    let id = if place == 0 { "demand".to_owned() } else { format!("demand-{}", place + 1) };
    let title = format!("Demand against quota: {name}");
    let description = describe(&minutes, quota, base.plan.start) + &undrawn(base, pool);
    let svg = chart::lines(&LineChart {
        id: id.clone(),
        title: title.clone(),
        description: description.clone(),
        start: minute_at(base.plan.start, 0),
        step_seconds: 60,
        unit: "tokens per minute".to_owned(),
        series: vec![
            series("asked for at admission", Style::Area, &minutes, |row| row.offered),
            series("charged after settlement", Style::Line, &minutes, |row| row.charged),
        ],
        limits: quota::lines(quota, base.plan.start),
    });
    Chart {
        file_name: format!("{id}.svg"),
        title,
        svg,
        note: format!(
            "{description} An attempt asks for its input plus max_tokens, refused attempts and retries included; \
             it is charged its input plus output times burndown when it ends."
        ),
        empty: minutes.is_empty(),
    }
}

/// What refused attempts and has no line: limits of seconds, or of requests.
fn undrawn(base: &Evaluated<'_>, pool: usize) -> String {
    let limits = Pool::limits_among(&base.plan.pools, pool).zip(&base.plan.pools[pool].limits);
    let others = limits.filter(|(_, limit)| !limit.is_tokens_of_a_minute());
    let refusals = others.map(|(at, limit)| (limit, base.run.refusals[at])).filter(|(_, refused)| *refused > 0);
    let sentence = |(limit, refused): (&Limit, u64)| {
        let name = limit.name().replace('_', " ");
        format!(" Not drawn: {} {name}, which refused {}.", count(limit.amount), counted(refused, "attempt"))
    };
    refusals.map(sentence).collect()
}

fn describe(minutes: &[MinuteRow], quota: &[Step], start: Timestamp) -> String {
    let peak = minutes.iter().map(|row| row.offered).max().unwrap_or(0);
    let above = quota::above(quota, minutes);
    let verdict = match above {
        0 => "no minute asks for more".to_owned(),
        1 => "1 minute asks for more".to_owned(),
        _ => format!("{} ask for more", counted(above, "minute")),
    };
    format!(
        "Attempts ask for up to {} tokens in a minute, against a quota of {}; {verdict}.",
        count(peak),
        quota::words(quota, start)
    )
}

fn series(name: &str, style: Style, minutes: &[MinuteRow], value: fn(&MinuteRow) -> u64) -> Series {
    Series { name: name.to_owned(), values: minutes.iter().map(|row| value(row) as f64).collect(), style }
}
