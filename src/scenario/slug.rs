//! Names that are safe as parts of folders, metrics and paths.

use crate::document::quantity;
use std::fmt;

/// More letters than a name needs; every file system takes them.
const LONGEST: usize = 64;

/// The name of a scenario: also the name of the folder of its reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

quantity!(Slug, Slug::parse, "Slug", "a name such as `support-triage`", {
    "description": "A name of lowercase letters, digits and hyphens, at most 64: support-triage.",
    "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": 64
});

impl Slug {
    fn parse(text: &str) -> Result<Self, String> {
        let expected =
            format!("`{text}` is not a name of lowercase letters, digits and hyphens, such as `support-triage`");
        if text.starts_with('-') || text.ends_with('-') {
            return Err(expected);
        }
        consists_of(text, b"-").then(|| Self(text.to_owned())).ok_or(expected)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an app or a variant: lowercase letters, digits, `-` and `_`.
pub(super) fn is_entry_name(text: &str) -> bool {
    consists_of(text, b"-_")
}

fn consists_of(text: &str, signs: &[u8]) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || signs.contains(&byte);
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_as_a_folder() {
        assert_eq!(Slug::parse("support-triage-2").unwrap().as_str(), "support-triage-2");
        for bad in ["", "-", "-a", "a-", "A", "a b", "a/b", "..", "a_b", "é", &"a".repeat(65)] {
            assert!(Slug::parse(bad).is_err(), "{bad:?} was read");
        }
        assert!(is_entry_name("batch_2-eu"));
        assert!(!is_entry_name("batch.2"));
    }
}
