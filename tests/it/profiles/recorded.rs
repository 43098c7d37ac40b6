//! The shared traces as rows, read in a few lines of their own.

use crate::shared;
use serde_json::Value;
use tokencast::bedrock::usage::Usage;
use tokencast::trace::{Blocks, Row};

fn text(path: &str) -> Option<String> {
    Some(std::fs::read_to_string(shared::file(path)?).expect("the file is text"))
}

fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| row.at_us);
    rows
}

fn usage(uncached_input: u64, output: u64) -> Usage {
    Usage { uncached_input, output, ..Usage::default() }
}

/// An hour of conversations (Splitwise, ISCA 2024).
pub fn azure() -> Option<Vec<Row>> {
    let text = text("traces/AzureLLMInferenceTrace_conv.csv")?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let at: jiff::Timestamp = format!("{}Z", cells[0]).parse().expect("an instant");
        let count = |cell: &str| cell.parse().expect("a count");
        Row { at_us: at.as_microsecond(), usage: usage(count(cells[1]), count(cells[2])), ..Row::default() }
    };
    Some(in_order(text.lines().skip(1).map(row).collect()))
}

/// An hour of conversations with blocks (Mooncake, FAST 2025).
pub fn mooncake() -> Option<Vec<Row>> {
    let text = text("traces/mooncake_conversation_trace.jsonl")?;
    let row = |line: &str| {
        let call: Value = serde_json::from_str(line).expect("a JSON line");
        let count = |key: &str| call[key].as_u64().expect("a count");
        let ids = call["hash_ids"].as_array().expect("blocks").iter().map(|id| id.as_u64().expect("an id"));
        Row {
            at_us: count("timestamp") as i64 * 1_000,
            usage: usage(count("input_length"), count("output_length")),
            blocks: Blocks { tokens: 512, ids: ids.collect() },
            ..Row::default()
        }
    };
    Some(in_order(text.lines().map(row).collect()))
}

/// Sessions of coding agents with blocks of their own; all begin at once.
pub fn agents() -> Option<Vec<Row>> {
    let text = text("traces/claude_code_agentic_dev60.jsonl")?;
    let row = |line: &str| {
        let call: Value = serde_json::from_str(line).expect("a JSON line");
        let count = |key: &str| call[key].as_u64().expect("a count");
        let name = call["session"].as_str().expect("a name");
        let session: u64 = name.trim_start_matches("trace_").parse().expect("a number");
        let runs = call["blocks"].as_array().expect("runs of blocks").iter();
        let ids = runs.flat_map(|run| {
            let (first, count) = (run[0].as_u64().expect("an id"), run[1].as_u64().expect("a count"));
            first..first + count
        });
        let micros = |key: &str| call[key].as_f64().map(|seconds| (seconds * 1e6) as u64);
        Row {
            at_us: micros("t_s").expect("a time") as i64,
            model: call["model"].as_str().map(Into::into),
            session: Some(name.into()),
            usage: usage(count("input_tokens"), count("output_tokens")),
            latency_us: micros("api_s"),
            truncated: call["stop"] == "max_tokens",
            blocks: Blocks { tokens: 64, ids: ids.map(|id| (session << 32) + id).collect() },
            ..Row::default()
        }
    };
    Some(in_order(text.lines().map(row).collect()))
}
