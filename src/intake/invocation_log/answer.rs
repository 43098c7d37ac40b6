//! The body of an answer: what was counted in it, how it ended, and how long it took. An object, or a list of the
//! events of a stream, of which the last says most.

use super::counted::Counted;
use super::fold::{Fold, Into, Maybe};
use super::question::Service;
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

/// What of an answer matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answer {
    /// What it says that was counted.
    pub counted: Counted,
    /// Why the model stopped.
    pub stop: Option<String>,
    /// From the call to the last token.
    pub latency_ms: Option<u64>,
    /// From the call to the first byte of the answer.
    pub first_byte_ms: Option<u64>,
    /// What a guardrail did: `INTERVENED`, `NONE`.
    pub guardrail: Option<String>,
    /// How it was served.
    pub service: Service,
}

#[derive(Deserialize)]
#[serde(field_identifier)]
pub(super) enum AnswerKey {
    #[serde(
        rename = "message",
        alias = "delta",
        alias = "messageStop",
        alias = "metadata",
        alias = "results",
        alias = "outputs",
        alias = "choices",
        alias = "generations",
        alias = "metrics",
        alias = "amazon-bedrock-invocationMetrics"
    )]
    Inside,
    #[serde(rename = "usage")]
    Usage,
    #[serde(rename = "inputTokenCount", alias = "inputTextTokenCount", alias = "prompt_token_count")]
    Input,
    #[serde(rename = "outputTokenCount", alias = "tokenCount", alias = "generation_token_count")]
    Output,
    #[serde(rename = "cacheReadInputTokenCount")]
    CacheRead,
    #[serde(rename = "cacheWriteInputTokenCount")]
    CacheWrite,
    #[serde(rename = "stopReason", alias = "stop_reason", alias = "finish_reason", alias = "completionReason")]
    Stop,
    #[serde(rename = "latencyMs", alias = "invocationLatency")]
    Latency,
    #[serde(rename = "timeToFirstByteMs", alias = "firstByteLatency")]
    FirstByte,
    #[serde(rename = "amazon-bedrock-guardrailAction")]
    Guardrail,
    #[serde(rename = "serviceTier", alias = "service_tier")]
    Tier,
    #[serde(rename = "performanceConfig")]
    Performance,
    #[serde(other)]
    Other,
}

impl Fold for Answer {
    type Key = AnswerKey;

    fn entry<'de, A: MapAccess<'de>>(&mut self, key: AnswerKey, map: &mut A) -> Result<(), A::Error> {
        match key {
            AnswerKey::Inside => map.next_value_seed(Into(self)),
            AnswerKey::Usage => map.next_value_seed(Into(&mut self.counted)),
            AnswerKey::Input => update(&mut self.counted.input, map),
            AnswerKey::Output => update(&mut self.counted.output, map),
            AnswerKey::CacheRead => update(&mut self.counted.cache_read, map),
            AnswerKey::CacheWrite => update(&mut self.counted.cache_write, map),
            AnswerKey::Stop => update(&mut self.stop, map),
            AnswerKey::Latency => update(&mut self.latency_ms, map),
            AnswerKey::FirstByte => update(&mut self.first_byte_ms, map),
            AnswerKey::Guardrail => update(&mut self.guardrail, map),
            AnswerKey::Tier => self.service.take_tier(map),
            AnswerKey::Performance => map.next_value_seed(Into(&mut self.service)),
            AnswerKey::Other => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

/// Takes the value of a key where it is of the type that belongs there.
pub(super) fn update<'de, T: super::fold::Scalar<'de>, A: MapAccess<'de>>(
    known: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    if let Maybe(Some(value)) = map.next_value()? {
        *known = Some(value);
    }
    Ok(())
}
