use super::*;
use crate::intake::sample::{import, refused as refusal};
use crate::intake::{Options, Tally};

fn rows(text: &str, options: &Options) -> (Vec<Row>, Tally) {
    let (rows, tally, result) = import(read, text, options);
    result.unwrap();
    (rows, tally)
}

fn usual(text: &str) -> (Vec<Row>, Tally) {
    rows(text, &Options::default())
}

/// A record with something more.
fn record(more: &str) -> String {
    format!(
        "{{\"request_id\":\"r\",\"startTime\":\"1970-01-01 00:00:05.5\",\"endTime\":\"1970-01-01 00:00:09\",\
         \"completionStartTime\":\"1970-01-01 00:00:06\",\"model\":\"bedrock/us.amazon.nova-lite-v1:0\",\
         \"prompt_tokens\":100,\"completion_tokens\":9{more}}}"
    )
}

#[test]
fn a_record_is_a_call_in_utc() {
    let (rows, tally) = usual(&record(",\"session_id\":\"s\",\"team_id\":\"t\",\"status\":\"success\""));
    assert_eq!((rows[0].at_us, rows[0].ttft_us, rows[0].latency_us), (5_500_000, Some(500_000), Some(3_500_000)));
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.output), (100, 9));
    let names = [&rows[0].model, &rows[0].app, &rows[0].session, &rows[0].request_id];
    assert_eq!(names.map(|name| name.as_deref()), ["us.amazon.nova-lite-v1:0", "t", "s", "r"].map(Some));
    assert!(tally.notes.is_empty(), "{:?}", tally.notes);
}

#[test]
fn lists_lines_and_pages_are_the_same() {
    let (one, other) = (record(""), record(",\"user\":\"u\""));
    let lines = usual(&format!("{one}\n\n{other}\n")).0;
    assert_eq!(lines.len(), 2);
    assert_eq!(usual(&format!("[{one},\n{other}]")).0, lines);
    assert_eq!(usual(&format!("{{\"total\":2,\"page\":1,\"data\":[{one},{other}]}}\n")).0, lines);
    assert_eq!(usual(&format!("{{\"data\":[{one}]}}{{\"data\":[{other}]}}")).0, lines);
}

#[test]
fn counts_of_the_prompt_cache_are_in_the_metadata_as_text_or_as_an_object() {
    let object = "{\"usage_object\":{\"cache_read_input_tokens\":60,\"cache_creation_input_tokens\":30,\
                  \"prompt_tokens_details\":{\"cache_creation_token_details\":{\"ephemeral_1h_input_tokens\":10}}}}";
    let text = record(&format!(",\"metadata\":{}", serde_json::to_string(object).unwrap()));
    let (read, tally) = usual(&text);
    let included = Usage { uncached_input: 10, cache_read: 60, cache_write_5m: 20, cache_write_1h: 10, output: 9 };
    assert_eq!(read[0].usage, included);
    assert_eq!(tally.notes["prompt_tokens taken to include what was cached"], 1);
    assert_eq!(usual(&record(&format!(",\"metadata\":{object}"))).0, read);
    let options = Options { input_includes_cache: Some(false), ..Options::default() };
    assert_eq!(rows(&text, &options).0[0].usage.uncached_input, 100);
    let details = ",\"metadata\":{\"usage_object\":{\"prompt_tokens_details\":{\"cached_tokens\":40}}}";
    assert_eq!(usual(&record(details)).0[0].usage.cache_read, 40);
}

#[test]
fn more_cached_than_prompt_is_refused_with_the_flag_that_decides() {
    let text = record(",\"metadata\":{\"usage_object\":{\"cache_read_input_tokens\":4482}}");
    let message = refusal(read, &format!("{}\n{text}", record("")));
    assert!(message.starts_with("t:2: error: ") && message.contains("--input-includes-cache no"), "{message}");
}

#[test]
fn what_was_no_call_is_counted_and_failures_are_kept() {
    let failure = |class: &str| {
        let information = format!("{{\"status\":\"failure\",\"error_information\":{{\"error_class\":\"{class}\"}}}}");
        record(&format!(",\"status\":\"failure\",\"metadata\":{information}")).replace(":100", ":0")
    };
    let text = [
        record(",\"cache_hit\":\"True\""),
        "{\"startTime\":\"2026-07-05T11:00:00Z\",\"metadata\":{}}".to_owned(),
        "{\"prompt_tokens\":5}".to_owned(),
        failure("RateLimitError"),
        failure("BadRequestError"),
    ];
    let (rows, tally) = usual(&text.join("\n"));
    assert_eq!(rows.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Outcome::Throttled, Outcome::Failed]);
    assert!(rows.iter().all(|row| row.usage == Usage::default()));
    assert_eq!(tally.skipped["answered from a cache of LiteLLM's own: no call was made"].line, Some(1));
    assert_eq!(tally.skipped["a record without counts of tokens"].line, Some(2));
    assert_eq!(tally.skipped["a record without a startTime"].count, 1);
}

#[test]
fn the_application_is_the_team_the_first_tag_the_user_or_a_key() {
    let app = |more: &str| usual(&record(more)).0[0].app.as_deref().map(str::to_owned);
    assert_eq!(
        app(",\"request_tags\":\"[\\\"User-Agent: x\\\",\\\"chat\\\"]\",\"user\":\"u\"").as_deref(),
        Some("chat")
    );
    assert_eq!(app(",\"request_tags\":[],\"user\":\"u\",\"team_id\":\"\"").as_deref(), Some("u"));
    assert_eq!(app(""), None);
    let options = Options { app: AppFrom::Metadata("job".to_owned()), ..Options::default() };
    let text = record(",\"metadata\":{\"spend_logs_metadata\":{\"job\":\"nightly\"}}") + &record(",\"team_id\":\"t\"");
    let (rows, tally) = rows(&text, &options);
    assert_eq!((rows[0].app.as_deref(), rows[1].app.as_deref()), (Some("nightly"), None));
    assert_eq!(tally.notes["no application: the metadata key is not there"], 1);
}

#[test]
fn counts_and_times_that_are_none_are_refused_with_their_line() {
    let place = |text: &str| refusal(read, &format!("\n{text}"));
    assert!(place(&record("").replace(":100", ":-1")).starts_with("t:2: error: "));
    assert!(place(&record("").replace(":100", ":2147483648")).contains("expected a whole number"));
    assert!(place(&record("").replace("00:00:05.5", "noon")).contains("is not a time"));
    let fraction = record(",\"metadata\":{\"usage_object\":{\"cache_read_input_tokens\":1.5}}");
    assert!(place(&fraction).contains("cache_read_input_tokens: "), "{}", place(&fraction));
    assert!(place("[1]").contains("not a record of this format"));
    assert!(place("{\"data\":[").contains("the file ends"));
}
