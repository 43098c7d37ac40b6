//! Rules that AWS does not document, or not fully: each can be changed, and has a default with a reason.

use crate::units::{Micros, Ratio};

/// What is assumed of Bedrock.
///
/// Defaults: facts read 2026-11-20. The User Guide multiplies nothing at the start and reserves "total
/// input tokens", which include cache reads; when it gives back during generation is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// `max_tokens` is multiplied by the burndown rate when it is reserved.
    pub burndown_on_reservation: bool,
    /// What the prompt cache holds of the input is reserved as well.
    pub cache_reads_reserved: bool,
    /// The reservation moves to the charge in even steps while the answer is written; without it, at the end.
    pub release_every: Option<Micros>,
    /// The share of attempts below quota that the shared fleet refuses with 429.
    pub shared_throttled: Ratio,
    /// The share of attempts below quota that the shared fleet refuses with 503.
    pub unavailable: Ratio,
    /// What a refusal with 429 or 503 says in the header `x-amz-retry-after`; without it, there is no such header. That
    /// Bedrock sends one has not been seen.
    pub retry_after: Option<Micros>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            burndown_on_reservation: false,
            cache_reads_reserved: true,
            release_every: None,
            shared_throttled: Ratio::ZERO,
            unavailable: Ratio::ZERO,
            retry_after: None,
        }
    }
}
