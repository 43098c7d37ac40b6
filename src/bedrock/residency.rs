//! Areas of law that data may have to stay in, and the AWS Regions inside them.
//!
//! Source: the locations of Regions in the AWS General Reference (recalled 2026-11-20). `eu` is the European
//! Union: London (eu-west-2) and Zurich (eu-central-2) are not in it.

/// Every area with its Regions.
pub const AREAS: [(&str, &[&str]); 9] = [
    ("us", &["us-east-1", "us-east-2", "us-west-1", "us-west-2"]),
    ("us-gov", &["us-gov-east-1", "us-gov-west-1"]),
    ("ca", &["ca-central-1", "ca-west-1"]),
    ("eu", &["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"]),
    ("uk", &["eu-west-2"]),
    ("ch", &["eu-central-2"]),
    ("jp", &["ap-northeast-1", "ap-northeast-3"]),
    ("au", &["ap-southeast-2", "ap-southeast-4"]),
    ("in", &["ap-south-1", "ap-south-2"]),
];

/// The Regions of an area.
#[must_use]
pub fn area(name: &str) -> Option<&'static [&'static str]> {
    AREAS.iter().find(|(known, _)| *known == name).map(|(_, regions)| *regions)
}
