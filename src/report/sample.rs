//! A report to test the renderers with: a week of one-word answers under three variants.

mod bought;
mod work;

pub use bought::bought;
pub use work::working;

use super::model::*;
use super::money::Money;
use std::collections::BTreeMap;

const FEMTO_PER_USD: i128 = 1_000_000_000_000_000;
const CALLS: u64 = 7_257_600;
const PRICES: &str = "https://aws.amazon.com/bedrock/pricing/ checked 2026-11-03";

pub fn pages() -> Pages {
    let report = report();
    let days = days(&report.variants[0]);
    Pages { report, timeline: timeline(), days, charts: charts() }
}

pub fn report() -> Report {
    let mut variants = vec![
        variant("base", "us", CALLS, [1_100, 5_500]),
        variant("unset", "us", 786_240, [1_100, 5_500]),
        variant("global", "global", CALLS, [1_000, 5_000]),
    ];
    let first = variants[0].totals.clone();
    for variant in &mut variants[1..] {
        variant.difference = Some(Difference::between(&first, &variant.totals));
    }
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "tokencast".into(), version: "0.1.0".into() },
        scenario: Scenario {
            name: "support-triage".into(),
            about: Some("A one-word classifier, and what capping max_tokens buys.".into()),
            sha256: "5f2c".repeat(16),
        },
        price_book: PriceBook { sha256: "90ab".repeat(16), as_of: "2026-11-03".into() },
        seed: 7,
        period: Period {
            start: "2026-12-01T00:00:00Z".into(),
            end: "2026-12-08T00:00:00Z".into(),
            duration_us: 604_800_000_000,
        },
        forecast: Some(forecast()),
        budgets: budgets(&variants[0]),
        findings: findings(),
        assumptions: assumptions(),
        variants,
    }
}

/// A variant whose two rates are in billionths of a dollar per token.
fn variant(name: &str, via: &str, served: u64, rates: [i128; 2]) -> Variant {
    let model = format!("{via}.anthropic.claude-haiku-4-5-20251001-v1:0");
    let lines =
        vec![line(&model, "uncached_input", served * 42, rates[0]), line(&model, "output", served * 5, rates[1])];
    let femtodollars_per_call = (42 * rates[0] + 5 * rates[1]) * 1_000_000;
    let totals = totals(served, i128::from(served) * femtodollars_per_call);
    let latency = latency(if served < CALLS { 3 } else { 1 });
    let app = App {
        name: "triage".into(),
        model,
        region: "us-east-1".into(),
        totals: totals.clone(),
        latency: latency.clone(),
        spread: Some(spread(&totals)),
        account: None,
        tier: "standard".into(),
        lanes: vec![lane(via, &totals)],
        executed: vec![Executed { region: "us-east-1".into(), calls: served }],
        throttled_by_fleet: 0,
        jobs: None,
        caching: None,
        tasks: None,
        tags: BTreeMap::from([("team".to_owned(), "support".to_owned())]),
    };
    let pools = vec![pool(via, totals.throttled_attempts, if served < CALLS { 64_042 } else { 142 })];
    let spread = Some(spread(&totals));
    let difference = None;
    let chargeback = vec![chargeback(&totals)];
    Variant { name: name.into(), totals, difference, spread, apps: vec![app], pools, latency, lines, chargeback }
}

fn chargeback(totals: &Totals) -> Chargeback {
    let cost = totals.cost.total;
    let row = ChargebackRow {
        owner: "value".into(),
        value: "support".into(),
        apps: vec!["triage".into()],
        own: cost,
        shared: Money::from(0),
        cost,
    };
    Chargeback { tag: "team".into(), share: "usage".into(), rows: vec![row] }
}

fn lane(via: &str, totals: &Totals) -> Lane {
    Lane {
        pool: format!("claude-haiku-4-5 {via} us-east-1"),
        tier: "standard".into(),
        served: totals.served,
        spilled: 0,
        throttled_attempts: totals.throttled_attempts,
    }
}

fn line(model: &str, usage_class: &str, quantity: u64, billionths: i128) -> Line {
    let rate = Money::from(billionths * 1_000_000);
    Line {
        app: "triage".into(),
        sku: format!("{model} us-east-1 standard {usage_class}"),
        usage_class: usage_class.into(),
        quantity,
        unit: "token".into(),
        rate,
        amount: rate.times(i128::from(quantity)),
        source: PRICES.into(),
        pool: None,
        sold: Some(Sold {
            model: "claude-haiku-4-5".into(),
            model_id: model.into(),
            via: if model.starts_with("global") { "global" } else { "geo" }.into(),
            region: "us-east-1".into(),
            tier: "standard".into(),
            input_above: None,
        }),
        usage_type: None,
        list_rate: rate,
        list_amount: rate.times(i128::from(quantity)),
        discount: None,
        overlay: false,
        confidence: Some("high".into()),
        checked: Some(jiff::civil::date(2026, 11, 20)),
        days: (1..=7).map(|day| line_day(day, quantity / 7, rate)).collect(),
    }
}

fn line_day(day: i8, quantity: u64, rate: Money) -> LineDay {
    LineDay { day: jiff::civil::date(2026, 12, day), quantity, amount: rate.times(i128::from(quantity)) }
}

fn totals(served: u64, cost_femtodollars: i128) -> Totals {
    let cost = Money::from(cost_femtodollars);
    let lost = CALLS - served;
    let throttled = if lost == 0 { 1_204 } else { lost + 240_000 };
    Totals {
        arrivals: CALLS,
        served,
        gave_up: lost,
        attempts: CALLS + throttled + lost,
        throttled_attempts: throttled + lost + 106,
        requests_throttled: throttled,
        tokens: Tokens { uncached_input: served * 42, output: served * 5, ..Tokens::default() },
        cost: Cost { total: cost, month: Money::from(cost_femtodollars * 730 / 168) },
        ..Totals::default()
    }
}

fn usd_cents(cents: i128) -> Money {
    Money::from(cents * FEMTO_PER_USD / 100)
}

fn latency(slowdown: u64) -> Latency {
    let ttft = Percentiles { p50: 410_000, p90: 690_000, p95: 842_000, p99: 1_310_000, max: 4_020_000 };
    let e2e = Percentiles {
        p50: 452_000 * slowdown,
        p90: 741_000 * slowdown,
        p95: 904_000 * slowdown,
        p99: 1_402_000 * slowdown,
        max: 65_200_000,
    };
    let wait = Percentiles { max: 3_120_000 * slowdown, ..Percentiles::default() };
    Latency { ttft: Some(ttft), e2e: Some(e2e), wait: Some(wait), invocation: Some(e2e) }
}

fn pool(via: &str, throttled_attempts: u64, reserved_per_call: u64) -> Pool {
    let limits = [("requests_per_minute", 10_000), ("tokens_per_minute", 5_000_000)];
    let limits: BTreeMap<String, u64> = limits.map(|(name, limit)| (name.to_owned(), limit)).into();
    Pool {
        id: format!("claude-haiku-4-5 {via} us-east-1"),
        limit: Some(5_000_000),
        limits,
        reserved_peak: (reserved_per_call * 35_211).min(4_999_962),
        charged_peak: 67 * 720,
        throttled_attempts,
        by_limit: BTreeMap::from([("tokens_per_minute".to_owned(), throttled_attempts)]),
        throttled_when: Some(ThrottledWhen {
            minutes: 3,
            first_minute: "2026-12-03T14:00:00Z".into(),
            last_minute: "2026-12-03T14:02:00Z".into(),
            worst_minute: "2026-12-03T14:01:00Z".into(),
            worst_minute_throttled_attempts: 733,
        }),
        kind: PoolKind::Quota,
        account: None,
        changes: Vec::new(),
        capacity: None,
    }
}

fn spread(totals: &Totals) -> Spread {
    let share = totals.throttled_share();
    let worse = Share { part: share.part + 310, ..share };
    let quantiles = |p50: Money| Quantiles { p50, p90: p50 - usd_cents(-1_913) };
    Spread {
        replications: 50,
        cost: CostSpread { total: quantiles(totals.cost.total), month: quantiles(totals.cost.month) },
        throttled_requests: Quantiles { p50: share, p90: worse },
        throttled_attempts: Quantiles { p50: share, p90: worse },
        gave_up: Quantiles { p50: share, p90: share },
    }
}

fn forecast() -> Forecast {
    let month = |month: &str, days: [u32; 2], cents: [i128; 2]| Month {
        month: month.into(),
        days_covered: days[0],
        days_in_month: days[1],
        cost: Quantiles { p50: usd_cents(cents[0]), p90: usd_cents(cents[1]) },
    };
    Forecast {
        months: vec![
            month("2026-12", [31, 31], [236_881, 251_204]),
            month("2027-01", [31, 31], [255_832, 279_911]),
            month("2027-02", [14, 28], [124_019, 140_377]),
        ],
        replications: 50,
        budget_exhausted_on: Some("2027-01-22".into()),
        budget_exhausted_on_p90: Some("2027-01-17".into()),
        budget: Some(usd_cents(400_000)),
    }
}

fn budgets(base: &Variant) -> Vec<Budget> {
    let budget = |expr: &str, observed: Measure, limit: Measure, held: bool| Budget {
        expr: expr.into(),
        variant: "base".into(),
        observed: Some(observed),
        limit,
        held,
    };
    let (cost, share) = (base.totals.cost.month, base.totals.throttled_share());
    let thousandth = Share { part: 1, whole: 1_000 };
    vec![
        budget("cost.month < 2_000 USD", Measure::Usd(cost), Measure::Usd(usd_cents(200_000)), false),
        budget("throttled.requests{app=triage} <= 0.1%", Measure::Share(share), Measure::Share(thousandth), true),
        budget("latency.ttft.p95{app=triage} < 2s", Measure::DurationUs(842_000), Measure::DurationUs(2_000_000), true),
    ]
}

fn findings() -> Vec<Finding> {
    vec![
        Finding {
            code: "max-tokens-unset".into(),
            severity: Severity::Warning,
            message: "Without max_tokens Bedrock reserves the model's maximum of 64,000 output \
                      tokens for each call, 451 times what the call needs."
                .into(),
            place: "variants.unset.apps.triage.max_tokens".into(),
            advice: Some("Set max_tokens to 100: the longest answer has 12 tokens.".into()),
        },
        Finding {
            code: "quota-headroom".into(),
            severity: Severity::Info,
            message: "At its peak the pool has no tokens per minute left.".into(),
            place: "account.quotas[0]".into(),
            advice: None,
        },
    ]
}

fn assumptions() -> Vec<Assumption> {
    vec![
        Assumption {
            name: "Quota window".into(),
            value: "clock_minute".into(),
            note: "AWS does not say how a minute is counted; here it is the minute of the UTC clock.".into(),
            source: None,
        },
        Assumption {
            name: "Quota".into(),
            value: "5,000,000 tokens per minute".into(),
            note: "The default of a new account may be lower.".into(),
            source: Some("https://docs.aws.amazon.com/bedrock/latest/userguide/quotas.html".into()),
        },
    ]
}

fn timeline() -> Vec<TimelineRow> {
    let row = |second: i64, throttled: u64| TimelineRow {
        variant: "base".into(),
        minute: jiff::Timestamp::constant(1_796_083_200 + second, 0),
        app: "triage".into(),
        pool: "claude-haiku-4-5 us us-east-1".into(),
        arrivals: 720,
        attempts: 720 + throttled,
        throttled_attempts: throttled,
        gave_up: 0,
        served: 720,
        truncated: 0,
        offered_tokens: 142 * (720 + throttled),
        reserved_tokens: 142 * 720,
        charged_tokens: 67 * 720,
        input_tokens: 42 * 720,
        output_tokens: 5 * 720,
        minutes: 1,
        unavailable_attempts: 0,
        spilled: 0,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        retries: throttled,
        retries_cut: 0,
        abandoned: 0,
        line: 0,
    };
    vec![row(0, 0), row(60, 12)]
}

fn days(base: &Variant) -> Vec<DayLine> {
    let day = |day: i8, line: &Line| DayLine {
        variant: base.name.clone(),
        day: jiff::civil::date(2026, 12, day),
        line: Line {
            quantity: line.quantity / 7,
            amount: line.rate.times(i128::from(line.quantity / 7)),
            ..line.clone()
        },
    };
    (1..=7).flat_map(|number| base.lines.iter().map(move |line| day(number, line))).collect()
}

fn charts() -> Vec<Chart> {
    let chart = |name: &str, title: &str| Chart {
        file_name: format!("{name}.svg"),
        title: title.into(),
        svg: format!(
            "<svg viewBox=\"0 0 720 240\" role=\"img\" aria-label=\"{title}\"><rect width=\"720\" \
             height=\"240\" fill=\"none\" stroke=\"currentColor\" opacity=\".3\"/><polyline \
             fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
             points=\"0,200 90,190 180,90 270,60 360,80 450,140 540,70 630,110 720,190\"/></svg>"
        ),
        note: "One point a minute; the numbers are in timeline.csv.".into(),
        empty: false,
    };
    vec![
        chart("demand", "Demand against quota"),
        chart("throttled", "Throttled share"),
        chart("cost", "Cost per day by app"),
    ]
}

/// Compares `text` with a checked-in file, or writes that file when `TOKENCAST_BLESS` is set.
pub fn assert_golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("TOKENCAST_BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden folder is writable");
    }
    let golden = std::fs::read_to_string(&path).expect("the golden file is checked in");
    assert!(text == golden, "{name} differs; TOKENCAST_BLESS=1 accepts this:\n{text}");
}
