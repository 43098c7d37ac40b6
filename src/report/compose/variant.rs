//! The figures of each variant and of its applications.

use super::spread::spread;
use super::work::retries;
use super::{Evaluated, app, bill, chargeback, pool};
use crate::histogram::Histogram;
use crate::ledger::Totals;
use crate::report::model;
use crate::report::money::Money;
use crate::sim::AppRecord;
use crate::units::Usd;
use jiff::Timestamp;
use std::borrow::Borrow;

/// Who pays for capacity that applications share; no application can have this name.
pub(super) const SHARED_CAPACITY: &str = "shared capacity";

pub(super) fn variants(evaluated: &[Evaluated<'_>]) -> Vec<model::Variant> {
    let mut variants: Vec<model::Variant> = Vec::new();
    for one in evaluated {
        let found = variant(one, variants.first());
        variants.push(found);
    }
    variants
}

/// One variant, and how it differs from the first.
pub(super) fn variant(one: &Evaluated<'_>, first: Option<&model::Variant>) -> model::Variant {
    let totals = totals_of(one);
    model::Variant {
        name: one.name.to_owned(),
        difference: first.map(|first| model::Difference::between(&first.totals, &totals)),
        totals,
        spread: spread(&one.replications, None),
        apps: app::apps(one),
        pools: pool::pools(one),
        latency: latency(&one.plan.felt_by_users().map(|app| &one.run.apps[app]).collect::<Vec<_>>()),
        lines: bill::lines(one),
        chargeback: chargeback::by_tags(one),
    }
}

/// The figures of all applications together.
#[must_use]
pub fn totals_of(one: &Evaluated<'_>) -> model::Totals {
    totals(&one.outcome.all, one.plan.start, &one.run.apps.iter().collect::<Vec<_>>())
}

pub(super) fn totals(totals: &Totals, start: Timestamp, records: &[&AppRecord]) -> model::Totals {
    model::Totals {
        arrivals: totals.arrivals,
        served: totals.served,
        gave_up: totals.gave_up,
        in_flight: totals.in_flight(),
        attempts: totals.attempts,
        throttled_attempts: totals.throttled_attempts,
        unavailable_attempts: totals.unavailable_attempts,
        spilled: totals.spilled,
        requests_throttled: totals.throttled_calls,
        truncated: totals.truncated,
        tokens: model::Tokens::of(totals.tokens),
        cost: model::Cost { total: money(totals.cost), month: money(totals.cost_month) },
        retries: retries(&totals.retries, start, records),
    }
}

pub(super) fn latency(records: &[&AppRecord]) -> model::Latency {
    model::Latency {
        ttft: percentiles(records.iter().map(|record| record.ttft.from_sending())),
        e2e: percentiles(records.iter().map(|record| record.e2e.from_sending())),
        wait: percentiles(records.iter().map(|record| &record.wait)),
        invocation: percentiles(records.iter().map(|record| record.e2e.from_admission())),
    }
}

pub(super) fn percentiles(histograms: impl IntoIterator<Item = impl Borrow<Histogram>>) -> Option<model::Percentiles> {
    let mut all = Histogram::default();
    histograms.into_iter().for_each(|histogram| all.merge(histogram.borrow()));
    let at = |per_thousand| all.percentile(per_thousand).0;
    (all.count() > 0).then(|| model::Percentiles {
        p50: at(500),
        p90: at(900),
        p95: at(950),
        p99: at(990),
        max: all.max().0,
    })
}

pub(super) fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}
