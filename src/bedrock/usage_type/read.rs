//! From text.

use super::words;
use super::{BillingRegion, Named, UsageType};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// What stands between the model's id and what is counted on the newer endpoint.
const MANTLE: &str = "-mantle-";
/// What the usage types of the marketplace begin with, after the Region.
const MARKETPLACE: &str = "MP:";
/// What they end with.
const UNITS: &str = "-Units";

/// The part of a usage type that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not begin with the code of a Region.
    Region(String),
    /// It names two Regions.
    TwoRegions(String, String),
    /// It names no model.
    NoModel,
    /// What is counted are no tokens.
    NoTokens(String),
    /// What is counted is no text.
    Modality(String),
    /// Tokens of a model of one's own, which has prices of its own.
    CustomModel,
    /// Words after what is counted that say nothing known.
    Words(String),
    /// It says two things of one kind.
    Two(&'static str),
}

impl Unreadable {
    /// Of the first word that is no mark.
    pub(super) fn of_mark(word: &str, rest: &[&str]) -> Self {
        if rest.starts_with(&["custom", "model"]) { Self::CustomModel } else { Self::Words(word.to_owned()) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(code) => write!(f, "`{code}` is not the code of a Region"),
            Self::TwoRegions(one, other) => write!(f, "it names two Regions, `{one}` and `{other}`"),
            Self::NoModel => f.write_str("it names no model"),
            Self::NoTokens(words) => write!(f, "`{words}` is not counted in tokens"),
            Self::Modality(word) => write!(f, "it counts {word}, not text"),
            Self::CustomModel => f.write_str("it is of a custom model, which has prices of its own"),
            Self::Words(words) => write!(f, "`{words}` is not a known part of a usage type"),
            Self::Two(kind) => write!(f, "it says two {kind}"),
        }
    }
}

impl Error for Unreadable {}

impl FromStr for UsageType {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let (code, rest) = text.split_once('-').ok_or_else(|| Unreadable::Region(text.to_owned()))?;
        let region = BillingRegion::of_code(code).ok_or_else(|| Unreadable::Region(code.to_owned()))?;
        if let Some(rest) = rest.strip_prefix(MARKETPLACE) {
            return marketplace(region, rest);
        }
        let (named, rest) = match rest.split_once(MANTLE) {
            Some((id, rest)) => (Named::Mantle(id.to_owned()), rest.to_owned()),
            None => native(rest)?,
        };
        if named.name().is_none_or(str::is_empty) {
            return Err(Unreadable::NoModel);
        }
        let (meter, via) = words::read(&rest.split('-').collect::<Vec<_>>())?;
        Ok(Self { region, named, meter, via })
    }
}

/// The name is all that stands before the first words that say what is counted.
fn native(text: &str) -> Result<(Named, String), Unreadable> {
    let parts: Vec<&str> = text.split('-').collect();
    let at = (0..parts.len()).find(|at| words::begins(&parts[*at..]));
    let Some(at) = at else { return Err(words::read(&parts).err().unwrap_or(Unreadable::NoModel)) };
    Ok((Named::Native(parts[..at].join("-")), parts[at..].join("-")))
}

fn marketplace(region: BillingRegion, text: &str) -> Result<UsageType, Unreadable> {
    let text = text.strip_suffix(UNITS).unwrap_or(text);
    let mut parts: Vec<&str> = text.split('_').collect();
    if let Some(again) = BillingRegion::of_code(parts[0]) {
        if again != region {
            return Err(Unreadable::TwoRegions(region.code.to_owned(), again.code.to_owned()));
        }
        parts.remove(0);
    }
    let capitals = parts.first().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_uppercase()));
    let named = if capitals { Named::Marketplace } else { Named::MarketplaceWords };
    let words: Vec<String> = parts.iter().flat_map(|part| small_words(part)).collect();
    let (meter, via) = words::read(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    Ok(UsageType { region, named, meter, via })
}

/// `CacheWrite1hInputTokenCount` as `cache`, `write`, `1h`, `input`, `token`, `count`; `LCtx` is one word.
fn small_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for letter in text.chars() {
        let after_word = before.is_ascii_lowercase() || before.is_ascii_digit();
        let number = letter.is_ascii_digit() && before.is_ascii_lowercase();
        if number || (letter.is_ascii_uppercase() && after_word) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    words
}
