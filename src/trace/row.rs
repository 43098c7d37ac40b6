//! One call as it was recorded.

use crate::bedrock::usage::Usage;
use std::sync::Arc;

/// A name that many rows share. Nothing where the recording does not say.
pub type Name = Option<Arc<str>>;

/// One call as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// When it was sent: microseconds of Unix time. In a recording whose times count from a zero of their own,
    /// microseconds since then.
    pub at_us: i64,
    /// The application that sent it.
    pub app: Name,
    /// The AWS account, or what stands for it.
    pub account: Name,
    /// The model or inference profile that was called, by the identifier that the API takes.
    pub model: Name,
    /// The Region that was called.
    pub region: Name,
    /// The Region that answered, where a cross-Region profile was called.
    pub ran_in: Name,
    /// The service tier, as AWS names it; nothing is `standard`.
    pub tier: Name,
    /// The session or conversation that it belongs to.
    pub session: Name,
    /// What the provider called it. Two rows of one time and one id are the same call.
    pub request_id: Name,
    /// What became of it.
    pub outcome: Outcome,
    /// Its tokens. Each class is below 2^31. All zero where none was counted: throttled, failed or blocked.
    pub usage: Usage,
    /// The `max_tokens` that it asked for.
    pub max_tokens: Option<u32>,
    /// The answer was cut at `max_tokens`: its length is a lower bound of what the model would have written.
    pub truncated: bool,
    /// From sending it to the first token.
    pub ttft_us: Option<u64>,
    /// From sending it to the last token.
    pub latency_us: Option<u64>,
    /// What its prompt is made of.
    pub blocks: Blocks,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Outcome {
    /// It was answered.
    #[default]
    Answered,
    /// A quota refused it.
    Throttled,
    /// It ended in another error.
    Failed,
    /// A guardrail answered instead of the model.
    Blocked,
}

/// The beginning of a prompt as a chain of blocks: the same number for the same content behind the same beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocks {
    /// Tokens of each block; the last one may be shorter. Zero when there are none.
    pub tokens: u32,
    /// The blocks from the start of the prompt on.
    pub ids: Vec<u64>,
}

/// The names of the standard tier: the second is that of the API (Converse API reference, `ServiceTier`, 2026-11-20).
const STANDARD: [&str; 2] = ["standard", "default"];

impl Row {
    /// The service tier; nothing is the standard one, whatever the recording calls it.
    #[must_use]
    pub fn service_tier(&self) -> Option<&Arc<str>> {
        self.tier.as_ref().filter(|tier| !STANDARD.contains(&&***tier))
    }
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Answered, Self::Throttled, Self::Failed, Self::Blocked];

    /// The name in every file that is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Throttled => "throttled",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
        }
    }
}
