//! What is sold: the name of one price.

use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::bedrock::tier::Tier;
use crate::bedrock::usage::UsageClass;
use crate::units::Tokens;
use std::fmt;

/// One thing on the price list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sku {
    /// The key of the model in the price book.
    pub model: String,
    /// The way to the model.
    pub via: Via,
    /// The source Region.
    pub region: String,
    /// The service tier.
    pub tier: Tier,
    /// The price is that of calls whose whole input is above so many tokens.
    pub input_above: Option<Tokens>,
    /// The class of tokens.
    pub class: UsageClass,
}

/// `claude-haiku-4-5 geo us-east-1 standard output`; with a long input `... standard above 200000 output`.
impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {} ", self.model, self.via, self.region, self.tier)?;
        self.input_above.map_or(Ok(()), |tokens| write!(f, "above {} ", tokens.0))?;
        write!(f, "{}", self.class)
    }
}

/// Capacity on the price list: what is paid for by the hour, used or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CapacitySku {
    /// Model units of provisioned throughput.
    Provisioned {
        /// The key of the model in the price book.
        model: String,
        /// The Region.
        region: String,
        /// The commitment.
        term: Term,
    },
    /// The reserved tier.
    Reserved {
        /// The key of the model in the price book.
        model: String,
        /// The way to the model.
        via: Via,
        /// The source Region.
        region: String,
        /// The commitment.
        term: Term,
    },
}

impl CapacitySku {
    /// Reads what `Display` writes; nothing when it is another text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        match words.as_slice() {
            [model, region, "provisioned", term] => {
                let (model, region) = ((*model).to_owned(), (*region).to_owned());
                Some(Self::Provisioned { model, region, term: Term::named(term)? })
            }
            [model, via, region, "reserved", term] => {
                let (model, region) = ((*model).to_owned(), (*region).to_owned());
                Some(Self::Reserved { model, via: via.parse().ok()?, region, term: Term::named(term)? })
            }
            _ => None,
        }
    }

    /// The key of the model in the price book.
    #[must_use]
    pub fn model(&self) -> &str {
        let (Self::Provisioned { model, .. } | Self::Reserved { model, .. }) = self;
        model
    }

    /// The Region that it is bought in.
    #[must_use]
    pub fn region(&self) -> &str {
        let (Self::Provisioned { region, .. } | Self::Reserved { region, .. }) = self;
        region
    }

    /// The commitment.
    #[must_use]
    pub fn term(&self) -> Term {
        let (Self::Provisioned { term, .. } | Self::Reserved { term, .. }) = self;
        *term
    }
}

/// `llama-3-1-70b us-west-2 provisioned 1_month`, `claude-haiku-4-5 geo us-east-1 reserved 1_month`.
impl fmt::Display for CapacitySku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provisioned { model, region, term } => write!(f, "{model} {region} provisioned {term}"),
            Self::Reserved { model, via, region, term } => write!(f, "{model} {via} {region} reserved {term}"),
        }
    }
}
