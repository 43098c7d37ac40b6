//! Service tiers: how a call is queued, priced and counted.
//!
//! Source: Amazon Bedrock User Guide, "Service tiers for inference" (2026-02-15) and the pricing page
//! (2026-07-24).

use crate::document::names;
use std::fmt;

names! {
    /// The tier in which a call is served.
    pub enum Tier: "service tier" {
        /// What a call gets that does not ask.
        Standard = "standard",
        /// Before all others, at a premium.
        Priority = "priority",
        /// After all others, at a discount.
        Flex = "flex",
        /// Jobs of many calls, answered within a day, outside the quotas of minutes.
        Batch = "batch",
        /// Faster answers from a quota of their own; beyond it, the standard tier.
        LatencyOptimized = "latency_optimized",
        /// Capacity bought by input and output tokens per minute; beyond it, the standard tier.
        Reserved = "reserved",
    }
}

impl Tier {
    /// Every tier, in the order of the enum.
    pub const ALL: [Self; 6] =
        [Self::Standard, Self::Priority, Self::Flex, Self::Batch, Self::LatencyOptimized, Self::Reserved];

    /// Who goes first at one instant: priority before standard before flex.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Priority => 0,
            Self::Standard | Self::LatencyOptimized | Self::Reserved => 1,
            Self::Flex => 2,
            Self::Batch => 3,
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
