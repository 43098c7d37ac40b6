//! Calls that were recorded: the file, what its columns mean, and what is taken of it.

use super::{Between, Scale, Shift};
use crate::document::{Located, Whole, names, section};
use crate::units::Percent;

section! {
    /// Calls that were recorded: in a CSV file with a header, or in a store of tokencast, whose name ends in `.parquet`.
    /// The first row of the file happens at the scenario's start. Calls that were throttled, failed or blocked are not
    /// replayed unless `where: {outcome: throttled}` asks for them; throttled ones had no tokens.
    pub struct Trace {
        /// The file, relative to the scenario's file.
        pub file: Located<String>,
        /// Further files of the same kind: each begins a microsecond after the last row of the one before.
        pub then: Vec<Located<String>> = [],
        /// Of a CSV file: when a call was made.
        pub time: Option<TimeColumn>,
        /// Of a CSV file: the column with the tokens of the input.
        pub input: Option<Located<String>>,
        /// Of a CSV file with columns of a cache: whether `input` counts what was read and written, too.
        pub input_includes_cache: Option<bool>,
        /// The column with the tokens that were read from the cache.
        pub cache_read: Option<Located<String>>,
        /// The column with the tokens that were written to the cache for five minutes.
        pub cache_write_5m: Option<Located<String>>,
        /// The column with the tokens that were written to the cache for one hour.
        pub cache_write_1h: Option<Located<String>>,
        /// Of a CSV file: the column with the tokens that the model wrote.
        pub output: Option<Located<String>>,
        /// The column with the `max_tokens` of each call; left out: the app's.
        pub max_tokens: Option<Located<String>>,
        /// The column that says `true` where an answer was cut at `max_tokens`.
        pub truncated: Option<Located<String>>,
        /// The column with the name of the app; only rows of this app are taken. Left out: all rows.
        pub app: Option<Located<String>>,
        /// The column with the account of each call, for `where`.
        pub account: Option<Located<String>>,
        /// The column with the model of each call, for `where`.
        pub model: Option<Located<String>>,
        /// The column with the Region that was called, for `where`.
        pub region: Option<Located<String>>,
        /// The column with the Region that answered, for `where`.
        pub ran_in: Option<Located<String>>,
        /// The column with the service tier of each call, for `where`.
        pub tier: Option<Located<String>>,
        /// The column with the session of each call: a call is not sent before the one before it in its session has
        /// ended. Left out: calls know nothing of each other.
        pub session: Option<Located<String>>,
        /// The column that says what became of each call: answered, throttled, failed or blocked.
        pub outcome: Option<Located<String>>,
        /// The column with the blocks that each prompt is made of, from its start on.
        pub blocks: Option<Blocks>,
        /// Sorts the rows by time first, in memory; otherwise a row that goes back in time is refused.
        pub sort: bool = false,
        /// What is taken as it was recorded; what is not listed comes from the app. Of a CSV file, columns that are
        /// named are taken, and only `cache` has to be listed.
        pub recorded: Vec<Located<Kept>> = [],
        /// Only rows that say all of this.
        pub r#where: Where = {},
        /// Only rows of this time: from the first instant on, and before the second one.
        pub between: Option<Located<Between>>,
        /// A trace of so many weeks, each drawn with the seed from the whole weeks of the recording, Monday 00:00 UTC to
        /// Monday. The first one begins at the scenario's start.
        pub sample_weeks: Option<Whole<1, 520>>,
        /// This share of the calls is kept, of whole sessions where there are any: drawn with the seed.
        pub thin: Option<Located<Percent>>,
        /// Each call happens so often, copies within the minute after it; whole sessions where there are any.
        pub scale: Option<Scale>,
        /// All calls happen so much later, or earlier: 3h, -3h. What would happen before the start does not.
        pub shift: Shift = "0s",
    }
}

section! {
    /// What rows have to say; an empty text stands for rows that do not say.
    pub struct Where {
        /// The app.
        pub app: Option<Located<String>>,
        /// The account.
        pub account: Option<Located<String>>,
        /// The model or profile, as it was called.
        pub model: Option<Located<String>>,
        /// The Region that was called.
        pub region: Option<Located<String>>,
        /// The Region that answered.
        pub ran_in: Option<Located<String>>,
        /// The service tier; rows without one are `standard`.
        pub tier: Option<Located<String>>,
        /// The session.
        pub session: Option<Located<String>>,
        /// What became of the call; left out: answered.
        pub outcome: Option<Located<Outcome>>,
    }
}

names! {
    /// What can be taken as it was recorded.
    pub enum Kept: "part of a recorded call" {
        /// The `max_tokens` of each call.
        MaxTokens = "max_tokens",
        /// The session of each call: a call is not sent before the one before it in its session has ended.
        Session = "session",
        /// What was read from the cache then is read now, and what was written is written: it is billed, and no cache is
        /// simulated.
        Cache = "cache",
        /// The blocks of each prompt: what of them is cached now is simulated.
        Blocks = "blocks",
    }
}

names! {
    /// What became of a recorded call.
    pub enum Outcome: "outcome" {
        /// It was answered.
        Answered = "answered",
        /// A quota refused it.
        Throttled = "throttled",
        /// It ended in another error.
        Failed = "failed",
        /// A guardrail answered instead of the model.
        Blocked = "blocked",
    }
}

section! {
    /// The column with the blocks of each prompt: whole numbers and ranges with spaces between them, `1-155 3789`, the
    /// same number for the same content behind the same beginning.
    pub struct Blocks {
        /// The name of the column.
        pub column: Located<String>,
        /// The tokens of a block; the last block of a prompt may be shorter.
        pub tokens: Whole<1, 10_000_000>,
    }
}

section! {
    /// The column with the time of each call.
    pub struct TimeColumn {
        /// The name of the column.
        pub column: Located<String>,
        /// How the time is written.
        pub format: TimeFormat,
    }
}

names! {
    /// How the time of a row is written.
    pub enum TimeFormat: "time format" {
        /// Date and time with up to nine digits of a fraction: 2024-05-10 00:00:00.009930.
        WallClock = "wall_clock",
        /// Seconds since any zero, with a fraction if need be.
        Seconds = "seconds",
        /// Milliseconds since any zero, with a fraction if need be.
        Milliseconds = "milliseconds",
    }
}

impl Trace {
    /// Its file is a store of tokencast, and not a CSV file.
    #[must_use]
    pub fn is_store(&self) -> bool {
        is_store(&self.file.value)
    }

    /// Something is taken as it was recorded.
    #[must_use]
    pub fn keeps(&self, part: Kept) -> bool {
        let named = match part {
            Kept::MaxTokens => self.max_tokens.is_some(),
            Kept::Session => self.session.is_some(),
            Kept::Blocks => self.blocks.is_some(),
            Kept::Cache => false,
        };
        named || self.recorded.iter().any(|kept| kept.value == part)
    }
}

/// The name of a store.
pub(super) fn is_store(file: &str) -> bool {
    file.len() > 8 && file.to_ascii_lowercase().ends_with(".parquet")
}
