//! What is sold: the name of one price.

use crate::bedrock::profile::Via;
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
