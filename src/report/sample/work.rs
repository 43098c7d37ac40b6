//! Tasks and retries in the report to test the renderers with.

use super::{FEMTO_PER_USD, report, usd_cents};
use crate::report::model::*;
use crate::report::money::Money;

/// The same report with tasks that are chains of calls, and retries that cost money.
pub fn working() -> Report {
    let mut report = report();
    let base = &mut report.variants[0];
    let retries = Retries {
        attempts: 5_000,
        throttled_attempts: 700,
        cut: 33,
        abandoned: 88,
        cost: usd_cents(1_100),
        abandoned_cost: usd_cents(400),
        worst_minute: Some(WorstMinute { minute: "2026-12-03T14:01:00Z".into(), attempts: 1_700, first_attempts: 500 }),
    };
    (base.totals.retries, base.apps[0].totals.retries) = (retries.clone(), retries);
    for variant in &mut report.variants {
        let answered = if variant.totals.gave_up > 0 { 1_300 } else { 12_300 };
        variant.apps[0].tasks = Some(tasks(answered));
    }
    report
}

fn tasks(answered: u64) -> Tasks {
    let at = |p50, p99| Percentiles { p50, p90: p99, p95: p99, p99, max: p99 };
    let dollars = |tenths: i128| Money::from(tenths * FEMTO_PER_USD / 1_000);
    Tasks {
        begun: 12_345,
        done: answered,
        failed: 12_330 - answered,
        shed: 15,
        conversations: 2_000,
        fallen_back: 7,
        calls: Some(CallsOfTask { total: 51_849, tasks: 12_345, p50: 4, p99: 9, max: 12 }),
        cost: Some(TaskCost {
            mean: dollars(18),
            p50: dollars(12),
            p90: dollars(51),
            p99: dollars(90),
            max: dollars(140),
            all: dollars(225_000),
        }),
        latency: Some(at(3_100_000, 9_400_000)),
        waited: Some(at(0, 1_200_000)),
        visible_tokens: Share { part: 200, whole: 2_400 },
        line_peak: 41,
        line_peak_minute: Some("2026-12-03T14:01:00Z".into()),
        at_once_peak: 91,
        ..Tasks::default()
    }
}
