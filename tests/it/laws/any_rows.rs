//! Rows of traces, of any kind that a file can hold.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tokencast::bedrock::usage::Usage;
use tokencast::trace::{Blocks, Name, Outcome, Row};

const MOST_TOKENS: u64 = (1 << 31) - 1;

fn name() -> impl Strategy<Value = Name> {
    let text = prop_oneof!["[a-c]", "[a-z]{1,12}", "\\PC{1,40}"];
    option::of(text.prop_map(|text| text.as_str().into()))
}

fn tokens() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 1..5_000_u64, Just(MOST_TOKENS)]
}

fn usage() -> impl Strategy<Value = Usage> {
    [tokens(), tokens(), tokens(), tokens(), tokens()].prop_map(
        |[uncached_input, cache_read, cache_write_5m, cache_write_1h, output]| Usage {
            uncached_input,
            cache_read,
            cache_write_5m,
            cache_write_1h,
            output,
        },
    )
}

fn blocks() -> impl Strategy<Value = Blocks> {
    let ids = vec(prop_oneof![0..1_000_u64, any::<u64>()], 0..20);
    prop_oneof![Just(Blocks::default()), (1..=MOST_TOKENS as u32, ids).prop_map(|(tokens, ids)| Blocks { tokens, ids })]
}

fn lasted_us() -> impl Strategy<Value = Option<u64>> {
    option::of(prop_oneof![0..100_000_000_u64, Just(i64::MAX as u64)])
}

/// Calls of three seconds around the beginning of 2026, many of which are at one time.
fn at_us() -> impl Strategy<Value = i64> {
    prop_oneof![0..4_i64, 0..3_000_000_i64].prop_map(|us| 1_767_225_600_000_000 + us)
}

/// One row.
pub fn row() -> impl Strategy<Value = Row> {
    let names = (name(), name(), name(), name(), name(), name(), name(), name());
    let outcome = proptest::sample::select(Outcome::ALL.to_vec());
    let counts = (usage(), option::of(0..=MOST_TOKENS as u32), any::<bool>(), lasted_us(), lasted_us(), blocks());
    (at_us(), names, outcome, counts).prop_map(|(at_us, names, outcome, counts)| {
        let (app, account, model, region, ran_in, tier, session, request_id) = names;
        let (usage, max_tokens, truncated, ttft_us, latency_us, blocks) = counts;
        Row {
            at_us,
            app,
            account,
            model,
            region,
            ran_in,
            tier,
            session,
            request_id,
            outcome,
            usage,
            max_tokens,
            truncated,
            ttft_us,
            latency_us,
            blocks,
        }
    })
}

/// Rows in no order.
pub fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    vec(row(), 0..most)
}

/// Rows in order of time.
pub fn rows_in_order(most: usize) -> impl Strategy<Value = Vec<Row>> {
    rows(most).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.at_us);
        rows
    })
}
