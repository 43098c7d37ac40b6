//! `tokencast breakeven` from outside: published figures, a brute force over the calls, and what it refuses.

use crate::command::Folder;
use serde_json::Value;
use tokencast::document::Source;
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::{plan, pricing, scenario};

/// Llama 3.3 70B at $0.72 per million tokens both ways, on a quota that refuses most of it.
const BURSTY: &str = "\
name: bursty
start: 2026-12-01T00:00:20Z
horizon: 3d
account:
  quotas: [{model: llama-3-3-70b, via: on_demand, region: us-west-2, tokens_per_minute: 100k}]
apps:
  chat:
    model: meta.llama3-3-70b-instruct-v1:0
    region: us-west-2
    max_tokens: 600
    traffic: {rate: 2/s, shape: office_hours, burstiness: 2, input: {median: 4_000, p95: 9_000}, output: 300}
  search:
    model: meta.llama3-3-70b-instruct-v1:0
    region: us-west-2
    max_tokens: 400
    traffic: {rate: 0.5/s, input: 900, output: {median: 300, p95: 900}}
";

const UNIT: [&str; 4] = ["--unit-input", "200k", "--unit-output", "20k"];
const LLAMA: [&str; 6] =
    ["--unit-price", "none=24.00", "--unit-price", "1_month=21.18", "--unit-price", "6_months=13.08"];

fn bursty() -> Folder {
    Folder::with("bursty.yaml", BURSTY)
}

fn answer(folder: &Folder, more: &[&str]) -> Value {
    let arguments = [&["breakeven", "bursty.yaml", "--format", "json"], more].concat();
    serde_json::from_str(&folder.tokencast(&arguments).ended(0).stdout).expect("JSON")
}

fn units(purchase: &Value) -> u64 {
    purchase["bought"]["units"].as_u64().expect("units")
}

fn dollars(amount: &Value) -> f64 {
    amount.as_str().and_then(|text| text.parse().ok()).expect("an amount")
}

/// Llama 3.1 70B, pricing page of 2026-07-24; Llama 3.3 70B costs as much on demand.
#[test]
fn a_unit_pays_from_555_556_490_278_and_302_778_tokens_a_minute() {
    let found = answer(&bursty(), &LLAMA);
    let terms = found["subjects"][0]["offers"][0]["terms"].as_array().unwrap();
    let at = |term: &Value| term["prices"][0]["pays_at_tokens_per_minute"].as_u64();
    let expected = [555_556, 490_278, 302_778].map(Some);
    assert_eq!(terms.iter().map(at).collect::<Vec<_>>(), expected);
    // The price book has the units of Llama 3.1 70B.
    let listed = bursty();
    listed.write("bursty.yaml", BURSTY.replace("llama3-3", "llama3-1").replace("llama-3-3", "llama-3-1"));
    let listed = answer(&listed, &[]);
    let listed = listed["subjects"][0]["offers"][0]["terms"].as_array().unwrap();
    assert_eq!(listed.iter().map(at).collect::<Vec<_>>(), expected);
    // No throughput was given, and none is made up.
    let offer = &found["subjects"][0]["offers"][0];
    assert!(offer["unit"].is_null() && offer["on_demand"].is_null() && terms[0]["cheapest"].is_null());
    assert_eq!(offer["regrets"], Value::Array(Vec::new()));
}

/// Tokens of each minute, from the calls themselves: input and output.
fn minutes() -> Vec<(f64, f64)> {
    let file = scenario::parse(&Source::new("b.yaml", BURSTY)).expect("a good scenario");
    let plan = plan::bind(&file.base, &pricing::bundled().expect("a good book")).expect("known names");
    let mut minutes = vec![(0.0, 0.0); 3 * 1_440 + 1];
    for call in Arrivals::new(&plan, file.base.seed, &NoFiles) {
        // The start is twenty seconds into a minute.
        let minute = &mut minutes[((call.at.0 + 20_000_000) / 60_000_000) as usize];
        minute.0 += f64::from(call.call.input);
        minute.1 += f64::from(call.fate.output.min(call.call.max_tokens));
    }
    minutes
}

/// The cost of three days with so many units, by definition.
fn cost(minutes: &[(f64, f64)], units: u64, per_hour: f64) -> f64 {
    let spill = |&(input, output): &(f64, f64)| {
        let demand = (input / 200_000.0).max(output / 20_000.0);
        let share = if demand > 0.0 { ((demand - units as f64) / demand).max(0.0) } else { 0.0 };
        share * (input + output) * 0.72e-6
    };
    units as f64 * per_hour * 72.0 + minutes.iter().map(spill).sum::<f64>()
}

#[test]
fn the_cheapest_is_that_of_a_scan_over_every_call_and_every_number_of_units() {
    let prices = ["--unit-price", "none=4.00", "--unit-price", "1_month=3.00", "--unit-price", "6_months=1.50"];
    let found = answer(&bursty(), &[&UNIT[..], &prices].concat());
    let (minutes, mut bought) = (minutes(), Vec::new());
    let terms = found["subjects"][0]["offers"][0]["terms"].as_array().unwrap();
    for (term, per_hour) in terms.iter().zip([4.0, 3.0, 1.5]) {
        let best = (0..40).min_by(|a, b| cost(&minutes, *a, per_hour).total_cmp(&cost(&minutes, *b, per_hour)));
        assert_eq!(Some(units(&term["cheapest"])), best, "{term}");
        for purchase in [&term["cheapest"], &term["rule_of_thumb"]] {
            let expected = cost(&minutes, units(purchase), per_hour);
            assert!((dollars(&purchase["cost"]["total"]) - expected).abs() < 1e-6, "{purchase} {expected}");
        }
        bought.extend(best);
    }
    assert!(bought[0] > 0 && bought.is_sorted() && bought[0] < bought[2], "too plain a case: {bought:?}");
}

/// The scenario with units of its own, which both apps go to first.
fn provisioned(folder: &Folder, units: u64) {
    let unit = "input_tokens_per_minute: 200k, output_tokens_per_minute: 20k, price: 21.18 USD";
    let held = format!("{{model: llama-3-3-70b, region: us-west-2, units: {units}, term: 1_month, {unit}}}");
    let text = BURSTY.replace("account:\n", &format!("account:\n  provisioned: {{ours: {held}}}\n"));
    let region = "    region: us-west-2\n";
    folder.write(
        "bought.yaml",
        text.replace(region, &format!("{region}    provisioned: ours\n    fallback: on_demand\n")),
    );
}

fn parsed(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&folder.tokencast(arguments).ended(0).stdout).expect("JSON")
}

#[test]
fn a_purchase_at_work_is_the_run_of_a_scenario_that_buys_it() {
    let folder = bursty();
    let month = ["--unit-price", "1_month=2.00"];
    let runs = answer(&folder, &[&UNIT[..], &month].concat())["subjects"][0]["offers"][0]["runs"].clone();
    let sizes: Vec<u64> = runs.as_array().unwrap().iter().map(units).collect();
    assert!(sizes.len() == 3 && sizes[0] == 0 && sizes.is_sorted(), "{sizes:?}");
    for run in runs.as_array().unwrap() {
        let file = if units(run) == 0 { "bursty.yaml" } else { "bought.yaml" };
        provisioned(&folder, units(run).max(1));
        let summary = parsed(&folder, &["run", file, "--format", "json", "--out", "out"]);
        let totals = &summary["variants"][0]["totals"];
        let throttled = &run["requests_throttled"];
        assert_eq!((&throttled["part"], &throttled["whole"]), (&totals["requests_throttled"], &totals["arrivals"]));
        assert_eq!(run["gave_up"], totals["gave_up"]);
        let apps = summary["variants"][0]["apps"].as_array().unwrap().iter();
        let by_token: f64 = apps.map(|app| dollars(&app["totals"]["cost"]["total"])).sum();
        assert!((dollars(&run["spill"]) - by_token).abs() < 1e-9, "{run} {by_token}");
    }
    let gave_up: Vec<u64> = runs.as_array().unwrap().iter().map(|run| run["gave_up"].as_u64().unwrap()).collect();
    assert!(gave_up[0] > gave_up[1] && gave_up[1] > gave_up[2], "too plain a case: {gave_up:?}");
}

#[test]
fn what_the_scenario_says_of_its_units_need_not_be_said_again() {
    let folder = bursty();
    provisioned(&folder, 3);
    let own = parsed(&folder, &["breakeven", "bought.yaml", "--format", "json"])["subjects"][0].clone();
    let mut given = answer(&folder, &[&UNIT[..], &LLAMA[2..4]].concat())["subjects"][0].clone();
    given["offers"][0]["terms"][0]["source"] = "the scenario".into();
    assert_eq!(own, given);
    folder.write("bought.yaml", folder.read("bought.yaml").replace("    fallback: on_demand\n", ""));
    let refused = folder.tokencast(&["breakeven", "bought.yaml"]).ended(2);
    assert!(refused.stderr.contains("by `fallback: on_demand`"), "{}", refused.stderr);
}

#[test]
fn quotas_change_nothing_and_apps_add_up() {
    let folder = bursty();
    let all = answer(&folder, &[&UNIT[..], &LLAMA].concat());
    let apps = ["chat", "search"].map(|app| answer(&folder, &[&["--app", app], &UNIT[..], &LLAMA].concat()));
    let sum = |field: &str| apps.iter().map(|one| one["subjects"][0][field].as_u64().unwrap()).sum::<u64>();
    for field in ["input_tokens", "output_tokens"] {
        assert_eq!(all["subjects"][0][field].as_u64(), Some(sum(field)));
    }
    folder.write("bursty.yaml", folder.read("bursty.yaml").replace("100k}", "10M}"));
    let mut wide = answer(&folder, &[&UNIT[..], &LLAMA].concat());
    let runs = wide["subjects"][0]["offers"][0]["runs"].take();
    assert_ne!(runs, all["subjects"][0]["offers"][0]["runs"], "only whether spill is absorbed depends on quotas");
    let mut all = all;
    all["subjects"][0]["offers"][0]["runs"].take();
    assert_eq!(wide["subjects"], all["subjects"]);
}

/// Claude Sonnet 4.5, global: $0.18 and $0.90 for a thousand tokens per minute and hour, a tenth less for three
/// months (pricing page, 2026-07-24).
#[test]
fn the_least_reservation_of_sonnet_costs_19_710_a_month_and_pays_when_full() {
    let folder = Folder::with(
        "prices/reserved.yaml",
        "sources: {page: {title: Pricing page}}
models:
  claude-sonnet-4-5:
    reserved:
      - {via: global, regions: any, from: 2026-01-01, term: 1_month, input_per_1k_tpm_hour: 0.18, output_per_1k_tpm_hour: 0.90, source: page, checked: 2026-11-01}
      - {via: global, regions: any, from: 2026-01-01, term: 3_months, input_per_1k_tpm_hour: 0.162, output_per_1k_tpm_hour: 0.81, source: page, checked: 2026-11-01}
",
    );
    let steady = "{rate: 60/min, burstiness: 0, input: 2_000, output: 200}";
    let id = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    let app = format!("{{model: '{id}', region: us-east-1, max_tokens: 400, traffic: {steady}}}");
    folder
        .write("steady.yaml", format!("name: steady\nstart: 2026-12-01T00:00:00Z\nhorizon: 30d\napps: {{a: {app}}}\n"));
    let run = folder.tokencast(&["breakeven", "steady.yaml", "--pricing", "prices", "--format", "json"]).ended(0);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let terms = found["subjects"][0]["offers"][0]["terms"].as_array().unwrap();
    let month = |term: &Value, what: &str| term[what]["cost"]["month"].as_str().unwrap().to_owned();
    let utilisation = |term: &Value| {
        let of = |price: &Value| {
            (price["pays_at_utilisation"]["part"].as_u64(), price["pays_at_utilisation"]["whole"].as_u64())
        };
        [of(&term["prices"][0]), of(&term["prices"][1])]
    };
    let at = |part| [(Some(part), Some(60_000)); 2];
    assert_eq!((utilisation(&terms[0]), utilisation(&terms[1])), (at(60_000), at(54_000)));
    // 120,000 input and 12,000 output a minute: what the least leaves over spills.
    let capacity = |term: &Value| dollars(&term["least"]["capacity"]) * 730.0 / 720.0;
    assert!((capacity(&terms[0]) - 19_710.0).abs() < 1e-6 && (capacity(&terms[1]) - 17_739.0).abs() < 1e-6);
    // Always full: a month at the price on demand, three months a tenth below it.
    let on_demand = found["subjects"][0]["on_demand"]["month"].as_str().unwrap();
    assert_eq!((month(&terms[0], "cheapest").as_str(), on_demand), ("23652.00", "23652.00"));
    assert_eq!((month(&terms[1], "cheapest").as_str(), dollars(&terms[1]["cheapest"]["spill"])), ("21286.80", 0.0));
    assert!(found["findings"].as_array().unwrap().is_empty(), "thirty days are enough");
}

#[test]
fn it_writes_the_documented_files_and_text_for_people() {
    let folder = bursty();
    let run = folder.tokencast(&[&["breakeven", "bursty.yaml"], &UNIT[..], &LLAMA].concat()).ended(0);
    assert_eq!(folder.names("reports/bursty"), ["breakeven.json", "breakeven.svg", "breakeven.txt"]);
    assert_eq!(run.stdout, folder.read("reports/bursty/breakeven.txt"));
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
    for told in
        ["For money: ", "For availability: P95 + 20% is ", "dropped after 1 week", "warning[pt-history-too-short]"]
    {
        assert!(run.stdout.contains(told), "{told}: {}", run.stdout);
    }
    let json = folder.tokencast(&[&["breakeven", "bursty.yaml", "--format", "json"], &UNIT[..], &LLAMA].concat());
    assert_eq!(json.stdout, folder.read("reports/bursty/breakeven.json"));
    let without = folder.tokencast(&[&["breakeven", "bursty.yaml"], &LLAMA[..]].concat()).ended(0);
    assert!(without.stdout.contains("AWS publishes no throughput of a unit"), "{}", without.stdout);
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_way_out() {
    let folder = bursty();
    let refused = |more: &[&str], told: &str| {
        let run = folder.tokencast(&[&["breakeven", "bursty.yaml"], more].concat()).ended(2);
        assert!(run.stdout.is_empty() && run.stderr.contains(told), "{told}: {}", run.stderr);
    };
    refused(&[], "an unknown price is an error, never zero");
    refused(&["--app", "serch", "--unit-price", "none=24"], "did you mean `search`?");
    refused(&["--unit-price", "3_months=24"], "there are none, 1_month, 6_months");
    refused(&["--unit-price", "none=-3"], "is not a price per hour");
    refused(&["--unit-price", "none=20000"], "more than 10,000 USD");
    refused(&["--unit-price", "none=24", "--unit-input", "10k"], "--unit-output");
    refused(&["--unit-input", "0", "--unit-output", "1"], "handles nothing");
    refused(&["--unit-input=-1", "--unit-output", "1"], "negative");
    folder.write(
        "bursty.yaml",
        folder.read("bursty.yaml").replace("rate: 2/s", "rate: 1_000_000/s").replace("3d", "1min"),
    );
    refused(&["--unit-price", "none=24", "--unit-input", "1", "--unit-output", "1"], "a unit handles more than that");
    assert_eq!(folder.names("."), ["bursty.yaml"]);
}
