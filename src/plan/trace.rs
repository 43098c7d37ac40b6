//! Traffic that was recorded.

use crate::bedrock::cache::Ttl;
use crate::trace::Columns;
use crate::trace::tools::Tools;

/// Traffic that was recorded, and what is taken of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The file as the scenario names it.
    pub file: String,
    /// Further files, each of which goes on where the one before ends.
    pub then: Vec<String>,
    /// What the columns of a CSV file mean; nothing for a store, which says so itself.
    pub columns: Option<Columns>,
    /// Read everything and sort it; otherwise times must not go backwards.
    pub sort: bool,
    /// Which calls are replayed, how often and when.
    pub tools: Tools,
    /// What is as it was.
    pub recorded: Recorded,
    /// How long the blocks of each prompt are to be cached; nothing when they are not.
    pub checkpoint: Option<Ttl>,
}

/// What of a recorded call is as it was, and not as the application has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Its `max_tokens`; a call without one takes its application's.
    pub max_tokens: bool,
    /// Its session: a call is not sent before the one before it in its session has ended.
    pub session: bool,
    /// What it read from the cache and wrote to it.
    pub cache: bool,
}

impl Trace {
    /// All rows of a CSV file, as far as its columns say anything of them.
    #[must_use]
    pub fn of_csv(file: &str, columns: Columns) -> Self {
        let recorded =
            Recorded { max_tokens: columns.max_tokens.is_some(), session: columns.session.is_some(), cache: false };
        Self {
            file: file.to_owned(),
            then: Vec::new(),
            columns: Some(columns),
            sort: false,
            tools: Tools::default(),
            recorded,
            checkpoint: None,
        }
    }
}
