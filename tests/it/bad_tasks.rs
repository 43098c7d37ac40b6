//! Conversations, agents, users, lines, queues and sessions that cannot be: code 2, and a message where it stands.

use crate::command::{Folder, GOOD, REPLAY};

const TRAFFIC: &str = "    traffic: {rate: 1/s, input: 42, output: 5}\n";
const CONVERSATION: &str = "conversation: {turns: 4, think: 20s}";
const AGENT: &str = "agent: {steps: 4, tool_call: 50, tool_result: 300, tool_time: 500ms}";
const QUEUE: &str = "queue: {concurrency: 10, max_receives: 3}";

/// The scenario is refused with all of the expected.
#[track_caller]
fn refused(folder: &Folder, expected: &[&str]) {
    for command in ["run", "check"] {
        let answer = folder.tokencast(&[command, "s.yaml"]).ended(2);
        assert!(answer.stdout.is_empty(), "{}", answer.stdout);
        for text in expected {
            assert!(answer.stderr.contains(text), "no {text:?} in:\n{}", answer.stderr);
        }
    }
}

/// A key of the app, in line 9 from column 5 on, before its traffic in the last line of the app.
#[track_caller]
fn key_refused(key: &str, expected: &[&str]) {
    keys_refused(&[key], TRAFFIC, expected);
}

#[track_caller]
fn traffic_refused(traffic: &str, expected: &[&str]) {
    keys_refused(&[], &format!("    traffic: {traffic}\n"), expected);
}

#[track_caller]
fn keys_refused(keys: &[&str], traffic: &str, expected: &[&str]) {
    let keys: String = keys.iter().map(|key| format!("    {key}\n")).collect();
    refused(&Folder::with("s.yaml", GOOD.replace(TRAFFIC, &(keys + traffic))), expected);
}

#[test]
fn an_agent_without_a_bound_on_steps_is_refused() {
    let agent = |steps: &str| AGENT.replace("steps: 4", &format!("steps: {steps}"));
    let unbound = ["s.yaml:9:20: error: an agent without a bound on steps", "add `max`, 200 or less"];
    key_refused(&agent("{median: 4, p95: 9}"), &unbound);
    key_refused(&agent("{mean: 4}"), &unbound);
    key_refused(&agent("{median: 4, p95: 9, max: 201}"), &["s.yaml:9:20: error: an agent with up to 201 steps"]);
    key_refused(&agent("0"), &["s.yaml:9:20: error: an agent without steps", "write a number from 1 to 200"]);
    key_refused("agent: {steps: 4}", &["`tool_call` is missing here", "`tool_result` is missing", "`tool_time` is"]);
    let helped = |count: &str, steps: &str| {
        AGENT.replace('}', &format!(", subagents: {{count: {count}, steps: {steps}, input: 300, result: 200}}}}"))
    };
    key_refused(&helped("101", "3"), &["an agent with up to 101 sub-agents"]);
    key_refused(&helped("{mean: 2}", "3"), &["an agent without a bound on sub-agents"]);
    key_refused(&helped("2", "{mean: 3, max: 61}"), &["a sub-agent with up to 61 steps", "write 60 or less"]);
    key_refused(&AGENT.replace('}', ", direct: {share: 101%}}"), &["`101%` is not between 0 % and 100 %"]);
    let elsewhere = AGENT.replace('}', ", direct: {share: 70%, model: us.anthropic.claude-haiku-9}}");
    key_refused(&elsewhere, &["s.yaml:9:102: error: unknown model `us.anthropic.claude-haiku-9`"]);
    key_refused(&AGENT.replace("500ms", "-1s"), &["s.yaml:9:67: error: `-1s` is negative"]);
}

#[test]
fn conversations_end_and_nobody_thinks_backwards() {
    let conversation = |from, to| CONVERSATION.replace(from, to);
    key_refused(&conversation("4", "{mean: 4}"), &["s.yaml:9:27: error: a conversation without a bound on turns"]);
    key_refused(&conversation("4", "4_001"), &["s.yaml:9:27: error: a conversation with up to 4,001 turns"]);
    key_refused(&conversation("20s", "-20s"), &["s.yaml:9:37: error: `-20s` is negative"]);
    key_refused(&conversation("20s", "25h"), &["s.yaml:9:37: error: more than a day of thought"]);
    key_refused(&conversation("20s", "{median: 0s, p95: 1s}"), &["a `median` of zero"]);
}

#[test]
fn users_are_somebody_and_keep_no_timetable() {
    let users = |more: &str| format!("{{users: 50, think: 3s, input: 42, output: 5{more}}}");
    let refused = |more: &str, expected: &[&str]| traffic_refused(&users(more), expected);
    traffic_refused(&users("").replace("50", "0"), &["s.yaml:9:22: error: `0` is not from 1 to 1,000,000"]);
    traffic_refused(&users("").replace("3s", "-3s"), &["s.yaml:9:33: error: `-3s` is negative"]);
    traffic_refused("{users: 50, input: 42, output: 5}", &["`think` is missing here"]);
    refused(", rate: 1/s", &["s.yaml:9:59: error: either users or a rate send the tasks", "keep one of the two"]);
    refused(", shape: office_hours", &["users send when they have thought, not by the hour"]);
    refused(", burstiness: 2", &["users send when they have thought, not in bursts"]);
    refused(", growth: 8%/month", &["their number does not grow"]);
    refused(", ramps: 3s", &["unknown key `ramps`", "did you mean `ramp`?"]);
    let endless = GOOD.replace(TRAFFIC, &format!("    traffic: {}\n", users(""))).replace("horizon: 1h\n", "");
    self::refused(&Folder::with("s.yaml", endless), &["traffic that is made by rule needs a `horizon`"]);
}

#[test]
fn lines_and_queues_have_room_for_somebody() {
    key_refused("concurrency: {most: 0}", &["s.yaml:9:25: error: `0` is not from 1 to 1,000,000"]);
    key_refused("concurrency: {most: 1, patience: -1s}", &["`-1s` is negative"]);
    key_refused("concurrency: {queue: 5}", &["`most` is missing here"]);
    key_refused("queue: {concurrency: 0, max_receives: 3}", &["s.yaml:9:26: error: `0` is not from 1 to 1,000,000"]);
    key_refused("queue: {concurrency: 1}", &["`max_receives` is missing here"]);
    let visible = |timeout: &str| QUEUE.replace('}', &format!(", visibility_timeout: {timeout}}}"));
    key_refused(&visible("13h"), &["a visibility timeout of more than twelve hours", "write from `1s` to `12h`"]);
    key_refused(&visible("0s"), &["a visibility timeout of less than a second"]);
}

#[test]
fn what_makes_no_sense_together_is_refused() {
    let users = "    traffic: {users: 50, think: 3s, input: 42, output: 5}\n";
    keys_refused(&[QUEUE], users, &["s.yaml:9:5: error: users wait for their answers"]);
    keys_refused(
        &["concurrency: {most: 5}", QUEUE],
        TRAFFIC,
        &["s.yaml:10:5: error: a queue has a concurrency of its"],
    );
    keys_refused(&[CONVERSATION, QUEUE], TRAFFIC, &["s.yaml:10:5: error: the turns of a conversation are no messages"]);
    for (key, name) in
        [(CONVERSATION, "conversation"), (AGENT, "agent"), (QUEUE, "queue"), ("concurrency: {most: 5}", "concurrency")]
    {
        let message = format!("s.yaml:10:5: error: a batch is answered hours later: it has no `{name}`");
        keys_refused(&["tier: batch", key], TRAFFIC, &[&message, "choose another `tier`"]);
    }
    keys_refused(&["tier: batch"], users, &["s.yaml:10:15: error: a batch is answered hours later: it has no `users`"]);
}

#[test]
fn more_tasks_than_a_run_can_number_are_refused() {
    let many = GOOD.replace("horizon: 1h", "horizon: 1000d");
    let counted = |key: &str, traffic: &str| {
        let folder = Folder::with("s.yaml", many.replace(TRAFFIC, &format!("    {key}\n    traffic: {traffic}\n")));
        refused(&folder, &["s.yaml:5:3: error: up to the app `a`, this scenario asks for more than 500 million tasks"]);
    };
    counted(AGENT, "{rate: 6/s, input: 42, output: 5}");
    counted(CONVERSATION, "{rate: 2/s, input: 42, output: 5}");
    counted("streaming: true", "{users: 100, think: 0s, input: 42, output: 5}");
}

#[test]
fn sessions_of_a_trace_are_told_apart_and_make_no_tasks_of_their_own() {
    let session = "output: out, session: s}}\n";
    let folder = |calls: &str, keys: &str| {
        let folder = Folder::with("calls.csv", calls);
        folder.write("s.yaml", REPLAY.replace("output: out}}\n", &format!("{session}{keys}")));
        folder
    };
    refused(&folder("t,in,out\n1,2,3\n", ""), &["calls.csv:1: error: there is no column `s`"]);
    refused(
        &folder("t,in,out,s\n1,2,3,x\n2,2,3,\n", ""),
        &["calls.csv:3: error: column `s`: this call has no session"],
    );
    let calls = "t,in,out,s\n1,2,3,x\n2,2,3,y\n";
    refused(&folder(calls, &format!("    {AGENT}\n")), &["a session is made of recorded calls"]);
    refused(&folder(calls, &format!("    {QUEUE}\n")), &["calls of a session follow each other"]);
    refused(&folder(calls, "    tier: batch\n"), &["a batch is answered hours later: it has no `session`"]);
    let recorded = ["recorded calls have their turns already", "`traffic.trace.session`"];
    refused(&folder(calls, &format!("    {CONVERSATION}\n")), &recorded);
    folder(calls, "").tokencast(&["check", "s.yaml"]).ended(0);
}

#[test]
fn good_tasks_are_accepted() {
    let spread = "{median: 4, p95: 9, max: 12}";
    let keys = [
        "conversation: {turns: SPREAD, think: {median: 20s, p95: 2m}, history_tokens: 20k, history_turns: 10}",
        "agent: {steps: SPREAD, tool_call: 50, tool_result: {median: 300, p95: 1_500}, tool_time: {median: 500ms, \
         p95: 2s}, budget_tokens: 3_000, direct: {share: 70%, prompt_tokens: 0}, subagents: {count: 2, steps: 3, \
         input: 300, result: 200}}",
        "concurrency: {most: 20, queue: 500, patience: 30s}",
    ];
    let keys: String = keys.iter().map(|key| format!("    {}\n", key.replace("SPREAD", spread))).collect();
    let users = "    traffic: {users: 50, think: 3s, ramp: 10s, input: 42, output: 5}\n";
    let queue =
        "    queue: {concurrency: 10, batch: 10, visibility_timeout: 6m, max_receives: 3, report_failures: true}\n";
    for changed in [keys.clone() + TRAFFIC, keys + users, queue.to_owned() + TRAFFIC] {
        let answer = Folder::with("s.yaml", GOOD.replace(TRAFFIC, &changed)).tokencast(&["run", "s.yaml"]);
        assert!(answer.code == Some(0), "{} {}", answer.stdout, answer.stderr);
    }
}
