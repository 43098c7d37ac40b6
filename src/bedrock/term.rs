//! How long capacity is bought for.
//!
//! Provisioned throughput is sold without commitment, for one month or for six; the reserved tier for one
//! month or for three (Amazon Bedrock User Guide, "Provisioned Throughput" and "Service tiers", 2026).

use crate::document::names;
use std::fmt;

names! {
    /// The commitment under which capacity is bought.
    pub enum Term: "term" {
        /// By the hour.
        None = "none",
        /// One month.
        OneMonth = "1_month",
        /// Three months; the reserved tier only.
        ThreeMonths = "3_months",
        /// Six months; provisioned throughput only.
        SixMonths = "6_months",
    }
}

impl Term {
    /// The months that are paid for at least.
    #[must_use]
    pub const fn months(self) -> u64 {
        match self {
            Self::None => 0,
            Self::OneMonth => 1,
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
