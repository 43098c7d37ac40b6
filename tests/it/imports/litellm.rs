//! LiteLLM's spend logs, as its own tests and pages have them.

use super::shared_rows;
use tokencast::intake::{Format, Options};

#[test]
fn a_payload_of_litellms_tests_is_one_call() {
    let path = "samples/litellm_spend_logs_payload.json";
    let Some((rows, tally)) = shared_rows(path, Format::LiteLlm, &Options::default()) else { return };
    let row = &rows[0];
    assert_eq!((rows.len(), tally.all_skipped()), (1, 0));
    assert_eq!((row.usage.uncached_input, row.usage.output), (10, 20));
    assert_eq!((row.at_us, row.latency_us, row.ttft_us), (1_737_710_446_847_371, Some(4_583), None));
    assert_eq!((row.model.as_deref(), row.session.as_deref()), (Some("gpt-4o"), Some("1234567890")));
}

#[test]
fn a_page_has_one_call_and_one_record_without_tokens() {
    let options = Options { model: Some("nova".to_owned()), ..Options::default() };
    let path = "samples/litellm_spend_logs_v2_page.json";
    let Some((rows, tally)) = shared_rows(path, Format::LiteLlm, &options) else { return };
    assert_eq!((rows.len(), tally.skipped["a record without counts of tokens"].count), (1, 1));
    assert_eq!(tally.notes["one page of several"], 1);
    assert_eq!((rows[0].usage.uncached_input, rows[0].usage.output), (8_000, 1_500));
    assert_eq!((rows[0].request_id.as_deref(), rows[0].model.as_deref()), (Some("c1"), Some("nova")));
}
