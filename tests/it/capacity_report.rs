//! What a report says of bought capacity, caches and quotas that change, against its own bill and totals.

use crate::bundled::Traces;
use tokencast::document::Source;
use tokencast::pipeline::prepare;
use tokencast::pricing;
use tokencast::report::files;
use tokencast::report::model::{App, Pages, Pool, PoolKind};
use tokencast::report::money::Money;
use tokencast::traffic::Progress;

/// Over the day on which one quota grows and the limit per model gives way to the one across models.
const MIXED: &str = "
name: mixed
seed: 3
start: 2026-09-20T18:00:00Z
horizon: 12h
account:
  rules: {shared_throttled: 2%, unavailable: 1%}
  quotas:
    - {model: llama-3-1-70b, via: on_demand, region: us-west-2, tokens_per_minute: 300k}
    - model: claude-sonnet-4-6
      via: geo
      region: us-east-1
      tokens_per_minute: [{from: 2026-09-01, limit: 200k}, {from: 2026-09-21, limit: 900k}]
  provisioned:
    units: {model: llama-3-1-70b, region: us-west-2, units: 2, term: none, price: 60 USD,
      input_tokens_per_minute: 20k, output_tokens_per_minute: 4k}
  reserved:
    - {model: claude-sonnet-4-5, via: geo, region: us-east-1, term: 1_month,
       input_tokens_per_minute: 100k, output_tokens_per_minute: 10k}
accounts:
  sandbox: {quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 60k}]}
apps:
  chat:
    {model: meta.llama3-1-70b-instruct-v1:0, region: us-west-2, provisioned: units, fallback: on_demand,
     max_tokens: 300, traffic: {rate: 1/s, input: 1_000, output: 100}}
  agent:
    {model: us.anthropic.claude-sonnet-4-5-20250929-v1:0, region: us-east-1, tier: reserved,
     max_tokens: 300, traffic: {rate: 1/s, input: 2_000, output: 100}}
  assistant:
    {model: us.anthropic.claude-sonnet-4-6, region: us-east-1, max_tokens: 300,
     routing: {us-east-1: 3, us-west-2: 1}, prompt: {system: 6_000, cache: 5m},
     traffic: {rate: 12/h, input: 400, output: 100}}
  nightly:
    {model: us.meta.llama3-1-70b-instruct-v1:0, region: us-west-2, tier: batch, batch: {every: 2h, takes: 1h},
     max_tokens: 300, traffic: {rate: 10/min, input: 500, output: 100}}
  trial:
    {model: us.anthropic.claude-haiku-4-5-20251001-v1:0, region: us-east-1, account: sandbox,
     max_tokens: 300, traffic: {rate: 20/min, input: 500, output: 100}}
";

fn mixed() -> Pages {
    let book = pricing::bundled().expect("the bundled price book is good");
    let prepared = prepare(&Source::new("mixed.yaml", MIXED), &book, &Traces).unwrap_or_else(|bad| panic!("{bad:?}"));
    prepared.evaluate(&Traces, &Progress::default()).expect("it has no traces")
}

fn pool<'a>(pages: &'a Pages, id: &str) -> &'a Pool {
    let pools = &pages.report.variants[0].pools;
    pools.iter().find(|pool| pool.id == id).unwrap_or_else(|| panic!("no pool {id} among {pools:#?}"))
}

fn app<'a>(pages: &'a Pages, name: &str) -> &'a App {
    pages.report.variants[0].apps.iter().find(|app| app.name == name).expect("the app is there")
}

#[test]
fn bought_capacity_costs_what_its_lines_say_and_all_calls_are_within_or_beyond_it() {
    let pages = mixed();
    let variant = &pages.report.variants[0];
    let bought = [
        ("llama-3-1-70b us-west-2 provisioned units", "chat", PoolKind::Provisioned),
        ("claude-sonnet-4-5 geo us-east-1 reserved", "agent", PoolKind::Reserved),
    ];
    for (id, name, kind) in bought {
        let (pool, app) = (pool(&pages, id), app(&pages, name));
        let capacity = pool.capacity.as_ref().expect("it was bought");
        let lines = variant.lines.iter().filter(|line| line.pool.as_deref() == Some(id));
        assert_eq!(lines.map(|line| line.amount).sum::<Money>(), capacity.cost, "{id}");
        assert_eq!(pool.kind, kind);
        let overflow = capacity.overflow.as_ref().expect("it has another way");
        assert!(overflow.spilled > 0 && capacity.idle_cost > Money::default(), "{id} shows nothing");
        let tokens = &app.totals.tokens;
        assert_eq!(capacity.input_used.part + overflow.tokens.uncached_input, tokens.uncached_input);
        assert_eq!(capacity.output_used.part + overflow.tokens.output, tokens.output);
        assert_eq!(app.lanes.iter().map(|lane| lane.served).sum::<u64>(), app.totals.served);
        assert_eq!((app.lanes[0].spilled, app.lanes[1].served), (overflow.spilled, overflow.served));
        assert_eq!(overflow.cost, app.totals.cost.total, "tokens that capacity pays for have no price of their own");
        assert_eq!(capacity.input_used.whole, capacity.input_tokens_per_minute * 720);
    }
}

#[test]
fn the_bill_with_shared_capacity_still_sums_to_the_total() {
    let variant = &mixed().report.variants[0];
    assert_eq!(variant.lines.iter().map(|line| line.amount).sum::<Money>(), variant.totals.cost.total);
    let shared = variant.lines.iter().filter(|line| line.app == "shared capacity" && line.pool.is_some());
    let (idle, used): (Vec<_>, Vec<_>) = shared.partition(|line| line.usage_class == "idle");
    assert_eq!((used.len(), idle.len()), (3, 3), "one price of units, two of the reserved tier");
}

#[test]
fn a_limit_that_does_not_hold_is_never_a_number() {
    let pages = mixed();
    let none = (1_u64 << 62).to_string();
    for (name, text) in files(&pages) {
        let digits: String = text.chars().filter(|letter| *letter != ',').collect();
        let told = digits.lines().find(|line| line.contains(&none));
        assert!(told.is_none(), "{name}: {told:?}");
    }
    let across = pool(&pages, "all models us-east-1");
    assert!(across.limits.is_empty(), "before its first day");
    assert_eq!(across.changes[0].from, "2026-09-21T00:00:00Z");
    assert!(across.changes[0].amount.is_some());
    let sonnet = pool(&pages, "claude-sonnet-4-6 geo us-east-1");
    let changes: Vec<_> = sonnet.changes.iter().map(|change| (change.limit.as_str(), change.amount)).collect();
    assert!(changes.contains(&("tokens_per_minute", Some(900_000))), "{changes:?}");
    assert!(changes.contains(&("tokens_per_day", None)), "{changes:?}");
    assert_eq!(sonnet.limit, Some(200_000));
}

#[test]
fn rare_calls_say_that_an_hour_pays_and_what_five_minutes_lost() {
    let pages = mixed();
    let assistant = app(&pages, "assistant");
    let caching = assistant.caching.as_ref().expect("it caches");
    let tokens = &assistant.totals.tokens;
    assert_eq!(caching.read.part, tokens.cache_read);
    let input = tokens.cache_read + tokens.cache_write_5m + tokens.cache_write_1h + tokens.uncached_input;
    assert_eq!(caching.read.whole, input);
    assert_eq!((caching.ttls.as_slice(), caching.minimum_tokens), (["5m".to_owned()].as_slice(), 1_024));
    let worth = caching.worth.as_ref().expect("its tokens have a price");
    assert_eq!((worth.reads_to_pay_5m, worth.reads_to_pay_1h), (Some(1), Some(2)));
    assert_eq!(worth.cheapest, "1h", "about twelve calls an hour: {worth:?}");
    assert!(caching.rewritten_tokens > 0 && caching.rewritten_cost > Some(Money::default()));
    assert_eq!(caching.freed_quota_tokens, tokens.cache_read);
}

#[test]
fn calls_are_told_by_region_account_and_job() {
    let pages = mixed();
    let ran = &app(&pages, "assistant").executed;
    assert_eq!(ran.iter().map(|ran| ran.region.as_str()).collect::<Vec<_>>(), ["us-east-1", "us-west-2"]);
    for app in &pages.report.variants[0].apps {
        let totals = &app.totals;
        let refused = totals.throttled_attempts + totals.unavailable_attempts;
        let admitted: u64 = app.executed.iter().map(|ran| ran.calls).sum();
        assert_eq!(admitted + refused, totals.attempts, "{}", app.name);
        assert!(app.throttled_by_fleet <= totals.throttled_attempts);
    }
    assert_eq!(app(&pages, "trial").account.as_deref(), Some("sandbox"));
    assert_eq!(pool(&pages, "claude-haiku-4-5 geo us-east-1 in sandbox").account.as_deref(), Some("sandbox"));
    let nightly = app(&pages, "nightly");
    assert_eq!(nightly.jobs.expect("it sends batches").submitted, 5, "the sixth would begin as the run ends");
    let batch = pool(&pages, "llama-3-1-70b geo us-west-2 batch");
    assert_eq!((batch.kind, batch.limits.len()), (PoolKind::Batch, 0));
}
