//! `tokencast why`: the attempt, the limit, the holders and the ways out, in words and as JSON.

use crate::bundled::{path, variant};
use crate::command::{Folder, GOOD};

fn scarce() -> Folder {
    let quota = "account: {quotas: [{model: claude-haiku-4-5, via: geo, region: us-east-1, tokens_per_minute: 2k}]}\n";
    Folder::with(
        "s.yaml",
        GOOD.replace("apps:\n", &format!("{quota}apps:\n")).replace("rate: 1/s", "rate: 1/s, burstiness: 0"),
    )
}

/// 142 tokens a call, one a second. Calls last 0.6 s and are charged 42 + 5 x 5 = 67, so that before the
/// 30th call 28 have settled and one is open: 28 x 67 + 142 = 2,018, and with it 18 too many.
#[test]
fn the_first_throttled_attempt_is_explained() {
    let folder = scarce();
    let json = folder.tokencast(&["why", "s.yaml", "--format", "json"]).ended(0).stdout;
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let refused = &answer["refused"];
    let number = |key: &str| refused[key].as_u64().expect("a number");
    assert_eq!((answer["app"].as_str(), refused["attempt"].as_u64()), (Some("a"), Some(1)));
    assert_eq!(refused["limit"]["amount"], 2_000);
    assert_eq!(number("used") + number("asked"), 2_000 + number("shortfall"));
    let holder = &refused["holders"][0];
    assert_eq!(holder["reserved"].as_u64().zip(holder["charged"].as_u64()).map(|(a, b)| a + b), Some(number("used")));
    assert_eq!(holder["charged"].as_u64().map(|charged| charged % 67), Some(0));
    let text = folder.tokencast(&["why", "s.yaml", "--throttled", "1"]).ended(0).stdout;
    let raised = refused["raise"][0]["amount"].as_u64().expect("an amount");
    let expected = [
        format!("Attempt 1 of request {} of `a` was refused at 2026-12-01 00:00:", answer["request"]),
        format!(
            "with {},{:03} tokens per minute of claude-haiku-4-5 geo us-east-1 instead of 2,000",
            raised / 1_000,
            raised % 1_000
        ),
        "with one less it would not".to_owned(),
        "at 2026-12-01 00:01:00 UTC, ".to_owned(),
    ];
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(expected.iter().all(|part| words.contains(part)), "{expected:#?}\n{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn what_is_named_is_enough_for_the_whole_program_too() {
    let folder = scarce();
    let json = folder.tokencast(&["why", "s.yaml", "--format", "json"]).ended(0).stdout;
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let scenario = folder
        .read("s.yaml")
        .replace("tokens_per_minute: 2k", &format!("tokens_per_minute: {}", answer["refused"]["raise"][0]["amount"]));
    folder.write("raised.yaml", scenario);
    let request = format!("a/{}", answer["request"]);
    let now = folder.tokencast(&["why", "raised.yaml", "--request", &request]).ended(0).stdout;
    assert!(now.starts_with(&format!("No attempt of request {} of `a` was throttled.", answer["request"])), "{now}");
    let before = folder.tokencast(&["why", "s.yaml", "--request", &request]).ended(0).stdout;
    assert!(before.starts_with("Attempt 1 of request"), "{before}");
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let folder = Folder::with("s.yaml", GOOD);
    let said = |arguments: &[&str], code: i32, text: &str| {
        let answer = folder.tokencast(&[&["why", "s.yaml"], arguments].concat()).ended(code);
        let said = answer.stdout + &answer.stderr;
        assert!(said.contains(text), "no {text:?} in:\n{said}");
    };
    said(&[], 2, "error: no attempt was throttled");
    said(&["--request", "a/1"], 0, "No attempt of request 1 of `a` was throttled.");
    said(&["--request", "a/100000"], 2, "error: `a` sends only 3,");
    said(&["--request", "b/1"], 2, "error: unknown app `b`");
    said(&["--request", "a"], 2, "write it as APP/NUMBER");
    said(&["--request", "a/0"], 2, "counted from 1");
    said(&["--throttled", "0"], 2, "counted from 1");
    said(&["--variant", "bas"], 2, "did you mean `base`?");
    said(&["--throttled", "1", "--request", "a/1"], 2, "cannot be used with");
    let scarce = scarce();
    let count = scarce.tokencast(&["why", "s.yaml", "--throttled", "1000000"]).ended(2);
    assert!(
        count.stderr.starts_with("error: only ") && count.stderr.contains(" attempts were throttled"),
        "{}",
        count.stderr
    );
}

#[test]
fn the_chat_learns_that_the_reports_hold_its_quota() {
    let scenario = path("scenarios/office-hours.yaml").display().to_string();
    let pages = crate::bundled::pages("office-hours");
    let throttled = variant(&pages, "base").totals.throttled_attempts;
    let last = throttled.to_string();
    let folder = Folder::new();
    let json = folder.tokencast(&["why", &scenario, "--throttled", &last, "--format", "json"]).ended(0).stdout;
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let held = |app: &str| {
        let holders = answer["refused"]["holders"].as_array().expect("holders").iter();
        let sums = holders.filter(|holder| holder["app"] == app);
        sums.map(|holder| holder["reserved"].as_u64().unwrap_or(0) + holder["charged"].as_u64().unwrap_or(0))
            .sum::<u64>()
    };
    assert!(held("reports") > 4 * held("chat"), "{json}");
    let beyond = (throttled + 1).to_string();
    folder.tokencast(&["why", &scenario, "--throttled", &beyond]).ended(2);
}

#[test]
fn a_refused_call_of_a_task_is_told_and_asked_for_by_its_task() {
    let scenario = path("scenarios/demo-quota-launch.yaml").display().to_string();
    let first = Folder::new().tokencast(&["why", &scenario]).ended(0).stdout;
    let task =
        first.strip_prefix("Attempt 1 of a call of task ").and_then(|rest| rest.split(' ').next()).expect("a task");
    let again = Folder::new().tokencast(&["why", &scenario, "--request", &format!("demo/{task}")]).ended(0).stdout;
    assert_eq!(again, first);
    let none = Folder::new().tokencast(&["why", &scenario, "--request", "demo/99999999"]).ended(2).stderr;
    assert!(none.contains("`demo` sends only ") && none.contains(" tasks"), "{none}");
}
