//! To text: one order of words for each family, of those that were seen.

use super::{Meter, Named, UsageType};
use crate::bedrock::profile::Via;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use std::fmt;

impl fmt::Display for UsageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, meter, via) = (self.region.code, self.meter, self.via);
        match &self.named {
            Named::Native(name) => write!(f, "{code}-{name}-{}", native(meter, via).join("-")),
            Named::Mantle(id) => write!(f, "{code}-{id}-mantle-{}", small(meter, via).join("-")),
            Named::Marketplace => write!(f, "{code}-MP:{code}_{}-Units", capitals(meter, via).join("_")),
            Named::MarketplaceWords => write!(f, "{code}-MP:{code}_{}-Units", small(meter, via).join("_")),
        }
    }
}

/// `input-tokens-long-context-flex-cross-region-global`; a batch says so last.
fn native(meter: Meter, via: Via) -> Vec<String> {
    let routed = routed(via).map(|routed| format!("cross-region-{routed}"));
    let parts = match meter {
        Meter::Reserved { term, output } => {
            let direction = if output { "output" } else { "input" };
            [Some(format!("reserved-{}-month-{direction}-tokens-per-minute", term.months())), None, None, routed, None]
        }
        Meter::Tokens { class, tier, long } => {
            let marked = !matches!(tier, Tier::Standard | Tier::Reserved | Tier::Batch);
            let (before, after) = (marked.then_some(small_tier(tier)), (tier == Tier::Batch).then_some("batch"));
            let words = [Some(native_class(class)), long.then_some("long-context"), before, after];
            let [class, long, before, after] = words.map(|word| word.map(str::to_owned));
            [class, long, before, routed, after]
        }
    };
    parts.into_iter().flatten().collect()
}

/// `cache`, `write`, `tokens`, `1h`, `long`, `ctx`, `global`, `standard`.
fn small(meter: Meter, via: Via) -> Vec<String> {
    let words = match meter {
        Meter::Reserved { term, output } => {
            let direction = if output { "output" } else { "input" };
            [
                Some(format!("reserved-{}-month-{direction}-tpm", term.months())),
                None,
                routed(via).map(str::to_owned),
                None,
            ]
        }
        Meter::Tokens { class, tier, long } => {
            [Some(small_class(class)), long.then_some("long-ctx"), routed(via), Some(small_tier(tier))]
                .map(|word| word.map(str::to_owned))
        }
    };
    words.iter().flatten().flat_map(|word| word.split('-')).map(str::to_owned).collect()
}

/// `CacheWrite1hInputTokenCount`, `LCtx`, `Global`, `Batch`.
fn capitals(meter: Meter, via: Via) -> Vec<String> {
    let routed = match via {
        Via::OnDemand => None,
        Via::Geo => Some("Geo"),
        Via::Global => Some("Global"),
    };
    let words = match meter {
        Meter::Reserved { term, output } => {
            let direction = if output { "Output" } else { "Input" };
            [Some(format!("Reserved_{}Month_{direction}TPM", term.months())), None, routed.map(str::to_owned), None]
        }
        Meter::Tokens { class, tier, long } => {
            [Some(capital_class(class)), long.then_some("LCtx"), routed, capital_tier(tier)]
                .map(|word| word.map(str::to_owned))
        }
    };
    words.into_iter().flatten().collect()
}

fn routed(via: Via) -> Option<&'static str> {
    match via {
        Via::OnDemand => None,
        Via::Geo => Some("geo"),
        Via::Global => Some("global"),
    }
}

fn native_class(class: UsageClass) -> &'static str {
    match class {
        UsageClass::UncachedInput => "input-tokens",
        UsageClass::Output => "output-tokens",
        UsageClass::CacheRead => "cache-read-input-token-count",
        UsageClass::CacheWrite5m => "cache-write-input-token-count",
        UsageClass::CacheWrite1h => "cache-write-input-token-count-1-hour",
    }
}

fn small_class(class: UsageClass) -> &'static str {
    match class {
        UsageClass::UncachedInput => "input-tokens",
        UsageClass::Output => "output-tokens",
        UsageClass::CacheRead => "cache-read-tokens",
        UsageClass::CacheWrite5m => "cache-write-tokens",
        UsageClass::CacheWrite1h => "cache-write-tokens-1h",
    }
}

fn capital_class(class: UsageClass) -> &'static str {
    match class {
        UsageClass::UncachedInput => "InputTokenCount",
        UsageClass::Output => "OutputTokenCount",
        UsageClass::CacheRead => "CacheReadInputTokenCount",
        UsageClass::CacheWrite5m => "CacheWriteInputTokenCount",
        UsageClass::CacheWrite1h => "CacheWrite1hInputTokenCount",
    }
}

fn small_tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Standard | Tier::Reserved => "standard",
        Tier::Priority => "priority",
        Tier::Flex => "flex",
        Tier::Batch => "batch",
        Tier::LatencyOptimized => "latency-optimized",
    }
}

fn capital_tier(tier: Tier) -> Option<&'static str> {
    match tier {
        Tier::Standard | Tier::Reserved => None,
        Tier::Priority => Some("Priority"),
        Tier::Flex => Some("Flex"),
        Tier::Batch => Some("Batch"),
        Tier::LatencyOptimized => Some("LatencyOptimized"),
    }
}
