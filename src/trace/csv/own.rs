//! The columns of the files that are written here.

use crate::trace::{BlockTokens, Columns, TimeFormat};

/// Their names, in order.
pub(super) const HEADER: [&str; 21] = [
    "time",
    "app",
    "account",
    "model",
    "region",
    "ran_in",
    "tier",
    "session",
    "request_id",
    "outcome",
    "uncached_input",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "max_tokens",
    "truncated",
    "ttft_us",
    "latency_us",
    "block_tokens",
    "blocks",
];

impl Columns {
    /// The columns of every CSV file that tokencast writes: each field of a [`crate::trace::Row`].
    #[must_use]
    pub fn own() -> Self {
        let some = |name: &str| Some(name.to_owned());
        Self {
            time: "time".to_owned(),
            time_format: TimeFormat::WallClock,
            input: "uncached_input".to_owned(),
            input_includes_cache: false,
            cache_read: some("cache_read"),
            cache_write_5m: some("cache_write_5m"),
            cache_write_1h: some("cache_write_1h"),
            output: "output".to_owned(),
            max_tokens: some("max_tokens"),
            truncated: some("truncated"),
            app: some("app"),
            account: some("account"),
            model: some("model"),
            region: some("region"),
            ran_in: some("ran_in"),
            tier: some("tier"),
            session: some("session"),
            request_id: some("request_id"),
            outcome: some("outcome"),
            ttft_us: some("ttft_us"),
            latency_us: some("latency_us"),
            blocks: some("blocks"),
            block_tokens: BlockTokens::Column("block_tokens".to_owned()),
        }
    }
}
