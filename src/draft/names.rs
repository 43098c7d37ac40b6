//! Names of apps: what a recording calls them, made into names that a scenario takes, each once.

use super::found::Key;
use crate::pricing::PriceBook;
use crate::trace::Name;
use std::collections::BTreeSet;

/// Longer ones are cut, with room for what makes them differ.
const LONGEST: usize = 56;

/// A text as a name of lowercase letters, digits and hyphens: `Support Triage!` is `support-triage`. What has none of
/// these gets another name.
pub(super) fn slug(text: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_matches('-');
    if slug.is_empty() { otherwise.to_owned() } else { slug.to_owned() }
}

/// A name for each group, in their order: its app's, and behind it whatever tells it from other groups of that app.
pub(super) fn of_groups(keys: &[&Key], book: &PriceBook) -> Vec<String> {
    let mut taken = BTreeSet::new();
    keys.iter().map(|key| distinct(of_group(key, keys, book), &mut taken)).collect()
}

fn of_group(key: &Key, all: &[&Key], book: &PriceBook) -> String {
    let model = key.model.as_deref().map(|id| of_model(id, book));
    let differs = |part: fn(&Key) -> &Name| all.iter().any(|other| other.app == key.app && part(other) != part(key));
    let parts = [
        key.app.as_deref(),
        model.as_deref().filter(|_| key.app.is_none() || differs(|key| &key.model)),
        key.region.as_deref().filter(|_| differs(|key| &key.region)),
        key.tier.as_deref().filter(|_| differs(|key| &key.tier)),
        key.account.as_deref().filter(|_| differs(|key| &key.account)),
    ];
    slug(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "), "app")
}

/// The short name that the price book has for a model, with the prefix of the profile; else the id itself.
fn of_model(id: &str, book: &PriceBook) -> String {
    match book.resolve(id) {
        Ok(found) => found.prefix.map_or(found.model.key.clone(), |prefix| format!("{} {prefix}", found.model.key)),
        Err(_) => id.to_owned(),
    }
}

/// The name, or the name with the first number behind it that makes it new.
pub(super) fn distinct(name: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or(name);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing;

    fn key(app: Option<&str>, model: &str, tier: Option<&str>) -> Key {
        let name = |text: Option<&str>| text.map(std::sync::Arc::from);
        Key { app: name(app), model: name(Some(model)), region: None, tier: name(tier), account: None }
    }

    #[test]
    fn a_slug_is_what_is_left_of_a_text() {
        for (text, name) in [
            ("Support Triage!", "support-triage"),
            ("--a__b--", "a-b"),
            ("2026", "2026"),
            ("", "app"),
            ("漢字", "app"),
            ("é-a", "a"),
        ] {
            assert_eq!(slug(text, "app"), name, "{text:?}");
        }
        assert_eq!(slug(&"x".repeat(200), "app").len(), LONGEST);
    }

    #[test]
    fn groups_of_one_app_are_told_apart_by_what_differs() {
        let (haiku, other) = ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "x.y");
        let keys = [
            key(Some("Chat"), haiku, None),
            key(Some("Chat"), haiku, Some("flex")),
            key(Some("Chat"), other, None),
            key(Some("chat"), haiku, None),
            key(None, haiku, None),
        ];
        let names = of_groups(&keys.iter().collect::<Vec<_>>(), &pricing::bundled().unwrap());
        let expected =
            ["chat-claude-haiku-4-5-us", "chat-claude-haiku-4-5-us-flex", "chat-x-y", "chat", "claude-haiku-4-5-us"];
        assert_eq!(names, expected);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = BTreeSet::new();
        let names = ["a", "a", "a-2", "a"].map(|name| distinct(name.to_owned(), &mut taken));
        assert_eq!(names, ["a", "a-2", "a-2-2", "a-3"]);
    }
}
