//! What the columns of a CSV file mean.

/// The columns of a CSV file with one call a line, by the names in its header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// When a call was sent.
    pub time: String,
    /// How that is written.
    pub time_format: TimeFormat,
    /// The input: all of it, or what no cache took part in.
    pub input: String,
    /// `input` counts what was read from the cache and written to it, too.
    pub input_includes_cache: bool,
    /// What was read from the cache.
    pub cache_read: Option<String>,
    /// What was written to it for five minutes.
    pub cache_write_5m: Option<String>,
    /// What was written to it for one hour.
    pub cache_write_1h: Option<String>,
    /// What the model wrote.
    pub output: String,
    /// The `max_tokens` of each call; an empty cell says nothing.
    pub max_tokens: Option<String>,
    /// `true` or `false`: the answer was cut at `max_tokens`.
    pub truncated: Option<String>,
    /// See [`super::Row`], as all that follow; an empty cell says nothing.
    pub app: Option<String>,
    /// See there.
    pub account: Option<String>,
    /// See there.
    pub model: Option<String>,
    /// See there.
    pub region: Option<String>,
    /// See there.
    pub ran_in: Option<String>,
    /// See there.
    pub tier: Option<String>,
    /// See there.
    pub session: Option<String>,
    /// See there.
    pub request_id: Option<String>,
    /// The names of [`super::Outcome`]; without the column, and with an empty cell, it is `answered`.
    pub outcome: Option<String>,
    /// Whole microseconds.
    pub ttft_us: Option<String>,
    /// Whole microseconds.
    pub latency_us: Option<String>,
    /// The blocks of each prompt: whole numbers and ranges with spaces between them, `1-155 3789`.
    pub blocks: Option<String>,
    /// The tokens of a block.
    pub block_tokens: BlockTokens,
}

/// Where the size of blocks stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockTokens {
    /// All blocks have it.
    Fixed(u32),
    /// In a column.
    Column(String),
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeFormat {
    /// A date and a time of day, UTC unless an offset follows, up to nine fraction digits.
    #[default]
    WallClock,
    /// Seconds, with any fraction.
    Seconds,
    /// Milliseconds, with any fraction.
    Milliseconds,
}

impl Default for BlockTokens {
    fn default() -> Self {
        Self::Fixed(0)
    }
}
