//! Which model a bill or a price list means.

use super::{Model, PriceBook};
use std::collections::BTreeSet;

/// What the marketplace adds to the name of a model.
const EDITION: &str = "(Amazon Bedrock Edition)";

/// What is in a name or not and tells no models apart: vendors that some sources write, and a word for how it was trained.
const SAY_NOTHING: [&str; 3] = ["amazon", "nvidia", "instruct"];

impl PriceBook {
    /// The model that a bill, a price list or the marketplace calls so: by a name for bills, by an id with or without
    /// its version, or by its name in prose. Nothing when there is none, or more than one.
    #[must_use]
    pub fn billed_as(&self, name: &str) -> Option<&Model> {
        let rules: [&dyn Fn(&Model) -> bool; 3] = [
            &|model| model.billing_names.iter().any(|known| known.eq_ignore_ascii_case(name)),
            &|model| model.id == name,
            &|model| unversioned(&model.id) == name,
        ];
        rules.iter().find_map(|rule| self.only(rule)).or_else(|| self.in_prose(name))
    }

    /// The model that has these words for a name, in any order: `Claude 4.5 Haiku` is `Claude Haiku 4.5`, and
    /// `DeepSeek-V3.1` is `DeepSeek v3.1`. Nothing when there is none, or more than one.
    #[must_use]
    pub fn in_prose(&self, name: &str) -> Option<&Model> {
        let wanted = words(name);
        self.only(&|model| std::iter::once(&model.name).chain(&model.aliases).any(|known| words(known) == wanted))
    }

    fn only(&self, rule: &dyn Fn(&Model) -> bool) -> Option<&Model> {
        let mut found = self.models().filter(|model| rule(model));
        found.next().filter(|_| found.next().is_none())
    }
}

/// An id without date and version: `anthropic.claude-haiku-4-5` of `anthropic.claude-haiku-4-5-20251001-v1:0`.
fn unversioned(id: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (rest, revised) = match id.rsplit_once(':') {
        Some((rest, revision)) if digits(revision) => (rest, true),
        _ => (id, false),
    };
    let rest = match rest.rsplit_once('-') {
        Some((rest, version)) if version.strip_prefix('v').is_some_and(digits) || (revised && digits(version)) => rest,
        _ => rest,
    };
    match rest.rsplit_once('-') {
        Some((rest, date)) if date.len() == 8 && digits(date) => rest,
        _ => rest,
    }
}

/// The words of a name that tell models apart: `2`, `lite` and `nova` of `Nova 2.0 Lite`.
fn words(name: &str) -> BTreeSet<String> {
    let name = name.replace(EDITION, " ").to_lowercase();
    let words = name.split(|c: char| !(c.is_alphanumeric() || c == '.')).map(|word| word.trim_end_matches(".0"));
    words.filter(|word| !word.is_empty() && !SAY_NOTHING.contains(word)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::bundled;
    use super::*;

    #[test]
    fn a_model_is_found_by_what_bills_and_price_lists_call_it() {
        let book = bundled().unwrap_or_default();
        let key = |name: &str| book.billed_as(name).map_or("none", |model| model.key.as_str());
        for (name, model) in [
            ("Claude4.6Sonnet", "claude-sonnet-4-6"),
            ("Claude Sonnet 4.6 (Amazon Bedrock Edition)", "claude-sonnet-4-6"),
            ("Claude Sonnet 4 (Amazon Bedrock Edition)", "claude-sonnet-4"),
            ("anthropic.claude-haiku-4-5", "claude-haiku-4-5"),
            ("anthropic.claude-sonnet-4", "claude-sonnet-4"),
            ("anthropic.claude-opus-4-8", "claude-opus-4-8"),
            ("openai.gpt-oss-120b", "gpt-oss-120b"),
            ("Nova 2.0 Lite", "nova-2-lite"),
            ("Llama 3.3 70B", "llama-3-3-70b"),
            ("TitanEmbeddingV2-Text", "titan-embed-text-v2"),
            ("Claude4.6Haiku", "none"),
            ("", "none"),
        ] {
            assert_eq!(key(name), model, "{name}");
        }
    }

    #[test]
    fn words_have_no_order() {
        assert_eq!(words("Claude 4.5 Haiku"), words("Claude Haiku 4.5"));
        assert_eq!(words("DeepSeek-V3.1"), words("DeepSeek v3.1"));
        assert_ne!(words("Claude Sonnet 4"), words("Claude Sonnet 4.5"));
    }

    #[test]
    fn versions_and_dates_are_no_part_of_an_id() {
        assert_eq!(unversioned("anthropic.claude-opus-4-6-v1"), "anthropic.claude-opus-4-6");
        assert_eq!(unversioned("openai.gpt-oss-20b-1:0"), "openai.gpt-oss-20b");
        assert_eq!(unversioned("anthropic.claude-sonnet-4-6"), "anthropic.claude-sonnet-4-6");
    }

    #[test]
    fn no_two_models_share_a_name_for_bills() {
        let book = bundled().unwrap_or_default();
        let names: Vec<&String> = book.models().flat_map(|model| &model.billing_names).collect();
        assert!(names.len() > 20);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
