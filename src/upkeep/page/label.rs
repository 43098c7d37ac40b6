//! What the name of a row says beside the model: tier, first day, Regions.

use crate::bedrock::tier::Tier;
use crate::pricing::Regions;
use jiff::civil::Date;

/// A name taken apart.
pub(super) struct Label {
    /// The model's name in prose.
    pub(super) name: String,
    /// The tier, when the name says one.
    pub(super) tier: Option<Tier>,
    /// The first day of effect, when the name says one.
    pub(super) from: Option<Date>,
}

impl Label {
    /// Reads `Claude 3.5 Sonnet (Public Extended Access, Effective 1 Dec 2025)`. Sizes as `(70B)` belong to the name.
    pub(super) fn of(text: &str) -> Self {
        let text = text.replace('\u{a0}', " ");
        let mut label = Self { name: String::new(), tier: None, from: None };
        for part in text.split('(') {
            let said = part.trim_end().trim_end_matches(')');
            if let Some((_, day)) = said.split_once("Effective ") {
                label.from = Date::strptime("%d %b %Y", day.trim()).ok();
            } else if let Some(tier) = tier(said) {
                label.tier = Some(tier);
            } else {
                label.name = format!("{} {}", label.name, said.trim()).trim().to_owned();
            }
        }
        label
    }
}

fn tier(said: &str) -> Option<Tier> {
    match said.trim().to_lowercase().as_str() {
        "w/ latency optimized inference" => Some(Tier::LatencyOptimized),
        "batch" => Some(Tier::Batch),
        "on-demand" => Some(Tier::Standard),
        _ => None,
    }
}

/// The tier that the headings above a table say: `OpenAI > gpt-oss-20b, 120b > Flex`.
pub(super) fn tier_of_path(path: &str) -> Option<Tier> {
    match path.rsplit(" > ").next()?.trim() {
        "Standard" => Some(Tier::Standard),
        "Batch" => Some(Tier::Batch),
        "Flex" => Some(Tier::Flex),
        "Priority" => Some(Tier::Priority),
        _ => None,
    }
}

/// The Regions as the page writes them.
const REGIONS: [(&str, &str); 7] = [
    ("US East (N. Virginia)", "us-east-1"),
    ("US East (Ohio)", "us-east-2"),
    ("US West (Oregon)", "us-west-2"),
    ("Europe (Frankfurt)", "eu-central-1"),
    ("Europe (Ireland)", "eu-west-1"),
    ("Europe (Zurich)", "eu-central-2"),
    ("Europe (Paris)", "eu-west-3"),
];

/// Reads `US East (N. Virginia), US East (Ohio)`.
///
/// # Errors
/// A sentence that names the Region that is not known.
pub(super) fn regions(text: &str) -> Result<Regions, String> {
    let codes = text.split(", ").map(|name| {
        let known = REGIONS.iter().find(|(known, _)| *known == name.trim());
        known.map(|(_, code)| (*code).to_owned()).ok_or_else(|| format!("the Region `{name}` is not known"))
    });
    codes.collect::<Result<_, _>>().map(Regions::Named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_name_is_told_from_what_stands_beside_it() {
        let parts = |text| {
            let Label { name, tier, from } = Label::of(text);
            (name, tier, from)
        };
        let plain = |name: &str| (name.to_owned(), None, None);
        assert_eq!(parts("Claude Sonnet 5*"), plain("Claude Sonnet 5*"));
        assert_eq!(
            parts("Claude 3.5 Sonnet v2  (Public Extended Access, Effective 1 Dec 2025)"),
            ("Claude 3.5 Sonnet v2".to_owned(), None, Some(date(2025, 12, 1)))
        );
        assert_eq!(
            parts("Llama 3.1 Instruct (70B) (w/ latency optimized inference)"),
            ("Llama 3.1 Instruct 70B".to_owned(), Some(Tier::LatencyOptimized), None)
        );
    }

    #[test]
    fn regions_are_named_in_full() {
        let named = regions("US East (Ohio), Europe (Paris)").unwrap();
        assert_eq!(named.to_string(), "eu-west-3, us-east-2");
        assert!(regions("Mars (North)").is_err());
    }
}
