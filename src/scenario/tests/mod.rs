//! Whole files: what is refused, and that everything is refused at once.

mod client;
mod laws;
mod prompt;
mod schema;
mod tags;
mod tasks;

use super::*;
use crate::bedrock::quota::Window;
use crate::client::{Mode, Sdk};
use crate::document::{Problem, Source};

const GOOD: &str = "\
name: two-apps
start: 2026-12-01T00:00:00Z
horizon: 7d
apps:
  triage:
    model: us.some-model
    region: us-east-1
    traffic: {rate: 12/s, input: 42, output: 5}
  batch:
    model: some-model
    region: us-east-1
    traffic: {trace: {file: calls.csv, time: {column: at, format: seconds}, input: in, output: out}}
";

fn problems_of(text: &str) -> Vec<Problem> {
    match parse(&Source::new("s.yaml", text)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.sorted(),
    }
}

fn rendered(text: &str) -> String {
    problems_of(text).iter().map(Problem::render).collect::<Vec<_>>().join("\n")
}

/// The good file with one text replaced.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from:?} is not in the good file");
    GOOD.replacen(from, to, 1)
}

/// The good file with lines added at its end.
fn and(lines: &str) -> String {
    format!("{GOOD}{lines}\n")
}

fn assert_refused(text: &str, place: &str, message: &str) {
    let rendered = rendered(text);
    let found =
        rendered.lines().any(|line| line.starts_with(&format!("s.yaml:{place}: error: ")) && line.contains(message));
    assert!(found, "no problem at {place} that says {message:?} in:\n{rendered}\nof:\n{text}");
}

#[test]
fn what_is_left_out_has_its_documented_default() {
    let file = parse(&Source::new("s.yaml", GOOD)).map_err(crate::document::Problems::render).unwrap();
    let scenario = file.base;
    assert_eq!((scenario.seed, scenario.replications.get(), scenario.timezone.0.iana_name()), (1, 1, Some("UTC")));
    assert_eq!(scenario.account.window, Window::ClockMinute);
    let (_, triage) = &scenario.apps.0[0];
    assert_eq!(triage.client.sdk_and_mode(), (Sdk::Botocore(44), Mode::Standard));
    assert!(triage.client.backoff.is_none() && triage.client.attempts.is_none());
    let Traffic::Synthetic(synthetic) = &triage.traffic else { panic!("not synthetic") };
    assert_eq!(synthetic.burstiness.thousandths(), 1_000);
    assert_eq!(*synthetic.shape.weights, [[1; 24]; 7]);
    let Traffic::Trace(trace) = &scenario.apps.0[1].1.traffic else { panic!("not a trace") };
    assert!(!trace.sort);
}

#[test]
fn ten_mistakes_are_reported_at_once_each_with_its_line_and_column() {
    let text = "\
name: Support Triage
strat: 2026-12-01T00:00:00Z
start: yesterday
horizon: 7
timezone: America/New_Yrok
apps:
  triage:
    modle: us.some-model
    model: us.some-model
    region: us-east-1
    max_tokens: 0
    traffic: {rate: 12, shape: ofice_hours, input: -4, output: {median: 9, p95: 5}}
budgets:
  - cost.mnth < 12_000 USD
  - gave_up{app=triag} < 1%
";
    let places: Vec<String> = problems_of(text).iter().map(|problem| problem.place.display()).collect();
    let expected =
        ["1:7", "2:1", "3:8", "4:10", "5:11", "8:5", "11:17", "12:21", "12:32", "12:52", "12:65", "14:5", "15:17"];
    assert_eq!(places, expected.map(|place| format!("s.yaml:{place}")));
    let report = rendered(text);
    for meant in ["start", "America/New_York", "model", "office_hours", "cost.month", "triage"] {
        assert!(report.contains(&format!("did you mean `{meant}`?")), "{meant} is not suggested in:\n{report}");
    }
    assert!(report.contains("14 |   - cost.mnth < 12_000 USD"), "{report}");
}

#[test]
fn what_is_not_a_scenario_is_refused() {
    assert_refused("", "1:1", "expected a section with keys, found nothing");
    assert_refused("# only a comment\n", "2:1", "expected a section with keys, found nothing");
    assert_refused("- a\n- b\n", "1:1", "expected a section with keys, found a list");
    assert_refused("just text", "1:1", "expected a section with keys, found a single value");
    assert_refused("a: [1", "1:4", "not readable as YAML");
    assert_refused("{}", "1:1", "`name` is missing");
    assert!(rendered(&"x".repeat(crate::document::MAX_BYTES + 1)).contains("larger than 1 MiB"));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in [('b', 'a'), ('c', 'b'), ('d', 'c'), ('e', 'd'), ('f', 'e'), ('g', 'f')] {
        bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{of}"); 10].join(", ")));
    }
    assert!(rendered(&bomb).contains("unfolds into more than is read"));
}

#[test]
fn unknown_and_duplicate_keys_are_refused() {
    assert_refused(&with("    region:", "    regoin: x\n    region:"), "7:5", "unknown key `regoin`");
    assert_refused(&with("horizon: 7d", "horizon: 7d\nhorizon: 8d"), "4:1", "`horizon` stands here a second time");
    assert_refused(&with("batch", "triage"), "9:3", "`triage` stands here a second time");
    assert_refused(&and("variants: {a: {seed: 1}}\nvariants: {}"), "14:1", "`variants` stands here a second time");
    assert_refused(&and("varaints: {}"), "13:1", "unknown key `varaints`");
    assert_refused(&with("{trace: {", "{rate: 1/s, trace: {"), "12:15", "unknown key `rate`");
}

#[test]
fn missing_wrong_and_absurd_quantities_are_refused() {
    for (from, to, message) in [
        ("7d", "7", "not a length of time"),
        ("7d", "7USD", "not a length of time"),
        ("7d", "0s", "less than a second"),
        ("7d", "-1d", "negative"),
        ("7d", "100000d", "longer than five years"),
        ("7d", ".nan", "not a length of time"),
        ("12/s", "12", "not a rate"),
        ("12/s", "1e9/s", "not a rate"),
        ("12/s", "0/s", "rate of zero"),
        ("42", "42 tokens", "not a count"),
        ("42", "0", "at least one token"),
        ("42", "2147483648", "is not from"),
        ("42", ".inf", "not a count"),
        ("42", "null", "`input` is missing"),
        ("42", "[42]", "expected a count"),
        ("2026-12-01T00:00:00Z", "2026-12-01", "not an instant"),
        ("2026-12-01T00:00:00Z", "9999-12-01T00:00:00Z", "not between 2020 and 2100"),
        ("two-apps", "../two", "not a name"),
        ("seconds", "minutes", "unknown time format"),
        ("triage", "Tri.age", "is not a name"),
    ] {
        let report = rendered(&with(from, to));
        assert!(report.contains(message), "{to:?}: no {message:?} in:\n{report}");
    }
    assert_refused(&and("seed: -1"), "13:7", "not a whole number");
    assert_refused(&and("replications: 10_001"), "13:15", "is not from 1 to 10,000");
}

#[test]
fn synthetic_traffic_needs_a_horizon_and_a_trace_does_not() {
    let text = with("horizon: 7d\n", "");
    assert_refused(&text, "7:5", "needs a `horizon`");
    assert_eq!(problems_of(&text).len(), 1);
}

#[test]
fn quotas_limit_something_and_stand_once() {
    let quota = "{model: m, via: geo, region: r, tokens_per_minute: 5M}";
    assert!(problems_of(&and(&format!("account: {{quotas: [{quota}], tokens_per_day: 1B}}"))).is_empty());
    assert_refused(&and("account: {quotas: [{model: m, via: geo, region: r}]}"), "13:21", "no limit");
    assert_refused(&and(&format!("account: {{quotas: [{quota}, {quota}]}}")), "13:84", "a second time");
    assert_refused(&and("account: {window: minute}"), "13:19", "unknown window `minute`");
    let huge = quota.replace("5M", "11B");
    assert_refused(&and(&format!("account: {{quotas: [{huge}]}}")), "13:71", "is not from 1 to 10,000,000,000");
}

#[test]
fn an_app_is_served_and_retried_within_reason() {
    let app = |keys: &str| with("    region: us-east-1\n", &format!("    region: us-east-1\n    {keys}\n"));
    assert!(problems_of(&app("service: {ttft: {median: 1s, p95: 2s}, output_rate: 80/s}")).is_empty());
    assert!(problems_of(&app("service: {ttft: 0s}")).is_empty());
    assert_refused(&app("service: {ttft: {median: 0s, p95: 2s}}"), "8:22", "`median` of zero");
    assert_refused(&app("service: {ttft: {median: 3s, p95: 2s}}"), "8:22", "below");
    assert_refused(&app("service: {ttft: 2h}"), "8:21", "more than an hour");
    assert_refused(&app("service: {output_rate: 1/min}"), "8:28", "less than one token a second");
    assert_refused(&app("client: {attempts: 65}"), "8:24", "is not from 1 to 64");
    assert_refused(&app("client: {backoff: {base: 30s}}"), "8:24", "longer than its `cap`");
}

#[test]
fn a_flood_of_problems_ends() {
    let keys: String = (0..5_000).map(|key| format!("key{key}: 1\n")).collect();
    assert_eq!(problems_of(&keys).len(), 200);
}
