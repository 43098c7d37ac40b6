//! Mistakes in `elsewhere`, each with its place and a way out.

use crate::command::{Folder, GOOD};

const HOSTED: &str = "self_hosted: {instance: p4d.24xlarge, input_tpm: 1M, output_tpm: 200k, utilisation: 60%}";

/// Where the place begins: below the ten lines of the scenario.
fn refused(place: &str) -> String {
    let scenario = format!("{GOOD}elsewhere:\n  there:\n    {place}\n");
    let found = Folder::with("x.yaml", scenario).tokencast(&["check", "x.yaml"]).ended(2);
    assert!(found.stderr.starts_with("x.yaml:1"), "{}", found.stderr);
    found.stderr
}

#[test]
fn a_place_is_one_of_two_and_known() {
    for (place, told) in [
        ("apps: [a]", "`there` is either `direct` or `self_hosted`"),
        ("direct: {platform: anthropic}", "unknown platform `anthropic`"),
        ("direct: {platform: anthropic-api}\n    apps: [b]", "unknown app `b`"),
        ("direct: {platform: anthropic-api}\n    apps: [a, a]", "stands here a second time"),
        (&HOSTED.replace("60%", "0%"), "above 0 % and up to 100 %"),
        (&HOSTED.replace("60%", "140%"), "140%"),
        (&HOSTED.replace("p4d.24xlarge", "p9.huge"), "usd_per_hour: 32.77 USD"),
        (&HOSTED.replace("input_tpm: 1M, ", ""), "`input_tpm` is missing"),
        (&HOSTED.replace("1M", "0"), "is not from 1 to"),
    ] {
        let said = refused(place);
        assert!(said.contains(told), "{place}: {said}");
    }
}

#[test]
fn a_model_or_class_that_a_platform_does_not_sell_is_refused() {
    let said = |model: &str| {
        let scenario = GOOD.replace("us.anthropic.claude-haiku-4-5-20251001-v1:0", model);
        let scenario = format!("{scenario}elsewhere:\n  there:\n    direct: {{platform: anthropic-api}}\n");
        Folder::with("x.yaml", scenario).tokencast(&["check", "x.yaml"]).ended(2).stderr
    };
    let nova = said("us.amazon.nova-lite-v1:0");
    assert!(nova.contains("Anthropic API (direct) has no price for nova-lite in the tier `standard`"), "{nova}");
    let overlay = "\
sources:
  own: {title: Ours}
platforms:
  bare:
    name: Bare
    models:
      claude-haiku-4-5:
        - {from: 2026-01-01, per_million: {input: 1, output: 5}, source: own, checked: 2026-11-20}
";
    let folder = Folder::with("prices/own.yaml", overlay);
    folder.write("x.yaml", format!("{GOOD}elsewhere:\n  there:\n    direct: {{platform: bare}}\n"));
    let cache = folder.tokencast(&["check", "x.yaml", "--pricing", "prices"]).ended(2).stderr;
    assert!(cache.contains("Bare does not sell cache_read tokens of claude-haiku-4-5"), "{cache}");
    folder.write("prices/own.yaml", overlay.replace("claude-haiku-4-5", "claude-haiku-9"));
    let unknown = folder.tokencast(&["check", "x.yaml", "--pricing", "prices"]).ended(2).stderr;
    assert!(unknown.contains("own.yaml:7:7: error: unknown model `claude-haiku-9`"), "{unknown}");
}

#[test]
fn capacity_that_is_bought_is_not_compared() {
    let name = "scenarios/provisioned-breakeven.yaml";
    let scenario = format!("{}elsewhere:\n  there:\n    {HOSTED}\n", crate::bundled::text(name));
    let said = Folder::with("x.yaml", scenario).tokencast(&["check", "x.yaml"]).ended(2).stderr;
    assert!(said.contains("calls capacity that is paid for by the hour"), "{said}");
}
