//! A trace that is replayed as it was recorded is billed as a plain sum over its rows.

use jiff::civil::date;
use std::io::{self, Cursor, Read};
use tokencast::bedrock::tier::Tier;
use tokencast::bedrock::usage::{Usage, UsageClass};
use tokencast::document::Source;
use tokencast::pipeline::prepare;
use tokencast::pricing;
use tokencast::report::model::Report;
use tokencast::report::money::Money;
use tokencast::trace::{Blocks, Given, Outcome, Row, csv, store};
use tokencast::traffic::{Progress, TraceFiles};

const HAIKU: &str = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const NOVA: &str = "us.amazon.nova-2-lite-v1:0";

/// What the rows are of: the name of the app, the profile and the tier.
const APPS: [(&str, &str, Tier); 4] = [
    ("triage", HAIKU, Tier::Standard),
    ("drafts", NOVA, Tier::Standard),
    ("nightly", NOVA, Tier::Flex),
    ("chat", NOVA, Tier::Priority),
];

const COLUMNS: &str = "time: {column: time, format: wall_clock}, input: uncached_input, input_includes_cache: false, \
    cache_read: cache_read, cache_write_5m: cache_write_5m, cache_write_1h: cache_write_1h, output: output, \
    max_tokens: max_tokens, truncated: truncated, model: model, region: region, tier: tier, outcome: outcome, ";

/// Calls a second or so apart, some of which were throttled and some cut. Claude writes for both times to live.
fn rows() -> Vec<Row> {
    let mut drawn = 7_u64;
    let mut draw = |below: u64| {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (drawn >> 33) % below
    };
    let mut at_us = 1_793_600_000_000_000;
    let row = |_| {
        at_us += 1 + draw(1_700_000) as i64;
        let (_, model, tier) = APPS[draw(4) as usize];
        let outcome = if draw(20) == 0 { Outcome::Throttled } else { Outcome::Answered };
        let max_tokens = 1 + draw(900);
        let mut usage = Usage {
            uncached_input: 1 + draw(4_000),
            cache_read: draw(3) * draw(9_000),
            cache_write_5m: draw(2) * draw(5_000),
            cache_write_1h: if model == HAIKU { draw(2) * draw(5_000) } else { 0 },
            output: 1 + draw(max_tokens),
        };
        if outcome == Outcome::Throttled {
            usage = Usage::default();
        }
        Row {
            at_us,
            model: Some(model.into()),
            region: Some("us-east-1".into()),
            tier: (tier != Tier::Standard).then(|| tier.name().into()),
            outcome,
            usage,
            max_tokens: u32::try_from(max_tokens).ok(),
            truncated: usage.output == max_tokens,
            ..Row::default()
        }
    };
    (0..3_000).map(row).collect()
}

/// The sum over all rows of tokens times the rate of the price book, in femtodollars.
fn plain_sum(rows: &[Row]) -> i128 {
    let book = pricing::bundled().expect("the bundled price book is good");
    let cost = |row: &Row| {
        let found = book.resolve(row.model.as_deref().expect("a model")).expect("a known model");
        let tier = row.tier.as_deref().map_or(Some(Tier::Standard), Tier::named).expect("a tier");
        let rates = found.model.rates(found.via, "us-east-1", tier, date(2026, 12, 1)).expect("a price");
        let used = UsageClass::ALL.into_iter().filter(|class| row.usage.of(*class) > 0);
        used.map(|class| rates.rate(class).expect("a price").femtos() * i128::from(row.usage.of(class))).sum::<i128>()
    };
    rows.iter().map(cost).sum()
}

/// Each app replays its own rows of the file.
fn scenario(file: &str, columns: &str) -> String {
    let mut text = "name: replays\nstart: 2026-12-01T00:00:00Z\naccount:\n  quotas:\n".to_owned();
    for model in ["claude-haiku-4-5", "nova-2-lite"] {
        text += &format!(
            "    - {{model: {model}, via: geo, region: us-east-1, tokens_per_minute: 1B, requests_per_minute: 1M}}\n"
        );
    }
    text += "apps:\n";
    for (name, model, tier) in APPS {
        let tier = tier.name();
        let only = format!("where: {{model: '{model}', region: us-east-1, tier: {tier}}}");
        text += &format!(
            "  {name}:\n    model: {model}\n    region: us-east-1\n    tier: {tier}\n    max_tokens: 9\n    \
             traffic: {{trace: {{file: {file}, {columns}recorded: [max_tokens, cache], {only}}}}}\n"
        );
    }
    text
}

struct One(Vec<u8>);

impl TraceFiles for One {
    fn open(&self, _: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }
}

fn replayed(scenario: &str, file: Vec<u8>) -> Report {
    let (files, book) = (One(file), pricing::bundled().expect("the bundled price book is good"));
    let source = Source::new("replays.yaml", scenario);
    let prepared = prepare(&source, &book, &files).unwrap_or_else(|refused| panic!("{refused:?}"));
    prepared.evaluate(&files, &Progress::default()).expect("it can be read").report
}

#[track_caller]
fn is_billed_as_recorded(report: &Report, rows: &[Row]) {
    let answered = rows.iter().filter(|row| row.outcome == Outcome::Answered).count() as u64;
    let totals = &report.variants[0].totals;
    assert_eq!(totals.served, answered);
    assert_eq!(totals.cost.total, Money::from(plain_sum(rows)));
    let cut = rows.iter().filter(|row| row.truncated && row.outcome == Outcome::Answered).count() as u64;
    assert!(cut > 0);
    let told: Vec<_> = report.assumptions.iter().filter(|it| it.value.contains("were cut at max_tokens")).collect();
    assert_eq!(told.len(), APPS.len());
}

#[test]
fn rows_of_a_csv_file_are_billed_to_the_last_femtodollar_as_their_plain_sum() {
    let (rows, mut file) = (rows(), Vec::new());
    csv::write(&mut Given(rows.clone().into_iter()), &mut file).expect("memory");
    is_billed_as_recorded(&replayed(&scenario("calls.csv", COLUMNS), file), &rows);
}

#[test]
fn rows_of_a_store_are_billed_to_the_last_femtodollar_as_their_plain_sum() {
    let (rows, mut file) = (rows(), Vec::new());
    store::write(&mut Given(rows.clone().into_iter()), &[], &mut file).expect("memory");
    is_billed_as_recorded(&replayed(&scenario("calls.parquet", ""), file), &rows);
}

const ONE_APP: &str = "\
name: sessions
start: 2026-12-01T00:00:00Z
apps:
  chat:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 900
    prompt: {cache: 5m}
    traffic: {trace: {TRACE, thin: 80%, scale: 1.5, shift: -1m, between: [2026-11-02, 2026-11-09]}}
";

/// Conversations of a few turns: each turn begins with the blocks of the one before.
fn sessions() -> Vec<Row> {
    let turn = |number: u64| {
        let (session, turn) = (number % 40, number / 40 + 1);
        let ids: Vec<u64> = (0..40 * turn).map(|block| session << 32 | block).collect();
        Row {
            at_us: 1_793_600_000_000_000 + (number * 1_733_000) as i64,
            app: Some(if session < 30 { "chat" } else { "other" }.into()),
            session: Some(format!("s{session}").into()),
            usage: Usage { uncached_input: 64 * 40 * turn + 9, output: 100 + session, ..Usage::default() },
            blocks: Blocks { tokens: 64, ids },
            ..Row::default()
        }
    };
    (0..200).map(turn).collect()
}

#[test]
fn a_store_is_replayed_as_its_csv_file_is() {
    let (mut csv, mut store) = (Vec::new(), Vec::new());
    csv::write(&mut Given(sessions().into_iter()), &mut csv).expect("memory");
    store::write(&mut Given(sessions().into_iter()), &[], &mut store).expect("memory");
    let columns = "file: c.csv, time: {column: time, format: wall_clock}, input: uncached_input, output: output, \
                   app: app, session: session, blocks: {column: blocks, tokens: 64}";
    let of_csv = replayed(&ONE_APP.replace("TRACE", columns), csv);
    let of_store = "file: s.parquet, where: {app: chat}, recorded: [session, blocks]";
    let of_store = replayed(&ONE_APP.replace("TRACE", of_store), store);
    let told = |report: &Report| serde_json::to_string(&report.variants[0]).expect("JSON");
    assert_eq!(told(&of_csv), told(&of_store));
    let totals = &of_csv.variants[0].totals;
    assert!((100..300).contains(&totals.served) && totals.tokens.cache_read > 100_000, "{totals:?}");
}
