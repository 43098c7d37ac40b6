//! Bought capacity, a prompt cache and two Regions in the report to test the renderers with.

use super::{CALLS, pool, report, usd_cents};
use crate::report::model::*;
use std::collections::BTreeMap;

/// The same report with bought capacity, a prompt cache, and calls that run in two Regions.
pub fn bought() -> Report {
    let mut report = report();
    let base = &mut report.variants[0];
    base.pools.insert(0, provisioned());
    let app = &mut base.apps[0];
    app.caching = Some(caching());
    app.executed.push(Executed { region: "us-west-2".into(), calls: 31 });
    app.lanes.insert(0, Lane { pool: base.pools[0].id.clone(), served: 88, spilled: 12, ..app.lanes[0].clone() });
    (app.account, app.throttled_by_fleet) = (Some("sandbox".into()), 9);
    app.jobs = Some(Jobs { submitted: 4, smallest: 250 });
    report
}

fn provisioned() -> Pool {
    let (cost, idle_cost) = (usd_cents(144_000), usd_cents(36_000));
    let fee = Fee {
        unit: "model unit hour".into(),
        units: 1,
        per_hour: usd_cents(6_000),
        cost,
        idle: Share { part: 250, whole: 1_000 },
        idle_cost,
    };
    let overflow = Overflow { spilled: 12, served: 11, tokens: Tokens::default(), cost: usd_cents(77) };
    let capacity = Capacity {
        term: "1_month".into(),
        input_tokens_per_minute: 60_000,
        output_tokens_per_minute: 12_000,
        input_used: Share { part: 1_000, whole: 4_000 },
        output_used: Share { part: 750, whole: 1_000 },
        fees: vec![fee],
        cost,
        idle_cost,
        overflow: Some(overflow),
    };
    let change =
        LimitChange { limit: "input_tokens_per_minute".into(), from: "2026-12-04T00:00:00Z".into(), amount: None };
    Pool {
        id: "claude-haiku-4-5 us-east-1 provisioned units".into(),
        limit: None,
        limits: BTreeMap::from([("input_tokens_per_minute".to_owned(), 60_000)]),
        by_limit: BTreeMap::new(),
        throttled_when: None,
        kind: PoolKind::Provisioned,
        changes: vec![change],
        capacity: Some(capacity),
        ..pool("us", 0, 1)
    }
}

fn caching() -> Caching {
    Caching {
        ttls: vec!["5m".into()],
        minimum_tokens: 4_096,
        calls: CALLS,
        read: Share { part: 71, whole: 100 },
        cacheable_tokens: 4_000_000,
        below_minimum_tokens: 55,
        rewritten_tokens: 1_000,
        rewritten_cost: Some(usd_cents(345)),
        written_at_once_tokens: 66,
        freed_quota_tokens: 3_000_000,
        freed_quota_peak: 4_200,
        worth: Some(Worth {
            none: usd_cents(1_200),
            five_minutes: usd_cents(1_155),
            one_hour: Some(usd_cents(690)),
            cheapest: "1h".into(),
            reads_to_pay_5m: Some(1),
            reads_to_pay_1h: Some(2),
        }),
    }
}
