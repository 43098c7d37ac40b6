//! Money: a scenario bound to the whole bundled price book, and a year of hourly usage of fifty applications priced.

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::hint::black_box;
use tokencast::bedrock::usage::Usage;
use tokencast::document::Source;
use tokencast::ledger::{PeriodUsage, token_lines, usage_by};
use tokencast::plan::{self, Plan};
use tokencast::pricing::{self, PriceBook};
use tokencast::scenario::{self, Scenario};
use tokencast::sim::{AppRecord, LongRow, MinuteRow};
use tokencast::units::Usd;

const APPS: usize = 50;
const HOURS: i64 = 365 * 24;
const USED: Usage =
    Usage { uncached_input: 40_000, cache_read: 900_000, cache_write_5m: 60_000, cache_write_1h: 0, output: 25_000 };

fn book() -> PriceBook {
    pricing::bundled().unwrap_or_else(|problems| panic!("{}", problems.render()))
}

/// Fifty applications on one model, by a profile and with a cache.
fn written() -> Scenario {
    let app = |number: usize| {
        format!(
            "  app-{number}: {{model: us.anthropic.claude-sonnet-4-6, region: us-east-1, max_tokens: 900, tags: {{team: t{}}}, \
             prompt: {{system: 4_000, cache: {{ttl: 5m}}}}, traffic: {{rate: 1/s, input: 400, output: 90}}}}\n",
            number % 7
        )
    };
    let apps: String = (0..APPS).map(app).collect();
    let text = format!("name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 365d\napps:\n{apps}");
    let file = scenario::parse(&Source::new("t.yaml", text)).unwrap_or_else(|problems| panic!("{}", problems.render()));
    file.base
}

fn bound(scenario: &Scenario, book: &PriceBook) -> Plan {
    plan::bind(scenario, book).unwrap_or_else(|problems| panic!("{}", problems.render()))
}

fn binding(criterion: &mut Criterion) {
    let (scenario, book) = (written(), book());
    criterion.bench_function("bind fifty applications", |bencher| bencher.iter(|| bound(black_box(&scenario), &book)));
    let mut one = scenario;
    one.apps.0.truncate(1);
    criterion.bench_function("bind one application", |bencher| bencher.iter(|| bound(black_box(&one), &book)));
}

fn billing(criterion: &mut Criterion) {
    let plan = bound(&written(), &book());
    let hour = |hour: i64| {
        let from = plan.start + jiff::SignedDuration::from_hours(hour);
        PeriodUsage { from, day: from.to_zoned(TimeZone::UTC).date(), usage: USED, long: Usage::default() }
    };
    let hours: Vec<PeriodUsage> = (0..HOURS).map(hour).collect();
    let year = || -> Usd {
        let of_app = |(number, app): (usize, &plan::App)| -> Usd {
            token_lines(number, app.first(), black_box(&hours)).map(|line| black_box(line).amount()).sum()
        };
        plan.apps.iter().enumerate().map(of_app).sum()
    };
    let mut group = criterion.benchmark_group("bill");
    group.sample_size(20);
    group.bench_function("a year of hourly lines, fifty applications", |bencher| bencher.iter(year));
    let minutes = vec![MinuteRow { usage: USED, ..MinuteRow::default() }; HOURS as usize * 60];
    let long = vec![LongRow { minute: 7, usage: USED }];
    let record = AppRecord { minutes, long, ..AppRecord::default() };
    let start: Timestamp = plan.start;
    group.bench_function("minutes of a year to hours, one application", |bencher| {
        bencher.iter(|| usage_by(black_box(&record), start, 60));
    });
    group.finish();
}

criterion_group!(benches, binding, billing);
criterion_main!(benches);
