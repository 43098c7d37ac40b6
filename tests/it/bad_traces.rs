//! Every bad trace: code 2, its file and line, and nothing written; good ones run to their end.

use crate::command::{Folder, REPLAY};
use std::fs::{self, File};

fn replay(trace: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::with("s/replay.yaml", REPLAY);
    folder.write("s/calls.csv", trace);
    folder
}

#[track_caller]
fn refused(folder: &Folder, expected: &str) {
    let before = folder.listing();
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[command, "s/replay.yaml"]).ended(2);
        assert!(answer.stdout.is_empty() && answer.stderr.contains(expected), "no {expected:?} in:\n{}", answer.stderr);
        assert!(answer.stderr.contains("1 problem; nothing was run and nothing was written"), "{}", answer.stderr);
    }
    assert!(folder.listing() == before, "something was written");
}

#[test]
fn a_trace_that_cannot_be_opened_is_named_where_the_scenario_names_it() {
    let place = "s/replay.yaml:9:29: error: the trace s/calls.csv: ";
    let missing = Folder::with("s/replay.yaml", REPLAY);
    refused(&missing, &format!("{place}cannot be opened: No such file"));
    missing.write("s/calls.csv/inside", "");
    refused(&missing, &format!("{place}cannot be opened: this is a folder"));
    refused(&replay("t,in,out\n"), &format!("{place}the trace has no rows"));
}

#[test]
fn a_pipe_is_no_trace_because_it_cannot_be_read_twice() {
    let folder = Folder::with("s/replay.yaml", REPLAY.replace("calls.csv", "/dev/null"));
    refused(&folder, "the trace /dev/null: cannot be opened: this is a pipe or a device");
}

#[test]
fn a_file_without_lines_is_refused_at_once() {
    let folder = Folder::with("s/replay.yaml", REPLAY);
    File::create(folder.path("s/calls.csv")).unwrap().set_len(3 << 30).unwrap();
    let answer = folder.tokencast(&["run", "s/replay.yaml"]).ended(2);
    assert!(answer.stderr.contains("a line is longer than 1 MiB"), "{}", answer.stderr);
}

#[test]
fn a_bad_row_is_named_with_its_line() {
    for (trace, expected) in [
        ("", ":1: error: there is no column `t`; the columns are none: the file is empty"),
        ("t;in;out\n1;2;3\n", ":1: error: there is no column `t`; the columns are `t;in;out`"),
        ("t,in,out\n1,2\n", ":2: error: this line has 2 columns, the header has 3"),
        ("t,in,out\n1,-2,3\n", ":2: error: column `in`: `-2` is not a whole number of tokens"),
        ("t,in,out\n1,2.5,3\n", ":2: error: column `in`: `2.5` is not a whole number of tokens"),
        ("t,in,out\n1,NaN,3\n", ":2: error: column `in`: `NaN` is not a whole number of tokens"),
        ("t,in,out\n1,2,\n", ":2: error: column `out`: `` is not a whole number of tokens"),
        ("t,in,out\n1,2,2147483648\n", ":2: error: column `out`: `2147483648` is not below 2^31"),
        ("t,in,out\n1,2,99999999999999999999999\n", ":2: error: column `out`: "),
        ("t,in,out\n1,2,3\n0.5,2,3\n", ":3: error: the time goes backwards; add `sort: true`"),
        ("t,in,out\nNaN,2,3\n", ":2: error: column `t`: `NaN` is not a number of seconds"),
    ] {
        refused(&replay(trace), &format!("s/calls.csv{expected}"));
    }
    refused(&replay(b"\x7fELF\x02\xff\x00\x01\n\x00"), "s/calls.csv:1: error: this is not a text file (UTF-8)");
}

#[test]
fn blocks_that_are_none_or_too_many_are_named_with_their_line() {
    let with_blocks = |trace: &str, column: &str| {
        let folder = replay(trace);
        let blocks = format!("output: out, blocks: {{column: {column}, tokens: 512}}");
        folder.write("s/replay.yaml", REPLAY.replace("output: out", &blocks));
        folder
    };
    for (row, expected) in [
        ("1,900,3,7 x", ":2: error: column `b`: `x` is not a whole number"),
        ("1,900,3,7 8 9", ":2: error: column `b`: more blocks of 512 tokens than the input of 900 tokens has"),
    ] {
        refused(&with_blocks(&format!("t,in,out,b\n{row}\n"), "b"), &format!("s/calls.csv{expected}"));
    }
    refused(&with_blocks("t,in,out,b\n1,2,3,4\n", "c"), "s/calls.csv:1: error: there is no column `c`");
    with_blocks("t,in,out,b\n1,900,3,7 8\n2,900,3,\n", "b").tokencast(&["run", "s/replay.yaml"]).ended(0);
}

/// A scenario whose trace says this, and a file of good rows.
fn with_trace(trace: &str) -> Folder {
    let folder = replay("t,in,out,m,s,r,b,a\n1,900,3,9,x,0,7,a\n2,900,3,,x,5,7 8,a\n");
    folder.write("s/replay.yaml", REPLAY.replace(", output: out", &format!(", output: out{trace}")));
    folder.write("s/calls.parquet", "t,in,out\n1,2,3\n");
    folder
}

#[test]
fn what_cannot_be_asked_of_a_trace_is_refused_where_it_stands() {
    for (trace, expected) in [
        (", where: {ap: a}", "unknown key `ap`"),
        (", where: {app: a}", "no column is named for `app`"),
        (", where: {outcome: good}", "unknown outcome `good`"),
        (", recorded: [max_token]", "unknown part of a recorded call `max_token`"),
        (", recorded: [session]", "no column is named for `session`"),
        (", recorded: [cache]", "no column is named for `cache`"),
        (", cache_read: r", "does `input` count what was cached, too?"),
        (
            ", cache_read: r, input_includes_cache: true, recorded: [cache], blocks: {column: b, tokens: 512}",
            "what was cached is either recorded or simulated",
        ),
        (", scale: 0", "scaled by zero, nothing is left"),
        (", scale: 1001", "`1001` is more than 1000"),
        (", thin: 120%", "`120%` is not between 0 % and 100 %"),
        (", thin: 0%", "nothing is left of the trace"),
        (", between: [2026-11-09, 2026-11-02]", "`2026-11-09` is not before `2026-11-02`"),
        (", between: [2026-11-09]", "expected two instants, found 1"),
        (", shift: soon", "`soon` is not a length of time"),
        (", sample_weeks: 0", "`0` is not from 1 to 520"),
        (", then: [other.parquet]", "`other.parquet` is of another kind than `calls.csv`"),
        (", app: a, where: {app: b}", "no row has `b` in column `a`"),
        (", between: [2026-11-02, 2026-11-09]", "no row was answered and has all that"),
        (", sample_weeks: 2", "no whole week to draw from"),
        (", then: [none.csv]", "the trace s/none.csv: cannot be opened"),
    ] {
        refused(&with_trace(trace), expected);
    }
    for good in [
        ", cache_read: r, input_includes_cache: true, recorded: [cache]",
        ", thin: 50%, scale: 2.5, shift: -1s, then: [calls.csv], session: s",
        ", max_tokens: m, app: a",
    ] {
        with_trace(good).tokencast(&["run", "s/replay.yaml"]).ended(0);
    }
}

#[test]
fn a_store_says_itself_what_is_in_it_and_a_csv_file_does_not() {
    let with = |trace: &str| {
        let folder = with_trace("");
        let all = "{file: calls.csv, time: {column: t, format: seconds}, input: in, output: out}";
        folder.write("s/replay.yaml", REPLAY.replace(all, trace));
        folder
    };
    let csv = with("{file: calls.csv, input: in, output: out}");
    refused(&csv, "s/replay.yaml:9:23: error: `time` is missing here");
    let columns = with("{file: calls.parquet, output: out}");
    refused(&columns, "`output` names a column, and the columns of a store have names of their own");
    let sessions = with("{file: calls.parquet, session: s}");
    refused(&sessions, "= help: write `recorded: [session]`");
    refused(&with("{file: calls.parquet}"), "the trace s/calls.parquet: ");
}

#[test]
fn what_was_cached_has_to_be_sold() {
    let folder = with_trace(", cache_read: r, input_includes_cache: true, recorded: [cache]");
    let scenario = fs::read_to_string(folder.path("s/replay.yaml")).unwrap();
    let llama = "us.meta.llama3-3-70b-instruct-v1:0";
    folder.write("s/replay.yaml", scenario.replace("us.anthropic.claude-haiku-4-5-20251001-v1:0", llama));
    refused(&folder, "calls of this trace have tokens of cache_read, and there is no price for");
}

#[test]
fn a_call_cannot_ask_for_more_than_the_model_takes() {
    let folder = replay("t,in,out,m\n1,2,3,900000\n");
    folder.write("s/replay.yaml", REPLAY.replace("output: out", "output: out, max_tokens: m"));
    refused(&folder, "asks for 900,000 `max_tokens`, and the model takes 200,000 tokens");
}

#[test]
fn a_call_cannot_ask_a_model_that_writes_nothing_for_tokens() {
    let folder = replay("t,in,out,m\n1,2,3,9\n");
    let titan = REPLAY
        .replace("output: out", "output: out, max_tokens: m")
        .replace("us.anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.titan-embed-text-v2:0");
    let titan: String =
        titan.lines().filter(|line| !line.contains(" max_tokens: 1")).map(|l| format!("{l}\n")).collect();
    folder.write("s/replay.yaml", titan);
    refused(&folder, "asks for `max_tokens`, and titan-embed-text-v2 writes no tokens");
}

#[test]
fn sort_reads_a_trace_that_goes_backwards() {
    let folder = replay("t,in,out\n9,2,3\n5,2,3\n7,2,3\n");
    folder.write("s/replay.yaml", REPLAY.replace("output: out", "output: out, sort: true"));
    let run = folder.tokencast(&["run", "s/replay.yaml", "--format", "json"]).ended(0);
    assert!(run.stdout.contains("\"served\": 3"), "{}", run.stdout);
}

#[test]
fn a_replay_without_horizon_ends_when_its_last_call_has_settled() {
    let folder = replay("\u{feff}t,in,out\r\n100,10,50\r\n160,10,50\r\n");
    let run = folder.tokencast(&["run", "s/replay.yaml", "--format", "json"]).ended(0);
    // A minute between the calls, half a second to the first token, and 50 tokens at 50 a second.
    assert!(run.stdout.contains("\"duration_us\": 61500000"), "{}", run.stdout);
    assert!(run.stdout.contains("\"served\": 2") && run.stdout.contains("\"in_flight\": 0"), "{}", run.stdout);
}

#[test]
fn a_trace_that_is_shorter_than_the_horizon_leaves_the_rest_empty() {
    let folder = replay("t,in,out\n1,10,5\n2,10,5\n");
    folder.write("s/replay.yaml", REPLAY.replace("apps:", "horizon: 2d\napps:"));
    let run = folder.tokencast(&["run", "s/replay.yaml", "--format", "json"]).ended(0);
    assert!(run.stdout.contains("\"duration_us\": 172800000000") && run.stdout.contains("\"served\": 2"));
}

#[test]
fn a_trace_that_changes_while_it_runs_is_a_failure_of_the_tool() {
    // The survey is quick and the base run is long: the file is cut between the two.
    let folder = replay("t,in,out\n1,10,5\n2,10,5\n");
    let synthetic = "  b:\n    model: us.anthropic.claude-haiku-4-5-20251001-v1:0\n    region: us-east-1\n    \
                     max_tokens: 9\n    traffic: {rate: 100/s, input: 9, output: 9}\n";
    let scenario = REPLAY.replace("apps:\n", &format!("horizon: 1d\nreplications: 3\napps:\n{synthetic}"));
    folder.write("s/replay.yaml", scenario);
    let mut run = folder.command();
    let child = run.args(["run", "s/replay.yaml", "--out", "out"]).stderr(std::process::Stdio::piped());
    let child = child.stdout(std::process::Stdio::piped()).spawn().unwrap();
    for _ in (0..6_000).take_while(|_| !folder.path("out").exists()) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    fs::remove_file(folder.path("s/calls.csv")).unwrap();
    let answer: crate::command::Answer = child.wait_with_output().unwrap().into();
    let answer = answer.ended(3);
    assert!(answer.stderr.contains("it has changed since"), "{}", answer.stderr);
    assert!(folder.names("out").is_empty(), "{:?}", folder.names("out"));
}
