//! The `usage` of an answer's body, in the words of Converse and of Anthropic.

use super::answer::update;
use super::fold::{Fold, Into, Maybe};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

/// What the body of an answer says that was counted. The input is without what a cache took part in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counted {
    pub input: Option<u64>,
    pub cache_read: Option<u64>,
    pub cache_write: Option<u64>,
    pub cache_write_5m: Option<u64>,
    pub cache_write_1h: Option<u64>,
    pub output: Option<u64>,
}

#[derive(Deserialize)]
#[serde(field_identifier)]
pub(super) enum CountedKey {
    #[serde(rename = "inputTokens", alias = "input_tokens", alias = "prompt_tokens")]
    Input,
    #[serde(rename = "outputTokens", alias = "output_tokens", alias = "completion_tokens")]
    Output,
    #[serde(rename = "cacheReadInputTokens", alias = "cacheReadInputTokenCount", alias = "cache_read_input_tokens")]
    CacheRead,
    #[serde(
        rename = "cacheWriteInputTokens",
        alias = "cacheWriteInputTokenCount",
        alias = "cache_creation_input_tokens"
    )]
    CacheWrite,
    #[serde(rename = "cache_creation")]
    Split,
    #[serde(rename = "ephemeral_5m_input_tokens")]
    FiveMinutes,
    #[serde(rename = "ephemeral_1h_input_tokens")]
    OneHour,
    #[serde(rename = "cacheDetails")]
    Details,
    #[serde(other)]
    Other,
}

/// What Converse says of the writes of one time to live.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    ttl: Maybe<String>,
    input_tokens: Maybe<u64>,
}

impl Fold for Counted {
    type Key = CountedKey;

    fn entry<'de, A: MapAccess<'de>>(&mut self, key: CountedKey, map: &mut A) -> Result<(), A::Error> {
        match key {
            CountedKey::Input => update(&mut self.input, map),
            CountedKey::Output => update(&mut self.output, map),
            CountedKey::CacheRead => update(&mut self.cache_read, map),
            CountedKey::CacheWrite => update(&mut self.cache_write, map),
            CountedKey::Split => map.next_value_seed(Into(self)),
            CountedKey::FiveMinutes => update(&mut self.cache_write_5m, map),
            CountedKey::OneHour => update(&mut self.cache_write_1h, map),
            CountedKey::Details => {
                let details: Option<Vec<Detail>> = map.next_value()?;
                self.take_details(&details.unwrap_or_default());
                Ok(())
            }
            CountedKey::Other => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

impl Counted {
    fn take_details(&mut self, details: &[Detail]) {
        for detail in details {
            match detail.ttl.0.as_deref() {
                Some("5m") => self.cache_write_5m = detail.input_tokens.0,
                Some("1h") => self.cache_write_1h = detail.input_tokens.0,
                _ => {}
            }
        }
    }
}
