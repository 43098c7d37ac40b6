//! Usage types: what AWS price lists and bills call a thing that is sold, as `USE1-Claude4.6Sonnet-input-tokens`.
//!
//! There are three families. Models that AWS bills itself have *native* usage types; those of the newer endpoint say
//! `mantle` and write out the model's id; models sold through the marketplace name only what is counted, and the name
//! of the service says which model it is. Does not know which model a name belongs to, and no price.
//!
//! Sources: AWS User Guide, "Understanding your Amazon Bedrock CUR data"; usage types of the three offer files of the
//! AWS Price List as public importers quote them (2026-07 to 2026-11).

mod read;
mod region;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub use read::Unreadable;
pub use region::BillingRegion;

use super::profile::Via;
use super::term::Term;
use super::tier::Tier;
use super::usage::UsageClass;

/// A usage type, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsageType {
    /// Where calls are made from.
    pub region: BillingRegion,
    /// How the model is named.
    pub named: Named,
    /// What is counted.
    pub meter: Meter,
    /// The way to the model. A usage type without any mark is `OnDemand` here; geographic profiles are billed under
    /// it too.
    pub via: Via,
}

/// How a usage type names its model; with that, how all of it is spelt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// By a name for bills: `Claude4.6Sonnet` in `USE1-Claude4.6Sonnet-input-tokens`.
    Native(String),
    /// By its id: `openai.gpt-oss-120b` in `USE1-openai.gpt-oss-120b-mantle-input-tokens-standard`.
    Mantle(String),
    /// Not at all, in capitals: `USE1-MP:USE1_InputTokenCount-Units`.
    Marketplace,
    /// Not at all, in small letters: `USE1-MP:USE1_input_tokens_standard-Units`.
    MarketplaceWords,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meter {
    /// Tokens.
    Tokens {
        /// Their class.
        class: UsageClass,
        /// The tier that they were served in; never `Reserved`, whose capacity is paid for instead.
        tier: Tier,
        /// They are of calls with a long input, where that costs more.
        long: bool,
    },
    /// Hours of 1,000 reserved tokens per minute.
    Reserved {
        /// The commitment: one month or three.
        term: Term,
        /// Of output, not of input.
        output: bool,
    },
}

impl UsageType {
    /// What is billed for a model under a name for bills, called by a way from a Region: of geographic profiles what
    /// is billed for the bare id. Nothing where the code of the Region is not known.
    #[must_use]
    pub fn new(region: &str, name: &str, meter: Meter, via: Via) -> Option<Self> {
        let region = BillingRegion::of_region(region)?;
        let named = match meter {
            Meter::Tokens { .. } => Named::of(name),
            Meter::Reserved { .. } => Named::Native(name.to_owned()),
        };
        Some(Self { region, named, meter, via: if via == Via::Global { via } else { Via::OnDemand } })
    }
}

impl Named {
    /// How a model with that name is spelt: a name with a provider before it, all in small letters, is an id.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let is_id = name.contains('.') && !name.bytes().any(|byte| byte.is_ascii_uppercase());
        if is_id { Self::Mantle(name.to_owned()) } else { Self::Native(name.to_owned()) }
    }

    /// The name, where the usage type has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Native(name) | Self::Mantle(name) => Some(name),
            Self::Marketplace | Self::MarketplaceWords => None,
        }
    }
}
