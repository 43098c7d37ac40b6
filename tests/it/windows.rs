//! Whether an answer depends on how a minute of quota is cut.

use crate::bundled::{Traces, text};
use tokencast::document::Source;
use tokencast::pipeline::prepare;
use tokencast::pricing;
use tokencast::report::model::Report;
use tokencast::traffic::Progress;

fn under_all_windows(name: &str) -> Report {
    let source = Source::new(format!("scenarios/{name}.yaml"), text(&format!("scenarios/{name}.yaml")));
    let book = pricing::bundled().expect("the bundled price book is good");
    let prepared = prepare(&source, &book, &Traces).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    prepared.under_all_windows().evaluate(&Traces, &Progress::default()).expect("its traces can be read").report
}

fn verdict(report: &Report) -> Vec<&str> {
    let codes = report.findings.iter().map(|finding| finding.code.as_str());
    codes.filter(|code| code.starts_with("window-")).collect()
}

#[test]
fn an_answer_far_from_its_quota_is_robust() {
    let report = under_all_windows("support-triage");
    assert_eq!(verdict(&report), ["window-robust"]);
    let names: Vec<&str> = report.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["base", "unset", "global", "window sliding_minute", "window token_bucket"]);
}

#[test]
fn an_answer_at_its_quota_depends_on_the_window() {
    let report = under_all_windows("replayed-morning");
    assert_eq!(verdict(&report), ["window-dependent-answer"]);
    let gave_up = |name: &str| report.variants.iter().find(|variant| variant.name == name).map(|v| v.totals.gave_up);
    assert_eq!(
        (gave_up("window sliding_minute"), gave_up("window token_bucket")),
        (gave_up("sliding"), gave_up("bucket"))
    );
}

/// Far from its quota nothing changes. Reports that reserve 64,000 tokens of a million do not fit four at once
/// any more when the reservation counts five times.
#[test]
fn other_readings_of_the_rules_stand_side_by_side_with_a_verdict() {
    let under_all_rules = |name: &str| {
        let source = Source::new(format!("scenarios/{name}.yaml"), text(&format!("scenarios/{name}.yaml")));
        let book = pricing::bundled().expect("the bundled price book is good");
        let prepared = prepare(&source, &book, &Traces).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        prepared.under_all_rules().evaluate(&Traces, &Progress::default()).expect("its traces can be read").report
    };
    let code = |report: &Report| {
        let codes = report.findings.iter().map(|finding| finding.code.clone());
        codes.filter(|code| code.starts_with("rules-")).collect::<Vec<_>>()
    };
    assert_eq!(code(&under_all_rules("office-hours")), ["rules-dependent-answer"]);
    let triage = under_all_rules("support-triage");
    assert_eq!(code(&triage), ["rules-robust"]);
    let names: Vec<&str> = triage.variants.iter().map(|variant| variant.name.as_str()).skip(3).collect();
    assert_eq!(names, ["rule burndown_on_reservation", "rule cache_reads_reserved", "rule release_every"]);
}

#[test]
fn the_verdict_tells_what_is_throttled_under_each_of_the_three() {
    let report = under_all_windows("replayed-morning");
    let verdict = report.findings.iter().find(|finding| finding.code == "window-dependent-answer").expect("it depends");
    let under = [("base", "clock_minute"), ("sliding", "sliding_minute"), ("bucket", "token_bucket")];
    for (name, window) in under {
        let totals = report.variants.iter().find(|variant| variant.name == name).map(|variant| variant.totals.clone());
        let totals = totals.expect("a variant for each");
        let share = 100.0 * totals.requests_throttled as f64 / totals.arrivals as f64;
        let told = format!("{share:.2}% under {window}");
        assert!(verdict.message.contains(&told), "no {told:?} in {}", verdict.message);
    }
}
