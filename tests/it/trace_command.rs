//! `tokencast trace` and `tokencast init --from`, from outside.

use crate::bundled::path;
use crate::command::{Answer, Folder};
use crate::shared;
use serde_json::Value;
use std::fs;

fn logs() -> String {
    path("scenarios/logs").display().to_string()
}

fn totals(folder: &Folder, arguments: &[&str]) -> Value {
    let asked: Vec<&str> = [&["trace", "stats", "--format", "json"], arguments].concat();
    let stats: Value = serde_json::from_str(&folder.tokencast(&asked).ended(0).stdout).expect("JSON");
    stats["total"].clone()
}

fn calls(folder: &Folder, arguments: &[&str]) -> u64 {
    totals(folder, arguments)["calls"].as_u64().expect("a count")
}

#[test]
fn a_recording_becomes_parquet_then_csv_then_the_same_parquet() {
    let folder = Folder::new();
    let convert = |from: &str, to: &str| folder.tokencast(&["trace", "convert", from, "--to", to]).ended(0);
    convert(&logs(), "a.parquet");
    convert("a.parquet", "b.csv");
    convert("b.csv", "c.parquet");
    assert!(fs::read(folder.path("a.parquet")).unwrap() == fs::read(folder.path("c.parquet")).unwrap());
    assert_eq!(totals(&folder, &["a.parquet"]), totals(&folder, &[&logs()]));
    let text = folder.read("b.csv");
    assert!(text.starts_with("time,app,account,model,") && !text.contains("message"), "no prompts, no answers");
}

#[test]
fn what_is_there_is_never_written_over() {
    let folder = Folder::with("a.parquet", "mine");
    let refused = folder.tokencast(&["trace", "convert", &logs(), "--to", "a.parquet"]).ended(2);
    assert!(refused.stderr.contains("never written over"), "{}", refused.stderr);
    let refused = folder.tokencast(&["init", "--from", &logs(), "a.yaml"]).ended(2);
    assert!(refused.stderr.contains("a.parquet"), "{}", refused.stderr);
    assert_eq!((folder.read("a.parquet").as_str(), folder.names(".")), ("mine", vec!["a.parquet".to_owned()]));
    let refused = folder.tokencast(&["trace", "convert", &logs(), "--to", "a.txt"]).ended(2);
    assert!(refused.stderr.contains(".parquet or .csv"), "{}", refused.stderr);
}

#[test]
fn what_is_said_of_recordings_needs_some() {
    let folder = Folder::new();
    let refused = folder.tokencast(&["init", "--region", "us-east-1", "a.yaml"]).ended(2);
    assert!(refused.stderr.contains("`--from`"), "{}", refused.stderr);
    assert!(folder.names(".").is_empty());
    folder.tokencast(&["init", "a.yaml"]).ended(0);
}

#[test]
fn a_call_that_comes_twice_is_kept_once_and_counted() {
    let folder = Folder::new();
    let once = calls(&folder, &[&logs()]);
    let twice = folder.tokencast(&["trace", "stats", "--format", "json", &logs(), &logs()]).ended(0);
    let total: Value = serde_json::from_str(&twice.stdout).expect("JSON");
    assert_eq!(total["total"]["calls"].as_u64(), Some(once));
    let told = twice.stderr.lines().find(|line| line.starts_with("duplicate")).expect("it is told");
    assert!(told.ends_with("1,587"), "{told}");
}

#[test]
fn tools_change_a_recording_on_the_way() {
    let folder = Folder::new();
    let count = |arguments: &[&str]| calls(&folder, &[&[logs().as_str()], arguments].concat());
    let all = count(&[]);
    assert_eq!(count(&["--where", "app=triage"]) + count(&["--where", "app=reports"]), all);
    assert_eq!(count(&["--scale", "3"]), 3 * all);
    assert!((100..220).contains(&count(&["--thin", "10%"])), "a tenth of 1,587");
    let (before, after) = (
        count(&["--between", "2026-11-02,2026-11-02T10:00:00Z"]),
        count(&["--between", "2026-11-02T10:00:00Z,2026-11-03"]),
    );
    assert!(before > 0 && after > 0 && before + after == all);
    assert_eq!(calls(&folder, &["--splice", &logs(), &logs()]), 2 * all);
    let shifted = totals(&folder, &[&logs(), "--shift", "-3h"]);
    assert_eq!(shifted["first"], "2026-11-02T05:00:01.266293Z");
    let weeks = folder.tokencast(&["trace", "stats", &logs(), "--sample-weeks", "2"]).ended(2);
    assert!(weeks.stderr.contains("no whole week"), "{}", weeks.stderr);
}

#[test]
fn hashes_stand_for_names_and_nothing_else_changes() {
    let folder = Folder::new();
    let convert = |to: &str, salt: &str| {
        folder.tokencast(&["trace", "convert", &logs(), "--to", to, "--anonymise", salt]).ended(0)
    };
    convert("a.csv", "salt");
    convert("b.csv", "salt");
    convert("c.csv", "pepper");
    let [one, same, other] = ["a.csv", "b.csv", "c.csv"].map(|name| folder.read(name));
    assert!(one == same && one != other);
    assert!(!one.contains("triage") && !one.contains("111122223333") && one.contains("claude-haiku-4-5"));
    assert_eq!(totals(&folder, &["a.csv"])["tokens"], totals(&folder, &[&logs()])["tokens"]);
}

#[test]
fn recordings_that_cannot_be_taken_are_refused_with_the_reason() {
    let folder = Folder::with("empty/.hidden", "");
    let refused = |arguments: &[&str], said: &str| {
        let answer: Answer = folder.tokencast(&[&["trace", "stats"], arguments].concat());
        let answer = answer.ended(2);
        assert!(answer.stderr.contains(said), "{arguments:?}: {}", answer.stderr);
    };
    refused(&["empty"], "no file is in this folder");
    refused(&["nowhere"], "nowhere: error: cannot be read");
    let permissions = "Permissions are correctly set for Amazon Bedrock logs.\n";
    folder.write("only.json", permissions);
    refused(&["only.json", "--kind", "invocation-log"], "only.json:1: error: ");
    folder.write("calls.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n");
    refused(&["calls.csv", &logs()], "import each kind by itself");
    let file =
        fs::read_dir(path("scenarios/logs/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/02/08"));
    let packed = fs::read(file.unwrap().next().unwrap().unwrap().path()).unwrap();
    folder.write("cut.json.gz", &packed[..packed.len() / 2]);
    refused(&["cut.json.gz"], "cut.json.gz");
    folder.write("first.json", format!("{permissions}{{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"x\"}}\n"));
    refused(&["first.json"], "no call is left");
}

#[test]
fn a_strict_import_takes_all_or_nothing() {
    let Some(file) = shared::file("samples/bedrock_invocation_log_SHAPES.jsonl") else { return };
    let (folder, file) = (Folder::new(), file.display().to_string());
    assert_eq!(calls(&folder, &[&file]), 6);
    let refused = folder.tokencast(&["trace", "convert", &file, "--strict", "--to", "a.parquet"]).ended(2);
    assert!(refused.stderr.contains(":1: error: ") && refused.stderr.contains("--strict"), "{}", refused.stderr);
    assert!(folder.names(".").is_empty());
}

#[test]
fn what_a_monitor_counted_stays_with_the_calls() {
    let Some(file) = shared::file("samples/cloudwatch_get_metric_data_SHAPE_ONLY.json") else { return };
    let (folder, file) = (Folder::new(), file.display().to_string());
    folder.tokencast(&["trace", "convert", &file, "--model", "m", "--to", "a.parquet"]).ended(0);
    let profile = folder.tokencast(&["trace", "profile", "a.parquet", "--format", "json"]).ended(0);
    assert!(profile.stdout.contains("InvocationThrottles"), "{}", profile.stdout);
    let totals = totals(&folder, &["a.parquet"]);
    assert_eq!((totals["calls"].as_u64(), totals["tokens"]["output"].as_u64()), (Some(77), Some(44_110)));
}

#[test]
fn every_trace_that_is_given_is_imported_profiled_drafted_and_run() {
    const MODELS: &str = "ChatGPT: us.amazon.nova-lite-v1:0\nGPT-4: us.amazon.nova-pro-v1:0\ngpt-4o: us.amazon.nova-pro-v1:0\n\
        gpt-5.4: us.amazon.nova-pro-v1:0\nclaude-opus-4-5-20251101: us.anthropic.claude-opus-4-5-20251101-v1:0\n\
        claude-sonnet-4-5-20250929: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n";
    for name in [
        "traces/AzureLLMInferenceTrace_conv.csv",
        "traces/mooncake_conversation_trace.jsonl",
        "traces/claude_code_agentic_dev60.jsonl",
        "samples/bedrock_invocation_log_SHAPES.jsonl",
        "samples/bedrock_invocation_log_nova_conversestream.json",
        "samples/cloudwatch_get_metric_data_SHAPE_ONLY.json",
        "samples/burstgpt_first_rows.csv",
        "samples/litellm_spend_logs_payload.json",
        "samples/litellm_spend_logs_v2_page.json",
        "samples/tracelab_round_trace_sanitized.jsonl",
    ] {
        let Some(file) = shared::file(name) else { return };
        let (folder, file) = (Folder::with("models.yaml", MODELS), file.display().to_string());
        let said = ["--models", "models.yaml", "--model", "us.amazon.nova-lite-v1:0", "--region", "us-east-1"];
        folder.tokencast(&[&["init", "--from", &file, "a.yaml"], said.as_slice()].concat()).ended(0);
        folder.tokencast(&["trace", "profile", "a.parquet"]).ended(0);
        assert!(folder.read("reports/a/profile.html").contains("</html>"), "{name}");
        let answer = folder.tokencast(&["run", "a.yaml"]).ended(0);
        assert!(answer.stdout.contains(" costs $"), "{name}: {}", answer.stdout);
    }
}
