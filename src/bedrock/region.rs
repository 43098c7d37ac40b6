//! The spelling of AWS Regions.

/// The text is spelled like a Region: `us-east-1`, `us-gov-west-1`. Whether it exists is not known here.
#[must_use]
pub fn is_region(text: &str) -> bool {
    let mut parts: Vec<&str> = text.split('-').collect();
    let number = parts.pop().unwrap_or_default();
    let lowercase = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    parts.len() >= 2
        && parts[0].len() == 2
        && parts.iter().all(lowercase)
        && number.len() == 1
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_told_from_zones_and_typing_errors() {
        for region in ["us-east-1", "us-gov-west-1", "ap-northeast-3", "us-iso-east-1"] {
            assert!(is_region(region), "{region}");
        }
        for other in
            ["", "us-east", "us-east-1a", "US-east-1", "use1", "usa-east-1", "us--1", "us-east-12", "-1", "us-1"]
        {
            assert!(!is_region(other), "{other}");
        }
    }
}
