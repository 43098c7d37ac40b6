//! Every bad scenario, price file and output folder: code 2, a place, a way out, and nothing written.

use crate::command::{Folder, GOOD};
use std::fs::File;
use std::time::Duration;

/// Runs and checks a scenario; both refuse it, write nothing and say all of `expected`.
#[track_caller]
fn refused(folder: &Folder, arguments: &[&str], expected: &[&str]) {
    let before = folder.listing();
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[&[command], arguments].concat()).ended(2);
        assert!(answer.stdout.is_empty(), "{}", answer.stdout);
        for text in expected {
            assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
        }
    }
    assert!(folder.listing() == before, "something was written");
}

/// One change of the good scenario is refused where it stands.
#[track_caller]
fn change_refused(from: &str, to: &str, expected: &[&str]) {
    assert!(GOOD.contains(from), "{from:?} is not in the scenario");
    refused(&Folder::with("s.yaml", GOOD.replace(from, to)), &["s.yaml"], expected);
}

#[test]
fn a_scenario_that_is_no_text_file_is_refused() {
    refused(&Folder::new(), &["nowhere.yaml"], &["nowhere.yaml: error: cannot be read: No such file"]);
    let folder = Folder::with("folder.yaml/inside", "");
    refused(&folder, &["folder.yaml"], &["folder.yaml: error: this is a folder; name a file"]);
    let binary = Folder::with("b.yaml", b"\x7fELF\x02\x01\xff\xfe\x00\x00");
    refused(&binary, &["b.yaml"], &["b.yaml: error: this is not a text file (UTF-8)"]);
    refused(
        &Folder::with("e.yaml", ""),
        &["e.yaml"],
        &["e.yaml:1:1: error: expected a section with keys, found nothing"],
    );
    refused(&Folder::with("c.yaml", "# words\n"), &["c.yaml"], &["expected a section with keys, found nothing"]);
    refused(&Folder::with("t.yaml", "name: [x\n"), &["t.yaml"], &["t.yaml:1:7: error: not readable as YAML"]);
    refused(&Folder::with("d.yaml", "a: 1\n---\nb: 1\n"), &["d.yaml"], &["keep one document in a file"]);
}

#[test]
fn a_scenario_of_a_hundred_megabytes_is_refused_at_once() {
    let folder = Folder::new();
    File::create(folder.path("huge.yaml")).unwrap().set_len(100 << 20).unwrap();
    refused(&folder, &["huge.yaml"], &["huge.yaml: error: larger than 1 MiB; large data belongs in a trace file"]);
    folder.shell("ulimit -t 5; $tokencast check huge.yaml").ended(2);
}

#[test]
fn an_alias_bomb_is_refused_at_once() {
    let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let inner = vec![format!("*l{}", level - 1); 8].join(", ");
        bomb += &format!("l{level}: &l{level} [{inner}]\n");
    }
    let folder = Folder::with("bomb.yaml", bomb);
    refused(&folder, &["bomb.yaml"], &["bomb.yaml:", "unfolds into more than is read"]);
    folder.shell("ulimit -t 5; $tokencast check bomb.yaml").ended(2);
}

#[test]
fn keys_that_are_unknown_or_stand_twice_are_refused() {
    change_refused(
        "horizon: 1h",
        "horizn: 1h",
        &["s.yaml:3:1: error: unknown key `horizn`", "did you mean `horizon`?"],
    );
    change_refused(
        "horizon: 1h",
        "horizon: 1h\nhorizon: 2h",
        &["s.yaml:4:1: error: the key `horizon` stands here a second"],
    );
}

#[test]
fn wrong_units_and_numbers_that_are_none_are_refused() {
    change_refused("horizon: 1h", "horizon: 1", &["s.yaml:3:10: error: `1` is not a length of time"]);
    change_refused("rate: 1/s", "rate: 1", &["s.yaml:9:21: error: `1` is not a rate"]);
    change_refused("1 USD", "1 EUR", &["s.yaml:11:18: error: for `cost.total`: `1 EUR` is not an amount of money"]);
    for bad in ["-1", "1.5", ".nan", "1e3", "2147483648", "0"] {
        change_refused("input: 42", &format!("input: {bad}"), &["s.yaml:9:33: error: "]);
    }
}

#[test]
fn names_that_nothing_has_are_refused_with_the_nearest_one() {
    let model = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
    let meant = format!("did you mean `{model}`?");
    let typed = "us.anthropic.claude-haiku-4-5-20251001-v1:1";
    change_refused(model, typed, &["s.yaml:6:12: error: unknown model", &meant]);
    let prefix =
        ["s.yaml:6:12: error[unknown-profile-prefix]: ", "`tokencast explain unknown-profile-prefix` says more"];
    change_refused(model, "zz.anthropic.claude-haiku-4-5-20251001-v1:0", &prefix);
    let bare = ["s.yaml:6:12: error[bare-model-id]: ", &format!("it can be called as `{model}`")];
    change_refused(model, model.trim_start_matches("us."), &bare);
    change_refused(
        model,
        "claude-haiku-4-5",
        &["s.yaml:6:12: error: `claude-haiku-4-5` is not a model id", "write its id"],
    );
    change_refused("us-east-1", "us-esat", &["s.yaml:7:13: error: `us-esat` is not an AWS Region"]);
    change_refused(
        "us-east-1",
        "eu-west-1",
        &["s.yaml:7:13: error: the `us.` profile of this model cannot be called from eu-west-1"],
    );
    change_refused("cost.total", "cost.totl", &["s.yaml:11:5: error: unknown metric", "did you mean `cost.total`?"]);
}

#[test]
fn a_missing_rate_is_refused_with_its_sku() {
    let sku = "no price for claude-haiku-4-5 geo us-east-1 standard on 2025-03-01";
    change_refused("start: 2026-12", "start: 2025-03", &["s.yaml:6:12: error: ", sku, "--pricing DIR"]);
}

#[test]
fn max_tokens_above_what_the_model_writes_are_refused() {
    change_refused("max_tokens: 100", "max_tokens: 65k", &["s.yaml:8:17: error: ", "writes at most 64,000 tokens"]);
}

#[test]
fn a_cache_that_cannot_be_is_refused_where_it_is_written() {
    let prompt = |prompt: &str, expected: &[&str]| {
        change_refused("    traffic:", &format!("    prompt: {prompt}\n    traffic:"), expected);
    };
    prompt("{system: 9k, cache: 10m}", &["s.yaml:9:33: error: unknown time to live `10m`"]);
    prompt("{cache: 5m}", &["s.yaml:9:14: error: a prompt without sections"]);
    let five = ["{after: system}"; 5].join(", ");
    let five = format!("{{system: 9k, cache: {{checkpoints: [{five}]}}}}");
    prompt(&five, &["more than four checkpoints", "two checkpoints after `system`"]);
    let model = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
    let titan = GOOD
        .replace(model, "amazon.titan-embed-text-v2:0")
        .replace("    max_tokens: 100\n", "    prompt: {system: 9k, cache: 5m}\n");
    refused(&Folder::with("s.yaml", titan), &["s.yaml"], &["s.yaml:8:33: error: ", "does not cache prompts"]);
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let bad = GOOD.replace("horizon", "horizn").replace("us-east-1", "moon").replace("1 USD", "x");
    let places = ["s.yaml:3:1: error", "s.yaml:9:5: error", "s.yaml:11:18: error", "problems; nothing was run"];
    refused(&Folder::with("s.yaml", bad), &["s.yaml"], &places);
    let bad = GOOD.replace("us-east-1", "moon").replace("max_tokens: 100", "max_tokens: 65k");
    refused(&Folder::with("s.yaml", bad), &["s.yaml"], &["s.yaml:7:13: error", "s.yaml:8:17: error", "2 problems;"]);
    // A key that nothing reads does not hide a name that nothing has.
    let bad = GOOD.replace("us-east-1", "moon").replace("max_tokens: 100", "max_tokns: 100");
    refused(&Folder::with("s.yaml", bad), &["s.yaml"], &["s.yaml:7:13: error", "s.yaml:8:5: error", "2 problems;"]);
}

#[test]
fn more_than_a_run_can_count_is_refused() {
    let calls = "asks for more than 100 billion calls";
    let growing = GOOD.replace("horizon: 1h", "horizon: 1800d").replace("rate: 1/s", "rate: 1/s, growth: 1000%/month");
    refused(&Folder::with("s.yaml", growing), &["s.yaml"], &["s.yaml:5:3: error: ", calls, "shorten `horizon`"]);
    let fast = GOOD.replace("horizon: 1h", "horizon: 7d").replace("rate: 1/s", "rate: 10_000_000/s");
    refused(&Folder::with("s.yaml", fast), &["s.yaml"], &["s.yaml:5:3: error: ", calls]);
    let eager = "max_tokens: 100\n    client: {attempts: 64}\n";
    let eager = GOOD.replace("max_tokens: 100\n", eager).replace("rate: 1/s", "rate: 10_000_000/s");
    refused(&Folder::with("s.yaml", eager), &["s.yaml"], &["two billion attempts in a minute", "`client.attempts`"]);
    let apps: String = (0..5).map(|app| format!("  a{app}: *a\n")).collect();
    let many = GOOD.replace("  a:\n", "  a: &a\n").replace("budgets:", &format!("{apps}budgets:"));
    let many = many.replace("horizon: 1h", "horizon: 1800d");
    refused(&Folder::with("s.yaml", many), &["s.yaml"], &["15,552,000 minutes of all apps", "shorten `horizon`"]);
}

#[test]
fn bad_price_files_are_refused_all_at_once() {
    let folder = Folder::with("good.yaml", GOOD);
    refused(&folder, &["good.yaml", "--pricing", "nowhere"], &["nowhere: error: cannot be read"]);
    folder.write("prices/a.yaml", "modles: {}\n");
    folder.write(
        "prices/b.yaml",
        "models: {claude-haiku-4-5: {max_output: {tokens: 9B, source: s, checked: 2026-11-01}}}\n",
    );
    let both = ["prices/a.yaml:1:1: error: unknown key `modles`", "prices/b.yaml:1:"];
    refused(&folder, &["good.yaml", "--pricing", "prices"], &both);
    folder.write("prices/c.yaml", b"\xff\xfe");
    folder.write("prices/d.yaml/x", "");
    let unreadable = ["prices/c.yaml: error: this is not a text file", "prices/d.yaml: error: this is a folder"];
    refused(&folder, &["good.yaml", "--pricing", "prices"], &unreadable);
    let empty = Folder::with("good.yaml", GOOD);
    empty.write("prices/README.md", "");
    refused(&empty, &["good.yaml", "--pricing", "prices"], &["prices: error: no *.yaml file is in this folder"]);
}

#[test]
fn an_overlay_cannot_hold_what_the_engine_cannot() {
    let folder = Folder::with("good.yaml", GOOD);
    let row = "via: geo, regions: any, tokens_per_minute: 90B, source: s, checked: 2026-11-01";
    let prices = format!("sources: {{s: {{title: S}}}}\nmodels:\n  claude-haiku-4-5:\n    quotas: [{{{row}}}]\n");
    folder.write("prices/a.yaml", prices);
    refused(&folder, &["good.yaml", "--pricing", "prices"], &["prices/a.yaml:4:", "a quota of 90,000,000,000"]);
}

#[test]
fn an_output_folder_that_cannot_be_written_is_found_before_the_run() {
    let folder = Folder::with("long.yaml", GOOD.replace("rate: 1/s", "rate: 10_000_000/s"));
    folder.write("file", "x");
    let before = folder.listing();
    for out in ["file", "file/inside", "long.yaml"] {
        let answer = folder.tokencast(&["run", "long.yaml", "--out", out]).ended(2);
        let expected = format!("{out}: error: the report cannot be written here: ");
        assert!(answer.stderr.starts_with(&expected), "{}", answer.stderr);
    }
    assert!(folder.listing() == before);
}

#[test]
fn a_full_disk_leaves_the_report_that_was_there_and_no_stage() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.tokencast(&["run", "good.yaml"]).ended(0);
    let before = folder.listing();
    // Files end at 8 blocks; the signal of the limit becomes an error when it is ignored.
    let full = folder.shell("trap '' XFSZ; ulimit -f 8; $tokencast run good.yaml").ended(3);
    assert!(full.stderr.contains("reports/good: error: the report could not be written"), "{}", full.stderr);
    assert!(full.stdout.is_empty() && folder.listing() == before, "{:?}", folder.names("reports/good"));
}

#[test]
fn a_report_that_has_no_room_for_a_file_changes_nothing() {
    let folder = Folder::with("good.yaml", GOOD);
    folder.write("out/report.html/mine", "mine");
    folder.write("out/cost.svg", "old");
    let before = folder.listing();
    let answer = folder.tokencast(&["run", "good.yaml", "--out", "out"]).ended(3);
    assert!(answer.stderr.contains("report.html is a folder"), "{}", answer.stderr);
    assert!(folder.listing() == before);
}

#[test]
fn a_killed_run_leaves_no_file() {
    let folder = Folder::with("long.yaml", GOOD.replace("rate: 1/s", "rate: 1_000_000/s"));
    let mut child = folder.command().args(["run", "long.yaml", "--out", "out"]).spawn().unwrap();
    for _ in (0..6_000).take_while(|_| !folder.path("out").exists()) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(200));
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(folder.names("out").is_empty(), "{:?}", folder.names("out"));
}
