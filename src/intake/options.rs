//! What an importer has to be told, since recordings do not say it.

use crate::trace::Columns;
use std::collections::BTreeMap;

/// What an importer has to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Places calls inside of coarse time stamps, and cuts totals into calls.
    pub seed: u64,
    /// What names the application of a call.
    pub app: AppFrom,
    /// What names of models stand for: application inference profiles, by the last part of their ARN or all of it, and
    /// whatever else a recording calls a model.
    pub aliases: BTreeMap<String, String>,
    /// The `max_tokens` of calls whose record does not say.
    pub max_tokens: Option<u32>,
    /// Whether the counts of input tokens include what was cached, where formats leave it open.
    pub input_includes_cache: Option<bool>,
    /// Microseconds of Unix time that the times of a recording count from, where it has a zero of its own.
    pub start_us: i64,
    /// The columns of a CSV file; without them they are told by its header.
    pub columns: Option<Columns>,
    /// The model of calls whose record does not say.
    pub model: Option<String>,
    /// The Region of calls whose record does not say.
    pub region: Option<String>,
}

/// What names the application of a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AppFrom {
    /// What the format has for it: the role that called, the service of a span, the team of a spend log.
    #[default]
    Usual,
    /// A key of the caller's own: of `requestMetadata`, of span attributes, of spend-log metadata.
    Metadata(String),
    /// The same for all calls.
    Fixed(String),
}
