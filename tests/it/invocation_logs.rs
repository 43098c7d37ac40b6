//! Logs of Bedrock's model invocations from elsewhere come out as their records say.

use crate::shared;
use std::fs::File;
use std::path::Path;
use tokencast::intake::{Format, Options, Tally, import};
use tokencast::trace::{ImportError, Outcome, Row};

/// What a file imports as.
fn imported(path: &Path, options: &Options) -> (Vec<Row>, Tally) {
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let file = File::open(path).expect("a sample");
    import("sample", Box::new(file), None, options, &mut tally, &mut rows).expect("it can be imported");
    (rows, tally)
}

fn tokens(row: &Row) -> [u64; 5] {
    let usage = row.usage;
    [usage.uncached_input, usage.cache_read, usage.cache_write_5m, usage.cache_write_1h, usage.output]
}

/// The sample's description states each of these shapes.
#[test]
fn every_trap_of_the_sample_log_is_read_as_it_is_meant() {
    let Some(path) = shared::file("samples/bedrock_invocation_log_SHAPES.jsonl") else { return };
    let profile = ("abcd1234efgh".to_owned(), "us.anthropic.claude-sonnet-4-5-20250929-v1:0".to_owned());
    let options = Options { aliases: [profile].into(), ..Options::default() };
    let (rows, tally) = imported(&path, &options);
    assert_eq!(tally.all_skipped(), 1, "{:?}", tally.skipped);
    assert_eq!((rows.len(), tally.rows), (6, 6));
    let all: Vec<[u64; 5]> = rows.iter().map(tokens).collect();
    let counted = [[42, 0, 0, 0, 5], [3, 0, 20_000, 8_857, 4_096], [5_734, 4_482, 0, 0, 178], [0; 5], [31, 0, 0, 0, 0]];
    assert_eq!(all, [&counted[..], &[[0; 5]]].concat());
    let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
    let answered = [Outcome::Answered; 3];
    assert_eq!(outcomes, [&answered[..], &[Outcome::Blocked, Outcome::Answered, Outcome::Throttled]].concat());
    let asked: Vec<Option<u32>> = rows.iter().map(|row| row.max_tokens).collect();
    assert_eq!(asked, [Some(100), Some(4_096), None, Some(512), None, Some(512)]);
    assert_eq!(rows.iter().map(|row| row.truncated).collect::<Vec<_>>(), [false, true, false, false, false, false]);
    let model = |n: usize| rows[n].model.as_deref().unwrap_or_default();
    assert_eq!(model(0), "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    assert_eq!(model(1), model(2));
    assert_eq!((rows[2].ttft_us, rows[2].latency_us), (Some(640_000), Some(3_210_000)));
    assert_eq!(rows[0].ran_in.as_deref(), Some("us-west-2"));
    assert!(rows.iter().all(|row| row.app.as_deref() == Some("app")));
}

#[test]
fn a_captured_record_that_is_printed_over_lines_is_one_row() {
    let Some(path) = shared::file("samples/bedrock_invocation_log_nova_conversestream.json") else { return };
    let (rows, tally) = imported(&path, &Options::default());
    assert_eq!(tally.all_skipped(), 0);
    let [row] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!(tokens(row), [4, 0, 0, 0, 38]);
    assert_eq!((row.max_tokens, row.truncated, row.latency_us), (Some(512), false, Some(302_000)));
    assert_eq!((row.app.as_deref(), row.model.as_deref()), (Some("dheeraj"), Some("amazon.nova-lite-v1:0")));
    let second = "2025-03-11T00:38:02Z".parse::<jiff::Timestamp>().expect("a time").as_microsecond();
    assert!((second..second + 1_000_000).contains(&row.at_us));
}

/// What a sample is told to be, whether or not it can be read on.
#[test]
fn every_kind_of_recording_is_told_by_its_content() {
    for (sample, format) in [
        ("samples/bedrock_invocation_log_SHAPES.jsonl", Format::InvocationLog),
        ("samples/cloudwatch_get_metric_data_SHAPE_ONLY.json", Format::CloudWatch),
        ("samples/burstgpt_first_rows.csv", Format::Csv),
        ("traces/AzureLLMInferenceTrace_conv.csv", Format::Csv),
        ("traces/mooncake_conversation_trace.jsonl", Format::Mooncake),
        ("traces/claude_code_agentic_dev60.jsonl", Format::AgentSessions),
        ("samples/tracelab_round_trace_sanitized.jsonl", Format::TraceLab),
        ("samples/litellm_spend_logs_payload.json", Format::LiteLlm),
        ("samples/litellm_spend_logs_v2_page.json", Format::LiteLlm),
        ("samples/otlp_genai_span_bedrock_cache.json", Format::Otlp),
    ] {
        let Some(path) = shared::file(sample) else { return };
        let (mut rows, mut tally) = (Vec::new(), Tally::default());
        let file = File::open(path).expect("a sample");
        let _ = import(sample, Box::new(file), None, &Options::default(), &mut tally, &mut rows);
        assert_eq!(tally.files.keys().collect::<Vec<_>>(), [&format], "{sample}");
    }
}

#[test]
fn samples_of_bills_prices_and_trails_are_refused_with_the_way_to_go() {
    for (sample, expected) in [
        ("samples/anthropic_stream_invocation_metrics.txt", "the stream of one answer"),
        ("samples/cloudtrail_bedrock_invokemodel_error.json", "CloudTrail"),
        ("samples/cur2_bedrock_rows_aws_blog.csv", "tokencast reconcile"),
        ("samples/focus_1_0_sample_head20.csv", "tokencast reconcile"),
        ("samples/price_list_product_fragment.json", "a price list"),
    ] {
        let Some(path) = shared::file(sample) else { return };
        let (mut rows, mut tally) = (Vec::<Row>::new(), Tally::default());
        let file = File::open(path).expect("a sample");
        let refused = import(sample, Box::new(file), None, &Options::default(), &mut tally, &mut rows);
        let Err(ImportError::Input(error)) = refused else { panic!("{sample} was taken") };
        assert!(error.message.contains(expected), "{error}");
    }
}
