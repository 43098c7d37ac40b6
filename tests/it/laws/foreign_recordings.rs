//! Recordings of others: totals survive, every token is in one class, and nothing breaks an import.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Cursor;
use tokencast::intake::{Format, Options, Tally, finish, import};
use tokencast::trace::Row;

/// What a file imports as; nothing when it is refused.
fn imported(file: &[u8], named: Option<Format>, options: &Options) -> Option<(Vec<Row>, Tally)> {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    import("file", Box::new(Cursor::new(file.to_vec())), named, options, &mut tally, &mut rows).ok()?;
    finish(options, &mut tally, &mut rows).ok()?;
    Some((rows, tally))
}

/// Calls, input, output, cache reads and cache writes.
type Totals = [u64; 5];

const METRICS: [&str; 5] =
    ["Invocations", "InputTokenCount", "OutputTokenCount", "CacheReadInputTokens", "CacheWriteInputTokens"];

/// What was counted by model and minute.
type Counted = BTreeMap<(String, i64), Totals>;

/// Some models, some minutes of an hour, and tokens for any number of calls.
fn counted() -> impl Strategy<Value = Counted> {
    let of_a_minute = (1_u64..40, 1_u64..200_000, 0_u64..200_000, 0_u64..200_000, 0_u64..50)
        .prop_map(|(calls, input, output, read, write)| [calls, input, output, read, write]);
    let place =
        (0_usize..3, 0_i64..60).prop_map(|(model, minute)| (["nova", "haiku", "llama"][model].to_owned(), minute));
    // The first two minutes tell the period.
    let first = (0..2).map(|minute| (("nova".to_owned(), minute), [1, 1, 0, 0, 0]));
    prop::collection::btree_map(place, of_a_minute, 0..30)
        .prop_map(move |counted| first.clone().chain(counted).collect())
}

/// A document with a series for each model and metric; newest first, and without what is zero.
fn document(counted: &Counted) -> String {
    let mut series = BTreeMap::<(String, usize), (Vec<String>, Vec<f64>)>::new();
    for ((model, minute), totals) in counted.iter().rev() {
        for (metric, total) in totals.iter().enumerate().filter(|(_, total)| **total > 0) {
            let (stamps, values) = series.entry((model.clone(), metric)).or_default();
            stamps.push(format!("2026-06-26T18:{minute:02}:00+00:00"));
            values.push(*total as f64);
        }
    }
    let results = series.into_iter().map(|((model, metric), (stamps, values))| {
        json!({"Id": "q", "Label": format!("{model} {}", METRICS[metric]), "Timestamps": stamps, "Values": values})
    });
    json!({"MetricDataResults": results.collect::<Vec<Value>>()}).to_string()
}

proptest! {
    #[test]
    fn calls_made_of_metrics_add_up_to_them_in_each_minute_of_each_model(counted in counted(), seed in any::<u64>()) {
        let options = Options { seed, ..Options::default() };
        let (rows, tally) = imported(document(&counted).as_bytes(), None, &options).expect("metrics");
        let mut sums = Counted::new();
        for row in &rows {
            let usage = row.usage;
            let counts = [1, usage.uncached_input, usage.output, usage.cache_read, usage.cache_write_5m];
            let place = (row.model.as_deref().expect("a model").to_owned(), row.at_us / 60_000_000 % 60);
            let sum = sums.entry(place).or_default();
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        prop_assert_eq!(&sums, &counted);
        prop_assert_eq!((tally.all_skipped(), tally.rows), (0, rows.len() as u64));
        for row in rows {
            let minute = (row.model.as_deref().expect("a model").to_owned(), row.at_us / 60_000_000 % 60);
            let [calls, input, output, ..] = counted[&minute];
            prop_assert!(row.usage.uncached_input > 0 || input < calls);
            prop_assert!(row.usage.output > 0 || output < calls);
        }
    }

    #[test]
    fn every_token_is_in_one_class_whether_the_input_includes_what_was_cached_or_not(
        (uncached, read, write, output) in (1_u64..1 << 29, 0_u64..1 << 29, 0_u64..1 << 29, 0_u64..1 << 31),
        includes in any::<bool>(),
    ) {
        let options = Options { input_includes_cache: Some(includes), ..Options::default() };
        let input = if includes { uncached + read + write } else { uncached };
        let spend = json!({"request_id": "r", "startTime": "2026-07-05T10:00:00Z", "prompt_tokens": input,
            "completion_tokens": output, "metadata": {"usage_object":
                {"cache_read_input_tokens": read, "cache_creation_input_tokens": write}}});
        let count = |key: &str, count: u64| json!({"key": key, "value": {"intValue": count.to_string()}});
        let span = json!({"resourceSpans": [{"scopeSpans": [{"spans": [{"startTimeUnixNano": "1", "attributes": [
            count("gen_ai.usage.input_tokens", input), count("gen_ai.usage.output_tokens", output),
            count("gen_ai.usage.cache_read.input_tokens", read),
            count("gen_ai.usage.cache_creation.input_tokens", write)]}]}]}]});
        let round = json!({"session_id": "s", "round_index": 0, "input_tokens_total": uncached + read + write,
            "claude_uncached_input_tokens": uncached, "claude_cache_read_input_tokens": read,
            "claude_cache_creation_input_tokens": write, "output_tokens": output,
            "timing_events": [{"event_type": "user_message", "timestamp": "2026-07-05T10:00:00Z"}]});
        for record in [spend, span, round] {
            let (rows, _) = imported(record.to_string().as_bytes(), None, &options).expect("a recording");
            let usage = rows[0].usage;
            prop_assert_eq!((usage.uncached_input, usage.cache_read, usage.cache_write_5m), (uncached, read, write));
            prop_assert_eq!((usage.total_input(), usage.output), (uncached + read + write, output));
        }
    }

    #[test]
    fn broken_recordings_of_others_never_break_the_import(
        sample in 0_usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..5),
        named in prop::option::of(prop::sample::select(Format::ALL.to_vec())),
    ) {
        let mut file = samples()[sample].clone().into_bytes();
        for (at, byte, kind) in changes {
            let at = at.index(file.len().max(1));
            match kind {
                0 if !file.is_empty() => file[at] = byte,
                1 => file.truncate(at),
                _ => file.insert(at.min(file.len()), byte),
            }
        }
        for named in [named, None] {
            if let Some((rows, tally)) = imported(&file, named, &Options::default()) {
                prop_assert_eq!(rows.len() as u64, tally.rows);
            }
        }
    }

    #[test]
    fn numbers_of_any_size_are_refused_or_kept(number in any::<i64>(), sample in 0_usize..8, which in any::<prop::sample::Index>()) {
        let text = &samples()[sample];
        let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = digits[which.index(digits.len())];
        let changed = format!("{}{number}{}", &text[..at], &text[at + 1..]);
        if let Some((rows, tally)) = imported(changed.as_bytes(), None, &Options::default()) {
            prop_assert_eq!(rows.len() as u64, tally.rows);
            prop_assert!(rows.iter().all(|row| row.usage.total_input() < 1 << 31 && row.usage.output < 1 << 31));
        }
    }
}

/// Recordings of every shape, to be broken.
fn samples() -> [String; 8] {
    let span = json!({"startTimeUnixNano": "1", "endTimeUnixNano": 5, "status": {"code": 2}, "attributes": [
        {"key": "gen_ai.request.max_tokens", "value": {"intValue": 7}},
        {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "9"}},
        {"key": "gen_ai.response.finish_reasons", "value": {"arrayValue": {"values": [{"stringValue": "length"}]}}}]});
    let session = |blocks: &str| {
        format!(
            "{{\"session\":\"a\",\"t_s\":2.0,\"input_tokens\":200,\"output_tokens\":9,\"api_s\":1.5,\"think_s\":0.0,\
             \"blocks\":{blocks}}}\n"
        )
    };
    let statistics = json!({"Label": "Invocations", "Datapoints": [{"Timestamp": "2026-06-26T18:05:00Z", "Sum": 3.0}]});
    let round = json!({"session_id": "s", "round_index": 0, "input_tokens_total": 9, "prefix_tokens": 4,
        "newly_append_tokens": 5, "output_tokens": 2, "timing_events": [
            {"event_type": "user_message", "timestamp": "2026-07-05T10:00:00Z"}, {"event_type": "text",
            "timestamp": "2026-07-05T10:00:03Z"}]});
    let spend = json!({"data": [{"request_id": "c", "startTime": "2026-07-05 10:00:00.25", "prompt_tokens": 8,
        "completion_tokens": 2, "metadata": "{\"usage_object\": {\"cache_read_input_tokens\": 3}}"}], "page_size": 1,
        "total_pages": 1});
    [
        document(&[(("nova".to_owned(), 1), [2, 3, 4, 5, 6]), (("nova".to_owned(), 2), [1, 3, 0, 5, 6])].into()),
        statistics.to_string() + &statistics.to_string().replace("Invocations", "InputTokenCount"),
        json!({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}).to_string(),
        session("[[1,2],[9,1]]") + &session("[[1,3]]"),
        round.to_string(),
        spend.to_string(),
        "arrived_at,num_prefill_tokens,num_decode_tokens\n0.5,374,44\n1.5,3,4\n".to_owned(),
        "{\"chat_id\": 3, \"parent_chat_id\": 1, \"timestamp\": 6.25, \"input_length\": 33, \"output_length\": 5, \
         \"hash_ids\": [0, 7]}\n"
            .to_owned(),
    ]
}
