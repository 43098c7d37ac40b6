//! The figures of each variant and of its applications.

use super::spread::spread;
use super::{Evaluated, pool};
use crate::bedrock::usage::Usage;
use crate::histogram::Histogram;
use crate::ledger::{Line, Totals};
use crate::report::model;
use crate::report::money::Money;
use crate::sim::AppRecord;
use crate::units::Usd;

pub(super) fn variants(evaluated: &[Evaluated<'_>]) -> Vec<model::Variant> {
    let mut variants: Vec<model::Variant> = Vec::new();
    for one in evaluated {
        let totals = totals(&one.outcome.all);
        let difference = variants.first().map(|base| model::Difference::between(&base.totals, &totals));
        variants.push(model::Variant {
            name: one.name.to_owned(),
            totals,
            difference,
            spread: spread(&one.replications, None),
            apps: apps(one),
            pools: pool::pools(one),
            latency: latency(&one.run.apps),
            lines: one.bill.by_rate().iter().map(|line| self::line(line, one)).collect(),
        });
    }
    variants
}

fn apps(one: &Evaluated<'_>) -> Vec<model::App> {
    let app = |(number, app): (usize, &crate::plan::App)| model::App {
        name: app.name.clone(),
        model: app.offer.model_id.clone(),
        region: app.offer.region.clone(),
        totals: totals(&one.outcome.apps[number]),
        latency: latency(std::slice::from_ref(&one.run.apps[number])),
        spread: spread(&one.replications, Some(number)),
    };
    one.plan.apps.iter().enumerate().map(app).collect()
}

fn totals(totals: &Totals) -> model::Totals {
    let Usage { uncached_input, cache_read, cache_write_5m, cache_write_1h, output } = totals.tokens;
    model::Totals {
        arrivals: totals.arrivals,
        served: totals.served,
        gave_up: totals.gave_up,
        in_flight: totals.in_flight(),
        attempts: totals.attempts,
        throttled_attempts: totals.throttled_attempts,
        requests_throttled: totals.throttled_calls,
        truncated: totals.truncated,
        tokens: model::Tokens { uncached_input, cache_read, cache_write_5m, cache_write_1h, output },
        cost: model::Cost { total: money(totals.cost), month: money(totals.cost_month) },
    }
}

fn latency(records: &[AppRecord]) -> model::Latency {
    model::Latency {
        ttft: percentiles(records.iter().map(|record| &record.ttft)),
        e2e: percentiles(records.iter().map(|record| &record.e2e)),
        wait: percentiles(records.iter().map(|record| &record.wait)),
    }
}

fn percentiles<'a>(histograms: impl Iterator<Item = &'a Histogram>) -> Option<model::Percentiles> {
    let mut all = Histogram::default();
    histograms.for_each(|histogram| all.merge(histogram));
    let at = |per_thousand| all.percentile(per_thousand).0;
    (all.count() > 0).then(|| model::Percentiles {
        p50: at(500),
        p90: at(900),
        p95: at(950),
        p99: at(990),
        max: all.max().0,
    })
}

/// One line as reports write it.
pub(super) fn line(line: &Line<'_>, one: &Evaluated<'_>) -> model::Line {
    let cited = &line.row.provenance;
    let origin = if cited.overlay { "your price book: " } else { "" };
    model::Line {
        app: one.plan.apps[line.app].name.clone(),
        sku: line.sku.to_string(),
        usage_class: line.sku.class.to_string(),
        quantity: line.quantity,
        unit: "token".to_owned(),
        rate: money(line.rate.times(1)),
        amount: money(line.amount()),
        source: format!("{origin}{}, checked {}", cited.title, cited.checked),
    }
}

pub(super) fn money(amount: Usd) -> Money {
    Money::from(amount.femtos())
}
