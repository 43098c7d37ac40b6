//! Inference profiles: the prefix of a model id says where a call may run and whose quota it uses.

use crate::document::{Decode, Node, Problems, choice};
use schemars::JsonSchema;
use std::fmt;
use std::str::FromStr;

/// The way a call reaches a model; each way has its own quotas and prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Via {
    /// The bare model id: the call runs in the Region that it is sent to.
    OnDemand,
    /// A geographic profile such as `us.`: the call runs in some Region of that geography.
    Geo,
    /// The `global.` profile: the call runs in any commercial Region.
    Global,
}

/// The prefixes of geographic profiles. All of them draw from one quota per model and source Region.
pub const GEO_PREFIXES: [&str; 8] = ["us", "eu", "apac", "jp", "au", "ca", "in", "us-gov"];

/// The prefix of global profiles.
pub const GLOBAL_PREFIX: &str = "global";

impl Via {
    /// Every way, in order.
    pub const ALL: [Self; 3] = [Self::OnDemand, Self::Geo, Self::Global];

    /// The name in files: `on_demand`, `geo`, `global`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnDemand => "on_demand",
            Self::Geo => "geo",
            Self::Global => "global",
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Via {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|via| via.name() == text);
        found.ok_or_else(|| format!("`{text}` is not one of `on_demand`, `geo`, `global`"))
    }
}

impl Decode for Via {
    fn decode(node: &Node, problems: &mut Problems) -> Option<Self> {
        choice(node, problems, "way to a model", &Self::ALL.map(|via| (via.name(), via)))
    }
}

/// An id as a call names it, taken apart: `us.anthropic.claude-...` or `anthropic.claude-...`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProfileId<'a> {
    /// What stands before the model id: `us`, `global`, or nothing.
    pub prefix: Option<&'a str>,
    /// The way that the prefix stands for.
    pub via: Via,
    /// The model id without prefix.
    pub model_id: &'a str,
}

impl<'a> ProfileId<'a> {
    /// Takes an id apart. Any text is an id; whether the model exists is not known here.
    #[must_use]
    pub fn parse(id: &'a str) -> Self {
        let (prefix, via, model_id) = match id.split_once('.') {
            Some((GLOBAL_PREFIX, rest)) => (Some(GLOBAL_PREFIX), Via::Global, rest),
            Some((geo, rest)) if GEO_PREFIXES.contains(&geo) => (Some(geo), Via::Geo, rest),
            _ => (None, Via::OnDemand, id),
        };
        Self { prefix, via, model_id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_says_the_way_and_the_rest_is_the_model() {
        let parts = |id| {
            let parsed = ProfileId::parse(id);
            (parsed.prefix, parsed.via, parsed.model_id)
        };
        assert_eq!(parts("us.meta.llama3-v1:0"), (Some("us"), Via::Geo, "meta.llama3-v1:0"));
        assert_eq!(parts("us-gov.meta.llama3-v1:0"), (Some("us-gov"), Via::Geo, "meta.llama3-v1:0"));
        assert_eq!(parts("global.meta.llama3-v1:0"), (Some("global"), Via::Global, "meta.llama3-v1:0"));
        assert_eq!(parts("meta.llama3-v1:0"), (None, Via::OnDemand, "meta.llama3-v1:0"));
        assert_eq!(parts("xx.meta.llama3-v1:0"), (None, Via::OnDemand, "xx.meta.llama3-v1:0"));
        assert_eq!(parts(""), (None, Via::OnDemand, ""));
    }

    #[test]
    fn every_way_reads_what_it_prints() {
        for via in Via::ALL {
            assert_eq!(via.to_string().parse(), Ok(via));
        }
        assert!("Geo".parse::<Via>().is_err());
    }
}
