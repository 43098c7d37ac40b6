//! Whatever is imported: no token is lost or found, and no bytes break anything.

use proptest::prelude::*;
use serde_json::json;
use std::io::Cursor;
use tokencast::intake::{Format, Options, Tally, import};
use tokencast::trace::{Outcome, Row};

/// What a file imports as; nothing when it is refused.
fn imported(file: &[u8], named: Option<Format>) -> Option<(Vec<Row>, Tally)> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let reader = Box::new(Cursor::new(file.to_vec()));
    let done = import("file", reader, named, &Options::default(), &mut tally, &mut rows);
    done.is_ok().then_some((rows, tally))
}

/// Recordings of several shapes, to be broken.
fn samples() -> Vec<String> {
    let record = json!({"schemaType": "ModelInvocationLog", "timestamp": "2026-11-02T09:00:00Z", "requestId": "r",
        "modelId": "amazon.nova-lite-v1:0", "identity": {"arn": "arn:aws:iam::1:user/ada"}, "requestMetadata": {"a": "b"},
        "input": {"inputBodyJson": {"inferenceConfig": {"maxTokens": 9}}, "inputTokenCount": 10},
        "output": {"outputBodyJson": [{"metadata": {"usage": {"inputTokens": 10, "cacheDetails": []}}}],
            "outputTokenCount": 5}});
    let pretty = serde_json::to_string_pretty(&record).expect("it is JSON");
    let event = json!({"events": [{"message": record.to_string()}, {"message": "x"}], "nextToken": null});
    let result = json!({"results": [[{"field": "@message", "value": record.to_string()}]]});
    let table = format!("@timestamp,@message\n1,\"{}\"\n", record.to_string().replace('"', "\"\""));
    let others = [
        "time_s,input,output\n0,1,2\n",
        "{\"timestamp\": 0, \"input_length\": 6, \"output_length\": 5, \"hash_ids\": [0]}\n",
        "{\"MetricDataResults\": [{\"Id\": \"i\", \"Label\": \"Invocations\", \"Timestamps\": [], \"Values\": []}]}",
        "{\"request_id\": \"c\", \"startTime\": \"2026-07-05T10:00:00Z\", \"prompt_tokens\": 8, \"spend\": 0.4}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"startTimeUnixNano\": \"1\"}]}]}]}",
    ];
    let own = [format!("{record}\n{record}\n"), pretty, event.to_string(), result.to_string(), table];
    own.into_iter().chain(others.map(str::to_owned)).collect()
}

proptest! {
    #[test]
    fn every_token_of_an_invocation_log_is_in_one_class(
        (input, read, output) in (0_u64..1 << 31, 0_u64..1 << 31, 0_u64..1 << 31),
        (five_minutes, one_hour) in (0_u64..1 << 30, 0_u64..1 << 30),
        split in any::<bool>(),
    ) {
        let creation = json!({"ephemeral_5m_input_tokens": five_minutes, "ephemeral_1h_input_tokens": one_hour});
        let body = if split { json!({"usage": {"cache_creation": creation}}) } else { json!({}) };
        let record = json!({"schemaType": "ModelInvocationLog", "timestamp": "2026-11-02T09:00:00Z", "modelId": "m",
            "input": {"inputTokenCount": input, "cacheReadInputTokenCount": read,
                "cacheWriteInputTokenCount": five_minutes + one_hour},
            "output": {"outputBodyJson": body, "outputTokenCount": output}});
        let (rows, _) = imported(record.to_string().as_bytes(), None).expect("a log");
        let usage = rows[0].usage;
        prop_assert_eq!(usage.total_input(), input + read + five_minutes + one_hour);
        prop_assert_eq!((usage.uncached_input, usage.cache_read, usage.output), (input, read, output));
        prop_assert_eq!(usage.cache_write_1h, if split { one_hour } else { 0 });
        prop_assert_eq!(rows[0].outcome, Outcome::Answered);
    }

    #[test]
    fn broken_recordings_are_refused_or_counted_and_never_break_the_import(
        sample in 0_usize..10,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..6),
        named in prop::option::of(prop::sample::select(Format::ALL.to_vec())),
    ) {
        let mut file = samples()[sample].clone().into_bytes();
        for (at, byte, kind) in changes {
            let at = at.index(file.len().max(1)).min(file.len().saturating_sub(1));
            match kind {
                0 if !file.is_empty() => file[at] = byte,
                1 => file.truncate(at),
                2 => file.insert(at.min(file.len()), byte),
                _ => file = [&file[..at], &file[at.min(file.len())..], b"\n", &file[..at]].concat(),
            }
        }
        for named in [named, None] {
            if let Some((rows, tally)) = imported(&file, named) {
                prop_assert_eq!(rows.len() as u64, tally.rows);
                prop_assert_eq!(tally.bytes, file.len() as u64);
            }
        }
    }

    #[test]
    fn any_bytes_are_refused_or_counted(
        magic in prop::sample::select(vec![&b""[..], b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{\"events\":[", b"[["]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        named in prop::option::of(prop::sample::select(Format::ALL.to_vec())),
    ) {
        let file = [magic, &bytes].concat();
        if let Some((rows, tally)) = imported(&file, named) {
            prop_assert_eq!(rows.len() as u64, tally.rows);
        }
    }
}
