//! Rounds of coding agents with the true split of the prompt cache.

use super::{shared_rows, sum};
use tokencast::intake::{Format, Options};
use tokencast::trace::Row;

#[test]
fn rounds_keep_what_their_providers_counted() {
    let path = "samples/tracelab_round_trace_sanitized.jsonl";
    let Some((rows, tally)) = shared_rows(path, Format::TraceLab, &Options::default()) else { return };
    assert_eq!((tally.rows, tally.all_skipped()), (19, 0));
    let (codex, claude): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.model.as_deref() == Some("gpt-5.4"));
    assert_eq!((codex.len(), claude.len()), (9, 10));
    // Each round of Claude reads what the one before read and wrote; in order of time, so the order is right, too.
    for pair in claude.windows(2) {
        assert_eq!(pair[1].usage.cache_read, pair[0].usage.cache_read + pair[0].usage.cache_write_5m);
    }
    assert_eq!((claude[0].usage.uncached_input, claude[0].usage.total_input()), (2_892, 32_272));
    assert_eq!(sum(&codex, |row| row.usage.cache_write_5m), 0);
    assert_eq!(sum(&codex, |row| row.usage.cache_read), 79_488);
    assert!(claude.iter().all(|row| row.latency_us.is_some() && row.session == claude[0].session));
}
