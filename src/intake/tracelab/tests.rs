use super::*;
use crate::bedrock::usage::Usage;
use crate::intake::sample::{import, refused};
use crate::intake::{Options, Tally};

const EVENTS: &str = "\"timing_events\":[{\"event_type\":\"tool_result\",\"timestamp\":\"1970-01-01T00:00:01Z\"},\
    {\"event_type\":\"tool_result\",\"timestamp\":\"1970-01-01T00:00:03.25Z\"},\
    {\"event_type\":\"text\",\"timestamp\":\"1970-01-01T00:00:09Z\"}]";

fn rows(text: &str, app: AppFrom) -> (Vec<Row>, Tally) {
    let (rows, tally, result) = import(read, text, &Options { app, ..Options::default() });
    result.unwrap();
    (rows, tally)
}

fn claude(total: u64) -> String {
    format!(
        "{{\"provider\":\"claude\",\"project\":\"p\",\"session_id\":\"s\",\"round_id\":\"r\",\"model\":\"m\",\
         \"input_tokens_total\":{total},\"claude_uncached_input_tokens\":5,\"claude_cache_read_input_tokens\":70,\
         \"claude_cache_creation_input_tokens\":25,\"output_tokens\":9,{EVENTS}}}\n"
    )
}

fn codex() -> String {
    format!(
        "{{\"provider\":\"codex\",\"model\":\"m\",\"input_tokens_total\":100,\"prefix_tokens\":64,\
         \"newly_append_tokens\":36,\"claude_uncached_input_tokens\":null,\"output_tokens\":9,{EVENTS}}}\n"
    )
}

#[test]
fn a_round_is_sent_when_its_last_tool_has_answered() {
    let (rows, tally) = rows(&claude(100), AppFrom::Usual);
    assert_eq!((rows[0].at_us, rows[0].latency_us), (3_250_000, Some(5_750_000)));
    let usage = Usage { uncached_input: 5, cache_read: 70, cache_write_5m: 25, cache_write_1h: 0, output: 9 };
    assert_eq!(rows[0].usage, usage);
    let names = [&rows[0].app, &rows[0].session, &rows[0].request_id, &rows[0].model];
    assert_eq!(names.map(|name| name.as_deref()), ["p", "s", "r", "m"].map(Some));
    assert_eq!(tally.notes["cache writes taken for five minutes"], 1);
}

#[test]
fn providers_that_write_for_nothing_state_what_was_read() {
    let (rows, _) = rows(&codex(), AppFrom::Metadata("provider".to_owned()));
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.cache_read), (36, 64));
    assert_eq!(rows[0].app.as_deref(), Some("codex"));
}

#[test]
fn parts_that_are_not_the_whole_are_refused_and_rounds_without_times_skipped() {
    assert_eq!(refused(read, &claude(101)), "t:1: error: the parts of the input are 100 tokens, and not all 101");
    let (rows, tally) = rows("{\"input_tokens_total\":1,\"output_tokens\":1}\n", AppFrom::Usual);
    assert_eq!((rows.len(), tally.skipped["a round without a time or an answer"].line), (0, Some(1)));
    assert!(refused(read, &claude(100).replace("1970-01-01T00:00:09Z", "then")).contains("`then` is not a time"));
}
