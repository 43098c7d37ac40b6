//! A span of a call to Bedrock with cached input.

use super::rows_of;
use crate::shared;
use tokencast::intake::Options;

const PATH: &str = "samples/otlp_genai_span_bedrock_cache.json";

/// The sample, with times in the place of its placeholders.
fn sample() -> Option<String> {
    std::fs::read_to_string(shared::file(PATH)?).ok()
}

#[test]
fn a_placeholder_is_no_time() {
    let Some(text) = sample() else { return };
    let error = rows_of(PATH, text.into_bytes(), &Options::default()).expect_err("it has no time");
    assert!(error.contains(":1: error: span `bedrock-generation`: `<uint64 as string>` is no number"), "{error}");
}

#[test]
fn what_bedrock_counted_decides_over_what_instrumentations_made_of_it() {
    let Some(text) = sample() else { return };
    let text = text.replace("<uint64 as string>", "1782496920000000000");
    for input_includes_cache in [None, Some(true), Some(false)] {
        let options = Options { input_includes_cache, ..Options::default() };
        let (rows, tally) = rows_of(PATH, text.clone().into_bytes(), &options).expect("a span");
        let usage = rows[0].usage;
        assert_eq!(
            (usage.uncached_input, usage.cache_read, usage.cache_write_5m, usage.output),
            (5_734, 4_482, 0, 178)
        );
        assert_eq!(usage.total_input() + usage.output, 10_394, "totalTokens of the record");
        assert_eq!(rows[0].app.as_deref(), Some("test-service"));
        assert_eq!(tally.notes["tokens as Bedrock counted them, in ai.response.providerMetadata"], 1);
    }
}
