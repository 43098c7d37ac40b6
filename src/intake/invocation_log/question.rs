//! The body of a request: how much it allows the model to write, and how it wants to be served.

use super::fold::{Fold, Into, Maybe};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

/// What of a request matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Question {
    /// The `max_tokens`, whatever the model's family calls it.
    pub max_tokens: Option<u64>,
    /// How it wants to be served.
    pub service: Service,
}

/// Each family of models has its own name for `max_tokens`, some inside of a configuration: Amazon Bedrock User Guide,
/// "Inference request parameters and response fields for foundation models"; Converse has one for all.
#[derive(Deserialize)]
#[serde(field_identifier)]
pub(super) enum QuestionKey {
    #[serde(rename = "inferenceConfig", alias = "textGenerationConfig")]
    Configuration,
    #[serde(
        rename = "maxTokens",
        alias = "max_tokens",
        alias = "max_new_tokens",
        alias = "maxTokenCount",
        alias = "max_gen_len",
        alias = "max_tokens_to_sample",
        alias = "max_completion_tokens"
    )]
    MaxTokens,
    #[serde(rename = "serviceTier", alias = "service_tier")]
    Tier,
    #[serde(rename = "performanceConfig")]
    Performance,
    #[serde(other)]
    Other,
}

impl Fold for Question {
    type Key = QuestionKey;

    fn entry<'de, A: MapAccess<'de>>(&mut self, key: QuestionKey, map: &mut A) -> Result<(), A::Error> {
        match key {
            QuestionKey::Configuration => map.next_value_seed(Into(self)),
            QuestionKey::MaxTokens => {
                self.max_tokens = map.next_value::<Maybe<u64>>()?.0.or(self.max_tokens);
                Ok(())
            }
            QuestionKey::Tier => self.service.take_tier(map),
            QuestionKey::Performance => map.next_value_seed(Into(&mut self.service)),
            QuestionKey::Other => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

/// How a call wants to be served, or was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Service {
    /// The service tier: `priority`, `default`, `flex`.
    pub tier: Option<String>,
    /// The `latency` of `performanceConfig`: `standard` or `optimized`.
    pub latency: Option<String>,
}

impl Service {
    /// A tier is an object with a `type` in Converse, and a word in bodies of models.
    pub(super) fn take_tier<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Tier {
            Typed { r#type: String },
            Word(String),
            Other(IgnoredAny),
        }
        match map.next_value()? {
            Tier::Typed { r#type: tier } | Tier::Word(tier) => self.tier = Some(tier),
            Tier::Other(_) => {}
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(field_identifier)]
pub(super) enum ServiceKey {
    #[serde(rename = "latency")]
    Latency,
    #[serde(other)]
    Other,
}

impl Fold for Service {
    type Key = ServiceKey;

    fn entry<'de, A: MapAccess<'de>>(&mut self, key: ServiceKey, map: &mut A) -> Result<(), A::Error> {
        match key {
            ServiceKey::Latency => {
                self.latency = map.next_value::<Maybe<String>>()?.0;
                Ok(())
            }
            ServiceKey::Other => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}
