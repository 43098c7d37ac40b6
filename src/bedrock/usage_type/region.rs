//! The codes that AWS bills write for Regions.
//!
//! Source: the prefixes of usage types, as the Amazon S3 User Guide lists them ("Understanding your AWS billing and
//! usage reports", checked 2026-11-21 in public copies of the table); Regions since 2022 from importers of the price
//! list that agree with each other.

/// A Region and its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BillingRegion {
    /// What usage types begin with: `USE1`.
    pub code: &'static str,
    /// The Region: `us-east-1`.
    pub region: &'static str,
}

/// Every code, by area. `EU` is older than the others and has no number.
#[rustfmt::skip]
const CODES: [(&str, &str); 37] = [
    ("USE1", "us-east-1"), ("USE2", "us-east-2"), ("USW1", "us-west-1"), ("USW2", "us-west-2"),
    ("UGE1", "us-gov-east-1"), ("UGW1", "us-gov-west-1"),
    ("CAN1", "ca-central-1"), ("CAN2", "ca-west-1"), ("MXC1", "mx-central-1"), ("SAE1", "sa-east-1"),
    ("EU", "eu-west-1"), ("EUW2", "eu-west-2"), ("EUW3", "eu-west-3"), ("EUC1", "eu-central-1"),
    ("EUC2", "eu-central-2"), ("EUN1", "eu-north-1"), ("EUS1", "eu-south-1"), ("EUS2", "eu-south-2"),
    ("APE1", "ap-east-1"), ("APE2", "ap-east-2"),
    ("APN1", "ap-northeast-1"), ("APN2", "ap-northeast-2"), ("APN3", "ap-northeast-3"),
    ("APS1", "ap-southeast-1"), ("APS2", "ap-southeast-2"), ("APS3", "ap-south-1"), ("APS4", "ap-southeast-3"),
    ("APS5", "ap-south-2"), ("APS6", "ap-southeast-4"), ("APS7", "ap-southeast-5"), ("APS8", "ap-southeast-6"),
    ("APS9", "ap-southeast-7"),
    ("AFS1", "af-south-1"), ("MES1", "me-south-1"), ("MEC1", "me-central-1"), ("ILC1", "il-central-1"),
    // Written by some reports for Ireland; read, never written.
    ("EUW1", "eu-west-1"),
];

impl BillingRegion {
    /// Every Region that has a code, once.
    pub fn all() -> impl Iterator<Item = Self> {
        CODES.iter().map(|&(code, region)| Self { code, region }).filter(|known| known.code != "EUW1")
    }

    /// The Region behind a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        let (_, region) = CODES.iter().find(|(known, _)| *known == code)?;
        Self::of_region(region)
    }

    /// A Region with its code.
    #[must_use]
    pub fn of_region(region: &str) -> Option<Self> {
        Self::all().find(|known| known.region == region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::region::is_region;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_is_one_region_and_each_region_one_code() {
        let codes: BTreeSet<&str> = BillingRegion::all().map(|known| known.code).collect();
        let regions: BTreeSet<&str> = BillingRegion::all().map(|known| known.region).collect();
        assert_eq!((codes.len(), regions.len()), (CODES.len() - 1, CODES.len() - 1));
        assert!(regions.iter().all(|region| is_region(region)));
        assert!(BillingRegion::all().all(|known| BillingRegion::of_code(known.code) == Some(known)));
    }

    #[test]
    fn ireland_is_older_than_numbers() {
        assert_eq!(BillingRegion::of_region("eu-west-1").map(|known| known.code), Some("EU"));
        assert_eq!(BillingRegion::of_code("EUW1"), BillingRegion::of_code("EU"));
        assert_eq!(BillingRegion::of_code("USE9"), None);
    }
}
