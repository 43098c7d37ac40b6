//! One row of the map, whichever way it was written.

use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use jiff::civil::Date;
use std::fmt;

/// A row: its id, what it costs as text, and what it says beside.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Such as `us.anthropic.claude-haiku-4-5-20251001-v1:0`.
    pub(super) id: String,
    /// `chat`, `embedding`, `rerank`, ...
    pub(super) mode: String,
    /// Figures and their texts, in the order of the source.
    pub(super) figures: Vec<(Figure, String)>,
    /// A rate is per `10^-places` million tokens: 0 in a table, 6 in the map itself.
    pub(super) places: i32,
    pub(super) context: Option<u64>,
    pub(super) max_output: Option<u64>,
    pub(super) cache_minimum: Option<u64>,
    pub(super) end_of_life: Option<Date>,
}

impl Entry {
    /// Embedding and reranking models have no output to sell.
    pub(super) fn writes_nothing(&self) -> bool {
        ["embedding", "rerank"].contains(&self.mode.as_str())
    }

    /// Takes what a column or key says, when it says something. Gives back whether it is known.
    pub(super) fn set(&mut self, name: &str, text: &str) -> bool {
        let count = || text.parse().ok();
        match name {
            "mode" => text.clone_into(&mut self.mode),
            "max_input_tokens" => self.context = count(),
            "max_output_tokens" => self.max_output = count(),
            "prompt_cache_min_tokens" | "min_cache_tokens" => self.cache_minimum = count(),
            "deprecation_date" => self.end_of_life = text.parse().ok(),
            _ => match Figure::named(name) {
                Some(figure) => self.figures.push((figure, text.to_owned())),
                None => return false,
            },
        }
        true
    }
}

/// What a figure is the price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// Tokens of a class, in a tier, of calls above so many input tokens.
    Tokens { class: UsageClass, tier: Tier, input_above: Option<u64> },
    /// A query of a reranker.
    Query,
    /// A second of a model unit.
    Second,
}

/// How a name begins; the longer ones first.
const CLASSES: [(&str, UsageClass); 4] = [
    ("cache_creation_input", UsageClass::CacheWrite5m),
    ("cache_read_input", UsageClass::CacheRead),
    ("input", UsageClass::UncachedInput),
    ("output", UsageClass::Output),
];

impl Figure {
    /// Reads `input`, `cache_read_input_flex`, `output_above_200k_tokens`: a name without the words that say per what.
    fn named(name: &str) -> Option<Self> {
        match name {
            "query" => return Some(Self::Query),
            "second" => return Some(Self::Second),
            _ => {}
        }
        let (mut class, mut rest) =
            CLASSES.iter().find_map(|(begin, class)| Some((*class, name.strip_prefix(begin)?)))?;
        let (mut tier, mut input_above) = (Tier::Standard, None);
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("_above_1hr").filter(|_| class == UsageClass::CacheWrite5m) {
                (class, rest) = (UsageClass::CacheWrite1h, after);
            } else if let Some((found, after)) = tiers(rest) {
                (tier, rest) = (found, after);
            } else {
                let (thousands, after) = rest.strip_prefix("_above_")?.split_once("k_tokens")?;
                input_above = Some(thousands.parse::<u32>().ok().map(u64::from)? * 1_000);
                rest = after;
            }
        }
        Some(Self::Tokens { class, tier, input_above })
    }
}

fn tiers(rest: &str) -> Option<(Tier, &str)> {
    let tiers = [("_batches", Tier::Batch), ("_flex", Tier::Flex), ("_priority", Tier::Priority)];
    tiers.into_iter().find_map(|(word, tier)| Some((tier, rest.strip_prefix(word)?)))
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tokens { class, tier, input_above: None } => write!(f, "{tier} {class}"),
            Self::Tokens { class, tier, input_above: Some(tokens) } => write!(f, "{tier} {class} above {tokens}"),
            Self::Query => f.write_str("query"),
            Self::Second => f.write_str("second"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_class_tier_and_length() {
        let tokens = |class, tier, input_above| Some(Figure::Tokens { class, tier, input_above });
        assert_eq!(Figure::named("input"), tokens(UsageClass::UncachedInput, Tier::Standard, None));
        assert_eq!(Figure::named("cache_read_input_flex"), tokens(UsageClass::CacheRead, Tier::Flex, None));
        assert_eq!(
            Figure::named("cache_creation_input_above_1hr_above_200k_tokens"),
            tokens(UsageClass::CacheWrite1h, Tier::Standard, Some(200_000))
        );
        assert_eq!(
            Figure::named("output_above_100k_tokens"),
            tokens(UsageClass::Output, Tier::Standard, Some(100_000))
        );
        for other in ["", "image", "input_audio", "input_above_xk_tokens", "output_reasoning"] {
            assert_eq!(Figure::named(other), None, "{other:?} was read");
        }
    }
}
