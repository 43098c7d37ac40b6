//! What readers of a profile see, whatever the names in it.

use super::*;
use crate::bedrock::usage::Usage;
use crate::profile::Profile;
use crate::trace::{Given, Observed, Outcome, Row};
use jiff::tz::TimeZone;

const HOSTILE: &str = "<script>alert('x')</script>";

/// Three weeks of two apps: more calls by day than by night, an outage, answers that were cut.
fn rows() -> Vec<Row> {
    let start = 1_793_577_600_000_000_i64; // 2026-11-02T00:00:00Z, a Monday
    let minutes = (0..21 * 1_440_i64).filter(|minute| minute % 3 == 0 || (420..1_140).contains(&(minute % 1_440)));
    let minutes = minutes.filter(|minute| !(5_000..5_060).contains(minute));
    let row = |minute: i64| {
        let reporting = minute % 10 == 0;
        let output = if reporting { 4_096.min(500 + (minute * 7_919) % 5_000) } else { minute % 20 } as u64;
        let throttled = minute % 1_000 == 999;
        let usage = Usage { uncached_input: (minute % 700) as u64 + 1, cache_read: 2_400, output, ..Usage::default() };
        Row {
            at_us: start + minute * 60_000_000 + (minute * 7_919) % 60_000_000,
            app: Some(if reporting { HOSTILE } else { "=cmd" }.into()),
            model: Some("us.anthropic.claude-haiku-4-5-20251001-v1:0".into()),
            outcome: if throttled { Outcome::Throttled } else { Outcome::Answered },
            usage: if throttled { Usage::default() } else { usage },
            max_tokens: Some(4_096),
            truncated: output == 4_096,
            latency_us: Some(500_000 + 20_000 * output),
            session: Some(format!("s{}", minute % 50).into()),
            ..Row::default()
        }
    };
    minutes.map(row).collect()
}

fn view() -> model::Profile {
    let found = Profile::of("week.parquet", &mut Given(rows().into_iter()), &TimeZone::UTC).expect("in order");
    let observed = Observed {
        at_us: 1_793_577_600_000_000,
        period_s: 60,
        model: "us.anthropic.claude-haiku-4-5-20251001-v1:0".into(),
        metric: "EstimatedTPMQuotaUsage".into(),
        value: 40_000,
    };
    compose("week.parquet", "UTC", &found, &[observed])
}

fn page(view: &model::Profile) -> String {
    files(view).into_iter().find(|(name, _)| name == "profile.html").expect("a page").1
}

#[test]
fn hostile_names_stay_text() {
    let mut view = view();
    view.trace = HOSTILE.to_owned();
    let html = page(&view);
    assert!(!html.contains("<script"), "a name became an element");
    assert!(html.matches("&#60;script&#62;").count() >= 5);
}

#[test]
fn the_page_is_offline_and_its_sections_come_in_reading_order() {
    let html = page(&view());
    for needed in ["<html lang=\"en\">", "default-src 'none'; style-src 'unsafe-inline'; img-src data:", "@media print"]
    {
        assert!(html.contains(needed), "{needed} is missing");
    }
    for fetched in ["<script", "<link", "<img", "@import"] {
        assert!(!html.contains(fetched), "{fetched} would need the network or a script");
    }
    let order = ["charts", "rates", "shape", "lengths", "cache", "sessions", "apps", "gaps", "observed", "provenance"];
    let places = order.map(|id| html.find(&format!("<h2 id=\"{id}\"")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    let charts = ["calls", "tokens", "week", "input-lengths", "output-lengths"];
    assert!(charts.iter().all(|id| html.contains(&format!("class=\"tc-chart\" id=\"{id}\""))));
}

#[test]
fn the_profile_reads_as_its_golden_file_says() {
    for (columns, plain, name) in [(80, true, "profile_80"), (120, false, "profile_120")] {
        crate::report::sample::assert_golden(&format!("{name}.txt"), &render(&view(), columns, plain));
    }
}

#[test]
fn page_text_and_json_say_the_same_numbers() {
    let view = view();
    let (text, html, json) = (render(&view, 400, true), page(&view), json(&view));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let calls = crate::report::format::count(json["total"]["calls"].as_u64().expect("a count"));
    assert!(text.contains(&calls) && html.contains(&calls));
    assert_eq!(json["schema_version"], 1);
    let outages = json["gaps"].as_array().expect("gaps").iter().filter(|gap| gap["outage"] == true).count();
    assert_eq!((outages, text.matches("   outage\n").count()), (1, 1), "{text}");
}

#[test]
fn a_length_is_marked_where_cutting_hides_it_and_estimated_where_it_can_be() {
    let view = view();
    let [.., p99, most] = &view.output.quantiles[..] else { panic!("quantiles") };
    assert!(most.is_lower_bound && most.uncut.is_none(), "{most:?}");
    assert_eq!((p99.value, p99.is_lower_bound), (4_096, true));
    assert_eq!(view.output.quantiles[0].uncut, Some(view.output.quantiles[0].value));
    assert!(render(&view, 100, true).contains(">=4,096"));
}

#[test]
fn counts_by_kind_sum_to_the_total() {
    let found = Profile::of("week.parquet", &mut Given(rows().into_iter()), &TimeZone::UTC).expect("in order");
    let stats = Stats::of("week.parquet", &found.groups);
    assert_eq!(stats.groups.iter().map(|group| group.counts.calls).sum::<u64>(), stats.total.calls);
    let json: serde_json::Value = serde_json::from_str(&stats.json()).expect("JSON");
    assert_eq!(json["groups"].as_array().map(Vec::len), Some(2));
    assert!(stats.text(80, true).starts_with("week.parquet: "));
}
