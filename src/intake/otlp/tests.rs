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

/// Attributes as OTLP writes them, whole numbers as text.
fn attributes(of: &[(&str, &str)]) -> String {
    let one = |(key, value): &(&str, &str)| {
        let kind = if value.parse::<i64>().is_ok() { "intValue" } else { "stringValue" };
        format!("{{\"key\":\"{key}\",\"value\":{{\"{kind}\":{}}}}}", serde_json::to_string(value).unwrap())
    };
    of.iter().map(one).collect::<Vec<_>>().join(",")
}

fn span(of: &[(&str, &str)], more: &str) -> String {
    format!(
        "{{\"traceId\":\"t\",\"spanId\":\"s\",\"name\":\"chat\",\"startTimeUnixNano\":\"5000001999\",\
         \"endTimeUnixNano\":\"7000001999\",\"attributes\":[{}]{more}}}",
        attributes(of)
    )
}

fn document(spans: &[String]) -> String {
    let service = attributes(&[("service.name", "svc"), ("team", "a")]);
    let spans = spans.join(",");
    format!(
        "{{\"resourceSpans\":[{{\"resource\":{{\"attributes\":[{service}]}},\"scopeSpans\":[{{\"spans\":[{spans}]}}]}}]}}\n"
    )
}

const CALL: [(&str, &str); 4] = [
    ("gen_ai.provider.name", "aws.bedrock"),
    ("gen_ai.request.model", "m"),
    ("gen_ai.usage.input_tokens", "100"),
    ("gen_ai.usage.output_tokens", "9"),
];

/// A call with something more.
fn call(more: &[(&str, &str)]) -> String {
    span(&[&CALL[..], more].concat(), "")
}

#[test]
fn a_span_with_tokens_is_a_call() {
    let more = [
        ("gen_ai.request.max_tokens", "9"),
        ("gen_ai.conversation.id", "c"),
        ("gen_ai.response.finish_reasons", "[\"max_tokens\"]"),
        ("server.address", "bedrock-runtime.us-east-1.amazonaws.com"),
        ("ai.response.msToFirstChunk", "250.5"),
    ];
    let (rows, tally) = usual(&document(&[call(&more)]));
    let row = &rows[0];
    assert_eq!((row.at_us, row.latency_us, row.ttft_us), (5_000_001, Some(2_000_000), Some(250_500)));
    assert_eq!((row.usage.uncached_input, row.usage.output), (100, 9));
    assert_eq!((row.max_tokens, row.truncated), (Some(9), true));
    let names = [&row.model, &row.app, &row.session, &row.region, &row.request_id].map(|name| name.as_deref());
    assert_eq!(names, ["m", "svc", "c", "us-east-1", "t-s"].map(Some));
    assert!(tally.notes.is_empty(), "{:?}", tally.notes);
}

#[test]
fn lines_and_documents_and_older_names_are_read() {
    let old =
        [("gen_ai.system", "openai"), ("gen_ai.usage.prompt_tokens", "5"), ("gen_ai.usage.completion_tokens", "2")];
    let (rows, tally) = usual(&(document(&[span(&old, "")]) + &document(&[call(&[])]) + "{\"resourceMetrics\":[]}\n"));
    assert_eq!(rows.iter().map(|row| row.usage.total_input()).collect::<Vec<_>>(), [5, 100]);
    assert_eq!(tally.notes["a call that names another provider than Bedrock"], 1);
    assert_eq!(tally.skipped["a document without spans"].line, Some(3));
}

#[test]
fn cached_tokens_are_refused_with_both_readings_until_the_options_say_which() {
    let text = document(&[call(&[("gen_ai.usage.cache_read.input_tokens", "60")])]);
    let message = refusal(read, &text);
    for reading in ["t:1: error: span `chat`", "yes it is 100 in all, 40 of them uncached", "no it is 160 in all"] {
        assert!(message.contains(reading), "no {reading:?} in {message}");
    }
    let uncached = |includes| {
        let options = Options { input_includes_cache: Some(includes), ..Options::default() };
        let (rows, tally) = rows(&text, &options);
        assert_eq!(tally.notes.len(), 1);
        (rows[0].usage.uncached_input, rows[0].usage.cache_read)
    };
    assert_eq!((uncached(true), uncached(false)), ((40, 60), (100, 60)));
    let more = document(&[call(&[("gen_ai.usage.cache_creation.input_tokens", "400")])]);
    assert!(refusal(read, &more).contains("which cannot be"));
}

#[test]
fn counts_of_bedrock_itself_decide() {
    let metadata = "{\"bedrock\":{\"usage\":{\"inputTokens\":100,\"outputTokens\":9,\"cacheReadInputTokens\":60,\
                    \"cacheWriteInputTokens\":30}}}";
    let (rows, tally) = usual(&document(&[call(&[("ai.response.providerMetadata", metadata)])]));
    let usage = Usage { uncached_input: 100, cache_read: 60, cache_write_5m: 30, cache_write_1h: 0, output: 9 };
    assert_eq!(rows[0].usage, usage);
    assert_eq!(tally.notes["tokens as Bedrock counted them, in ai.response.providerMetadata"], 1);
    assert_eq!(tally.notes["cache writes taken for five minutes"], 1);
}

#[test]
fn spans_that_are_no_calls_are_counted_and_errors_are_kept() {
    let agent = call(&[("gen_ai.operation.name", "invoke_agent")]);
    let database = span(&[("db.system", "x")], "");
    let blank = span(&CALL[..2], "");
    let failed = |kind: &str| span(&[CALL[1], ("error.type", kind)], ",\"status\":{\"code\":\"STATUS_CODE_ERROR\"}");
    let other = span(&CALL[..2], ",\"status\":{\"code\":2,\"message\":\"ThrottlingException: wait\"}");
    let text = document(&[agent, database, blank, failed("ThrottlingException"), failed("timeout"), other]);
    let (rows, tally) = usual(&text);
    let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Throttled, Outcome::Failed, Outcome::Throttled]);
    assert_eq!(tally.skipped["a span that is no call of a model"].count, 2);
    assert_eq!(tally.skipped["a call without counts of tokens"].count, 1);
}

#[test]
fn what_cannot_be_is_refused_with_its_line() {
    let wrong = |text: String| refusal(read, &format!("\n{}", document(&[text])));
    let start = wrong(call(&[]).replace("5000001999", "<uint64 as string>"));
    assert_eq!(start, "t:2: error: span `chat`: `<uint64 as string>` is no number of nanoseconds");
    assert!(wrong(call(&[]).replace("\"100\"", "\"-100\"")).contains("`-100` is no count of tokens"));
    assert!(wrong(call(&[]).replace("\"100\"", "\"2147483648\"")).contains("below 2^31"));
    assert!(wrong(call(&[]).replace("startTimeUnixNano", "x")).contains("no startTimeUnixNano"));
    assert!(wrong("5".to_owned()).contains("not a record of this format"));
}

#[test]
fn the_application_may_be_an_attribute_of_the_span_or_the_resource() {
    let options = |key: &str| Options { app: AppFrom::Metadata(key.to_owned()), ..Options::default() };
    let text = document(&[call(&[("tenant", "b")])]);
    let app = |key: &str| rows(&text, &options(key)).0[0].app.as_deref().map(str::to_owned);
    assert_eq!((app("tenant").as_deref(), app("team").as_deref(), app("x")), (Some("b"), Some("a"), None));
}
