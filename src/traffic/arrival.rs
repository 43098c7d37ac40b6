//! One call, and what will become of it.

use crate::bedrock::cache::Prefix;
use crate::units::SimTime;

/// A call at the moment at which its caller first sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// When it is sent.
    pub at: SimTime,
    /// The application that sends it, as an index into the plan.
    pub app: u32,
    /// Its number within the application, counted from zero.
    pub request: u64,
    /// What is sent.
    pub call: Call,
    /// What will turn out.
    pub fate: Fate,
}

/// What the caller sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Input tokens, cached or not.
    pub input: u32,
    /// The most output tokens that the caller accepts.
    pub max_tokens: u32,
    /// What of the input is to be cached; it is shared, not copied, between calls that begin alike.
    pub prefix: Option<Prefix>,
}

/// What only settlement reveals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// The tokens that the model would write if nothing cut it short.
    pub output: u32,
}

impl Arrival {
    /// The tokens that the model will write: cut at `max_tokens`.
    #[inline]
    #[must_use]
    pub fn output(&self) -> u32 {
        self.fate.output.min(self.call.max_tokens)
    }

    /// The answer will be cut short.
    #[inline]
    #[must_use]
    pub fn truncated(&self) -> bool {
        self.fate.output > self.call.max_tokens
    }
}
