//! CSV files of published traces, whose columns are known.

use crate::trace::{BlockTokens, Columns, TimeFormat};

/// A kind of file that is told by its header.
pub(super) struct Preset {
    pub(super) name: &'static str,
    pub(super) columns: Columns,
    /// An answer of no tokens was a failure.
    pub(super) empty_is_failed: bool,
}

/// Every kind, the more special ones first.
fn all() -> [Preset; 5] {
    let some = |name: &str| Some(name.to_owned());
    let known = |name, columns| Preset { name, columns, empty_is_failed: false };
    // BurstGPT: github.com/HPMLL/BurstGPT; calls with no response tokens failed.
    let burstgpt = Columns {
        model: some("Model"),
        app: some("Log Type"),
        ..counted("Timestamp", TimeFormat::Seconds, "Request tokens", "Response tokens")
    };
    let sessions = Columns { session: some("Session ID"), ..burstgpt.clone() };
    [
        known("tokencast", Columns::own()),
        // Azure/AzurePublicDataset, traces of LLM inference of 2023 and 2024.
        known("azure-llm", counted("TIMESTAMP", TimeFormat::WallClock, "ContextTokens", "GeneratedTokens")),
        Preset { empty_is_failed: true, ..known("burstgpt-sessions", sessions) },
        Preset { empty_is_failed: true, ..known("burstgpt", burstgpt) },
        // microsoft/vidur, processed traces.
        known("vidur", counted("arrived_at", TimeFormat::Seconds, "num_prefill_tokens", "num_decode_tokens")),
    ]
}

fn counted(time: &str, time_format: TimeFormat, input: &str, output: &str) -> Columns {
    let [time, input, output] = [time, input, output].map(str::to_owned);
    Columns { time, time_format, input, output, input_includes_cache: true, ..Columns::default() }
}

/// The kinds of CSV files that are told by their header: a name and what the columns mean.
#[must_use]
pub fn presets() -> Vec<(&'static str, Columns)> {
    all().into_iter().map(|preset| (preset.name, preset.columns)).collect()
}

/// The kind of a file with such a header.
pub(super) fn of(header: &[String]) -> Option<Preset> {
    all().into_iter().find(|preset| names(&preset.columns).iter().all(|name| header.contains(name)))
}

/// The names of all columns.
fn names(columns: &Columns) -> Vec<String> {
    let needed = [&columns.time, &columns.input, &columns.output];
    let size = match &columns.block_tokens {
        BlockTokens::Column(column) => Some(column),
        BlockTokens::Fixed(_) => None,
    };
    let others = [
        &columns.cache_read,
        &columns.cache_write_5m,
        &columns.cache_write_1h,
        &columns.max_tokens,
        &columns.truncated,
        &columns.app,
        &columns.account,
        &columns.model,
        &columns.region,
        &columns.ran_in,
        &columns.tier,
        &columns.session,
        &columns.request_id,
        &columns.outcome,
        &columns.ttft_us,
        &columns.latency_us,
        &columns.blocks,
    ];
    needed.into_iter().chain(size).chain(others.into_iter().flatten()).cloned().collect()
}
