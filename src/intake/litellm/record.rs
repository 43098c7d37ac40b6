//! One call as LiteLLM logs it.

use crate::intake::count::Tokens;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// One call as LiteLLM logs it (table `LiteLLM_SpendLogs`, LiteLLM 1.109).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    #[serde(alias = "request_id")]
    pub(super) request_id: Option<String>,
    #[serde(alias = "session_id")]
    pub(super) session_id: Option<String>,
    pub(super) start_time: Option<String>,
    pub(super) end_time: Option<String>,
    /// The first token, where the answer was streamed.
    pub(super) completion_start_time: Option<String>,
    pub(super) model: Option<String>,
    #[serde(alias = "prompt_tokens")]
    pub(super) prompt_tokens: Option<Tokens>,
    #[serde(alias = "completion_tokens")]
    pub(super) completion_tokens: Option<Tokens>,
    pub(super) status: Option<String>,
    /// `True` when LiteLLM answered out of a cache of its own.
    #[serde(alias = "cache_hit")]
    pub(super) cache_hit: Option<Value>,
    #[serde(default, deserialize_with = "unpacked")]
    pub(super) metadata: Value,
    #[serde(default, alias = "request_tags", deserialize_with = "unpacked")]
    pub(super) request_tags: Value,
    #[serde(alias = "team_id")]
    pub(super) team_id: Option<String>,
    #[serde(alias = "end_user")]
    pub(super) end_user: Option<String>,
    pub(super) user: Option<String>,
}

/// A value that some exports have as text.
fn unpacked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        other => other,
    })
}

impl Record {
    pub(super) fn is_own_cache(&self) -> bool {
        match &self.cache_hit {
            Some(Value::Bool(hit)) => *hit,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// What the class of its error is; nothing when it was answered.
    pub(super) fn error(&self) -> Option<&str> {
        let status = [self.status.as_deref(), self.metadata["status"].as_str()];
        if !status.contains(&Some("failure")) {
            return None;
        }
        let information = &self.metadata["error_information"];
        let known = ["error_class", "error_code"].map(|key| information[key].as_str());
        Some(known.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or_default())
    }

    /// The value of a key of the caller's own.
    pub(super) fn of_caller(&self, key: &str) -> Option<String> {
        let places = [&self.metadata["spend_logs_metadata"], &self.metadata["requester_metadata"], &self.metadata];
        places.into_iter().find_map(|place| match &place[key] {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// Who sent it: the team, or else the first tag, or else the user.
    pub(super) fn sender(&self) -> Option<&str> {
        let by_proxy = |tag: &&str| !tag.starts_with("User-Agent:");
        let mut tags = self.request_tags.as_array().into_iter().flatten().filter_map(Value::as_str).filter(by_proxy);
        let team = [self.metadata["user_api_key_team_alias"].as_str(), self.team_id.as_deref()];
        let user = [self.user.as_deref(), self.end_user.as_deref()];
        let all = team.into_iter().chain([tags.next()]).chain(user);
        all.flatten().find(|name| !name.is_empty())
    }
}
