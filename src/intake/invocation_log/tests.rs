//! Records of every shape, typed after those that Bedrock writes.

use super::row::SPREAD;
use crate::intake::{AppFrom, Format, Options, Tally, import};
use crate::trace::{ImportError, Outcome, Row};
use serde_json::{Value, json};
use std::io::Cursor;

/// What a log imports as.
fn imported(log: &str, options: &Options) -> Result<(Vec<Row>, Tally), String> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let log = Box::new(Cursor::new(log.to_owned().into_bytes()));
    match import("log", log, Some(Format::InvocationLog), options, &mut tally, &mut rows) {
        Ok(()) => {
            let spread = tally.notes.remove(SPREAD).unwrap_or(0);
            assert!(spread <= tally.rows);
            Ok((rows, tally))
        }
        Err(ImportError::Input(error)) => Err(error.to_string()),
        Err(ImportError::Keeping(error)) => panic!("{error}"),
    }
}

/// A record with an input and an output, and what else is in it.
fn record(input: &Value, output: &Value) -> Value {
    json!({
        "schemaType": "ModelInvocationLog", "schemaVersion": "1.0", "timestamp": "2026-11-02T09:00:00Z",
        "accountId": "111122223333", "identity": {"arn": "arn:aws:sts::111122223333:assumed-role/triage/i-0a1b"},
        "region": "eu-west-1", "requestId": "r-1", "operation": "InvokeModel", "modelId": "eu.amazon.nova-lite-v1:0",
        "input": input, "output": output,
    })
}

/// A record with 10 tokens of input and 5 of output.
fn small() -> Value {
    record(&json!({"inputTokenCount": 10}), &json!({"outputTokenCount": 5}))
}

fn one(record: &Value) -> (Row, Tally) {
    let (rows, tally) = imported(&record.to_string(), &Options::default()).expect("a record");
    assert_eq!(rows.len(), 1, "{:?}", tally.skipped);
    (rows[0].clone(), tally)
}

fn skipped(record: &Value) -> Vec<&'static str> {
    let (rows, tally) = imported(&record.to_string(), &Options::default()).expect("a record");
    assert_eq!(rows, []);
    tally.skipped.into_keys().collect()
}

#[test]
fn every_container_gives_the_same_row() {
    let record = small();
    let text = record.to_string();
    let (expected, _) = one(&record);
    let in_events = json!({"events": [{"timestamp": 1, "message": &text, "ingestionTime": 2}], "nextToken": "n"});
    let in_results = json!({"queryLanguage": "CWLI", "results": [[{"field": "@message", "value": &text},
        {"field": "@ptr", "value": "p"}]], "status": "Complete"});
    let table = format!("@timestamp,@message\n2026-11-02 09:00:00.000,\"{}\"\n", text.replace('"', "\"\""));
    let containers = [
        format!("{text}\r\n"),
        format!("\u{feff}{text}"),
        serde_json::to_string_pretty(&record).expect("it is JSON"),
        format!("2026-11-02T09:00:01.000Z {text}"),
        format!(
            "2026-11-02T09:00:01.000000+00:00 stream {}",
            serde_json::to_string_pretty(&record).expect("it is JSON")
        ),
        in_events.to_string(),
        serde_json::to_string_pretty(&in_events).expect("it is JSON"),
        in_results.to_string(),
        serde_json::to_string_pretty(&in_results).expect("it is JSON"),
        json!([{"@timestamp": "2026-11-02 09:00:00.000", "@message": record}]).to_string(),
        json!([record]).to_string(),
        json!({"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "message": &text}]}).to_string(),
        json!({"timestamp": 1, "message": &text}).to_string(),
        table,
    ];
    for container in containers {
        for named in [Some(Format::InvocationLog), None] {
            let (mut rows, mut tally) = (Vec::new(), Tally::default());
            let log = Box::new(Cursor::new(container.clone().into_bytes()));
            import("log", log, named, &Options::default(), &mut tally, &mut rows).expect("it can be imported");
            assert_eq!(rows, std::slice::from_ref(&expected), "{container}");
            assert_eq!(tally.all_skipped(), 0, "{container}");
        }
    }
}

#[test]
fn several_documents_and_what_is_no_record_are_told_apart() {
    let text = small().to_string();
    let page = json!({"events": [{"message": "Permissions are correctly set for Amazon Bedrock logs."},
        {"message": &text}], "searchedLogStreams": []});
    let (rows, tally) = imported(&format!("{page}\n{page}"), &Options::default()).expect("pages");
    assert_eq!((rows.len(), tally.skipped["text that is no record"].count), (2, 2));
    let lines = format!("Permissions are correctly set.\n\n{text}\n{{\"a\":1}}\n{text}\n");
    let (rows, tally) = imported(&lines, &Options::default()).expect("lines");
    assert_eq!(rows.len(), 2);
    assert_eq!(tally.skipped["text that is no record"].line, Some(1));
    assert_eq!(tally.skipped["a record of another schema"].line, Some(4));
}

#[test]
fn a_record_that_was_cut_off_does_not_swallow_the_next() {
    let text = small().to_string();
    let (rows, tally) = imported(&format!("{text}\n{}\n{text}\n", &text[..200]), &Options::default()).expect("lines");
    assert_eq!((rows.len(), tally.skipped["a record that is cut off"].line), (2, Some(2)));
    let exported = format!("2026-11-02T09:00:01.000Z {}\n2026-11-02T09:00:02.000Z {text}\n", &text[..200]);
    let (rows, tally) = imported(&exported, &Options::default()).expect("lines");
    assert_eq!((rows.len(), tally.skipped["a record that is cut off"].line), (1, Some(1)));
    let (rows, tally) = imported(&format!("{text}\n{}", &text[..200]), &Options::default()).expect("lines");
    assert_eq!((rows.len(), tally.skipped["a record that is cut off"].line), (1, Some(2)));
}

#[test]
fn a_file_that_goes_on_in_another_format_is_refused_with_the_line() {
    let other = json!({"timestamp": 0, "input_length": 1, "output_length": 1, "hash_ids": [0]});
    let error = imported(&format!("{}\n{other}\n", small()), &Options::default()).expect_err("two formats");
    assert!(error.starts_with("log:2: error: mixed schemas"), "{error}");
}

#[test]
fn each_family_of_models_has_its_own_name_for_max_tokens() {
    let bodies = [
        json!({"max_tokens": 7, "messages": []}),
        json!({"max_tokens_to_sample": 7, "prompt": "p"}),
        json!({"textGenerationConfig": {"maxTokenCount": 7}, "inputText": "t"}),
        json!({"max_gen_len": 7}),
        json!({"inferenceConfig": {"maxTokens": 7, "temperature": 0.5}}),
        json!({"inferenceConfig": {"max_new_tokens": 7}}),
    ];
    for body in bodies {
        let (row, tally) = one(&record(
            &json!({"inputBodyJson": body, "inputTokenCount": 10}),
            &json!({"outputBodyJson": {}, "outputTokenCount": 5}),
        ));
        assert_eq!((row.max_tokens, row.truncated), (Some(7), false), "{body}");
        assert_eq!(tally.notes.len(), 0);
    }
}

#[test]
fn max_tokens_that_no_record_says_is_given_or_missing_and_told() {
    let moved = record(&json!({"inputBodyS3Path": "s3://b/k", "inputTokenCount": 10}), &json!({"outputTokenCount": 5}));
    let (row, tally) = one(&moved);
    assert_eq!(row.max_tokens, None);
    assert!(tally.notes.keys().any(|note| note.contains("elsewhere in S3")));
    let options = Options { max_tokens: Some(5), ..Options::default() };
    let (rows, tally) = imported(&moved.to_string(), &options).expect("a record");
    assert_eq!((rows[0].max_tokens, rows[0].truncated), (Some(5), true));
    assert_eq!(tally.notes.into_iter().collect::<Vec<_>>(), [("output cut at max_tokens", 1)]);
}

#[test]
fn an_answer_that_was_cut_says_so_in_many_words() {
    let bodies = [
        json!({"stopReason": "max_tokens"}),
        json!({"stop_reason": "max_tokens"}),
        json!({"stop_reason": "length"}),
        json!({"results": [{"completionReason": "LENGTH"}]}),
        json!({"choices": [{"finish_reason": "length", "message": {"content": "c"}}]}),
        json!({"outputs": [{"text": "t", "stop_reason": "length"}]}),
        json!([{"type": "message_delta", "delta": {"stop_reason": "max_tokens"}}, {"type": "message_stop"}]),
        json!([{"messageStop": {"stopReason": "max_tokens"}}, {"metadata": {"usage": {"inputTokens": 10}}}]),
    ];
    for body in bodies {
        let whole = json!({"outputBodyJson": body, "outputTokenCount": 5});
        assert!(one(&record(&json!({"inputTokenCount": 10}), &whole)).0.truncated, "{body}");
    }
    let whole = json!({"outputBodyJson": {"stopReason": "end_turn"}, "outputTokenCount": 5});
    assert!(!one(&record(&json!({"inputTokenCount": 10}), &whole)).0.truncated);
}

#[test]
fn what_was_written_for_an_hour_is_only_in_the_body() {
    let input = json!({"inputTokenCount": 3, "cacheReadInputTokenCount": 40, "cacheWriteInputTokenCount": 900});
    let written = |body: Value| {
        let (row, tally) = one(&record(&input, &json!({"outputBodyJson": body, "outputTokenCount": 5})));
        assert_eq!(row.usage.total_input(), 943);
        (row.usage.cache_write_5m, row.usage.cache_write_1h, tally.notes.len())
    };
    let split = json!({"ephemeral_5m_input_tokens": 500, "ephemeral_1h_input_tokens": 400});
    // One note is that there is no `max_tokens`.
    assert_eq!(written(json!({"usage": {"cache_creation": split}})), (500, 400, 1));
    assert_eq!(written(json!([{"message": {"usage": {"cache_creation": split}}}, {"type": "x"}])), (500, 400, 1));
    let details = json!([{"ttl": "1h", "inputTokens": 900}]);
    assert_eq!(written(json!({"usage": {"cacheDetails": details}})), (0, 900, 1));
    assert_eq!(written(json!({})), (900, 0, 2));
    let wrong = json!({"ephemeral_1h_input_tokens": 1});
    assert_eq!(written(json!({"usage": {"cache_creation": wrong}})), (900, 0, 2));
}

#[test]
fn a_stream_tells_its_counts_and_times_at_its_end() {
    let events = json!([
        {"type": "message_start", "message": {"usage": {"input_tokens": 3, "output_tokens": 2}}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "t"}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 13}},
        {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 3, "outputTokenCount": 13,
            "invocationLatency": 3037, "firstByteLatency": 2635, "cacheReadInputTokenCount": 0,
            "cacheWriteInputTokenCount": 25}},
    ]);
    let (row, tally) = one(&record(&json!({}), &json!({"outputBodyJson": events})));
    assert_eq!((row.usage.uncached_input, row.usage.cache_write_5m, row.usage.output), (3, 25, 13));
    assert_eq!((row.ttft_us, row.latency_us), (Some(2_635_000), Some(3_037_000)));
    assert!(tally.notes.contains_key("counts taken from the body of the answer"));
}

#[test]
fn a_body_that_contradicts_the_record_is_told_and_not_believed() {
    let body = json!({"outputBodyJson": {"usage": {"inputTokens": 11, "outputTokens": 5}}, "outputTokenCount": 5});
    let (row, tally) = one(&record(&json!({"inputTokenCount": 10}), &body));
    assert_eq!(row.usage.uncached_input, 10);
    assert!(tally.notes.contains_key("usage in the body differs from the record's counts, which were taken"));
}

#[test]
fn errors_and_guardrails_are_not_answers() {
    let with_error = |code: &str| {
        let mut record = record(&json!({"inputTokenCount": 0}), &json!({}));
        record["errorCode"] = json!(code);
        one(&record).0.outcome
    };
    assert_eq!(with_error("ThrottlingException"), Outcome::Throttled);
    assert_eq!(with_error("ServiceQuotaExceededException"), Outcome::Throttled);
    assert_eq!(with_error("ValidationException"), Outcome::Failed);
    let blocked = json!({"outputBodyJson": {"amazon-bedrock-guardrailAction": "INTERVENED"}});
    assert_eq!(one(&record(&json!({}), &blocked)).0.outcome, Outcome::Blocked);
    let blocked = json!({"outputBodyJson": {"stopReason": "guardrail_intervened"}, "outputTokenCount": 0});
    assert_eq!(one(&record(&json!({"inputTokenCount": 0}), &blocked)).0.outcome, Outcome::Blocked);
}

#[test]
fn an_embedding_writes_nothing_and_asks_for_nothing() {
    let body = json!({"inputBodyJson": {"inputText": "t"}, "inputTokenCount": 31});
    let (row, tally) = one(&record(&body, &json!({"outputBodyJson": {"embedding": [0.5, -1e-3]}})));
    assert_eq!((row.usage.total_input(), row.usage.output, row.max_tokens), (31, 0, None));
    assert_eq!((row.outcome, tally.notes.len()), (Outcome::Answered, 0));
}

#[test]
fn the_tier_is_that_which_served() {
    let tier = |input: Value, output: Value| {
        let input = json!({"inputBodyJson": input, "inputTokenCount": 10});
        one(&record(&input, &json!({"outputBodyJson": output, "outputTokenCount": 5}))).0.tier
    };
    assert_eq!(tier(json!({}), json!({})), None);
    assert_eq!(tier(json!({"serviceTier": {"type": "flex"}}), json!({})).as_deref(), Some("flex"));
    assert_eq!(tier(json!({"service_tier": "priority"}), json!({})).as_deref(), Some("priority"));
    assert_eq!(tier(json!({"service_tier": "priority"}), json!({"serviceTier": {"type": "default"}})), None);
    let optimized = json!({"performanceConfig": {"latency": "optimized"}});
    assert_eq!(tier(optimized, json!({})).as_deref(), Some("latency_optimized"));
}

#[test]
fn the_application_is_what_the_caller_says_or_who_called() {
    let mut tagged = small();
    tagged["requestMetadata"] = json!({"team": "search", "n": 1});
    let app = |record: &Value, app: AppFrom| {
        let options = Options { app, ..Options::default() };
        imported(&record.to_string(), &options).expect("a record").0[0].app.clone()
    };
    assert_eq!(app(&tagged, AppFrom::Metadata("team".to_owned())).as_deref(), Some("search"));
    assert_eq!(app(&tagged, AppFrom::Metadata("n".to_owned())).as_deref(), Some("triage"));
    assert_eq!(app(&small(), AppFrom::Metadata("team".to_owned())).as_deref(), Some("triage"));
    assert_eq!(app(&tagged, AppFrom::Usual).as_deref(), Some("triage"));
    assert_eq!(app(&tagged, AppFrom::Fixed("all".to_owned())).as_deref(), Some("all"));
}

#[test]
fn calls_of_one_second_are_spread_in_it_by_their_ids() {
    let at = |id: &str, timestamp: &str| {
        let mut record = small();
        record["requestId"] = json!(id);
        record["timestamp"] = json!(timestamp);
        one(&record).0.at_us
    };
    let second = 1_793_610_000_000_000;
    let (a, b) = (at("a", "2026-11-02T09:00:00Z"), at("b", "2026-11-02T09:00:00Z"));
    assert!((second..second + 1_000_000).contains(&a) && (second..second + 1_000_000).contains(&b));
    assert_ne!(a, b);
    assert_eq!(a, at("a", "2026-11-02T10:00:00+01:00"));
    assert_eq!(at("a", "2026-11-02T09:00:00.250125Z"), second + 250_125);
    assert!((second + 250_000..second + 251_000).contains(&at("a", "2026-11-02T09:00:00.250Z")));
}

#[test]
fn a_record_without_what_is_needed_is_skipped_with_the_reason() {
    let without = |key: &str, value: Value| {
        let mut record = small();
        record[key] = value;
        skipped(&record)
    };
    assert_eq!(without("timestamp", json!("yesterday")), ["no time, or not written as 2026-11-02T09:00:00Z"]);
    assert_eq!(without("timestamp", Value::Null), ["no time, or not written as 2026-11-02T09:00:00Z"]);
    assert_eq!(without("modelId", Value::Null), ["no model, and --model gives none"]);
    assert_eq!(without("input", json!({})), ["no counts of tokens"]);
}

#[test]
fn counts_that_cannot_be_tokens_are_not_taken() {
    let skips = |count: Value| skipped(&record(&json!({"inputTokenCount": count}), &json!({"outputTokenCount": 5})));
    assert_eq!(skips(json!(-1)), ["a count of tokens is not a whole number"]);
    assert_eq!(skips(json!(1.5)), ["a count of tokens is not a whole number"]);
    assert_eq!(skips(json!("10")), ["a count of tokens is not a whole number"]);
    assert_eq!(skips(json!(1_u64 << 31)), ["a count of tokens is 2^31 or more"]);
    assert_eq!(skipped(&record(&json!({}), &json!({}))), ["no counts of tokens"]);
}
