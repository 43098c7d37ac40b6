//! The figures of each application, and where its calls went.

use super::Evaluated;
use super::caching::caching;
use super::spread::spread;
use super::variant::{latency, totals};
use super::work::tasks;
use crate::plan::{Access, App, Lane};
use crate::report::model;
use crate::sim::AppRecord;

pub(super) fn apps(one: &Evaluated<'_>) -> Vec<model::App> {
    let records = one.plan.apps.iter().zip(&one.run.apps).enumerate();
    records.map(|(number, (app, record))| self::app(one, number, app, record)).collect()
}

fn app(one: &Evaluated<'_>, number: usize, app: &App, record: &AppRecord) -> model::App {
    let offer = &app.first().offer;
    model::App {
        name: app.name.clone(),
        model: app.own_targets().map(|target| target.name.to_owned()).collect::<Vec<_>>().join(" + "),
        region: offer.region.clone(),
        totals: totals(&one.outcome.apps[number], one.plan.start, &[record]),
        latency: latency(&[record]),
        spread: spread(&one.replications, Some(number)),
        account: app.first().account.clone(),
        tier: offer.tier.name().to_owned(),
        lanes: app.lanes.iter().enumerate().map(|(at, lane)| self::lane(one, lane, record.lane(at))).collect(),
        executed: executed(app, record),
        throttled_by_fleet: record.throttled_by_fleet,
        jobs: jobs(app, record),
        caching: caching(one, app, record),
        tasks: tasks(one, number),
        tags: app.tags.iter().cloned().collect(),
    }
}

fn lane(one: &Evaluated<'_>, lane: &Lane, record: &AppRecord) -> model::Lane {
    model::Lane {
        pool: one.plan.pools[lane.pool].id.clone(),
        tier: lane.offer.tier.name().to_owned(),
        served: record.sum(|row| row.served.into()),
        spilled: record.sum(|row| row.spilled.into()),
        throttled_attempts: record.sum(|row| row.throttled.into()),
    }
}

/// Calls by Region over all lanes, in the order of their first appearance.
fn executed(app: &App, record: &AppRecord) -> Vec<model::Executed> {
    let mut regions: Vec<model::Executed> = Vec::new();
    for (number, lane) in app.lanes.iter().enumerate() {
        for (region, calls) in executed_of(lane, record.lane(number)) {
            match regions.iter_mut().find(|known| known.region == region) {
                Some(known) => known.calls += calls,
                None => regions.push(model::Executed { region: region.to_owned(), calls }),
            }
        }
    }
    regions.retain(|region| region.calls > 0);
    regions
}

fn executed_of<'a>(lane: &'a Lane, record: &AppRecord) -> Vec<(&'a str, u64)> {
    if let [only] = lane.destinations.as_slice() {
        let admitted = record.sum(|row| (row.attempts - row.throttled - row.unavailable).into());
        return vec![(&only.region, admitted)];
    }
    lane.destinations.iter().map(|to| to.region.as_str()).zip(record.executed.iter().copied()).collect()
}

fn jobs(app: &App, record: &AppRecord) -> Option<model::Jobs> {
    let batch = app.lanes.iter().position(|lane| matches!(lane.access, Access::Batch(_)))?;
    let record = record.lane(batch);
    Some(model::Jobs { submitted: record.jobs, smallest: record.smallest_job })
}
