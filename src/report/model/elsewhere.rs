//! The tokens of the scenario as written, somewhere else.

use super::{Cost, Tokens};
use crate::report::money::Money;
use schemars::JsonSchema;
use serde::Serialize;

/// Where tokens could go instead, and what they would cost there.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Elsewhere {
    /// Name that the scenario gives the place.
    pub name: String,
    /// `direct` for a platform that sells by the token, `self_hosted` for instances of one's own.
    pub kind: String,
    /// The platform, or the instance and its Region.
    pub place: String,
    /// Apps whose tokens go there.
    pub apps: Vec<String>,
    /// Their tokens.
    pub tokens: Tokens,
    /// What the tokens cost on Bedrock.
    pub bedrock: Cost,
    /// What they cost there.
    pub cost: Cost,
    /// What the whole scenario costs with them there: services around the models are paid for as before.
    pub scenario: Cost,
    /// The instances; `null` on a platform.
    pub instances: Option<Instances>,
    /// What was taken as given.
    pub assumed: Vec<String>,
    /// Where the prices come from.
    pub sources: Vec<String>,
}

/// Instances for the traffic of the scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Instances {
    /// How many are paid for.
    pub count: u64,
    /// How many the traffic needs.
    pub needed: u64,
    /// What one costs over the period.
    pub cost_of_one: Cost,
    /// `never` when they never cost as little as Bedrock, `always` when they are free, else `from`.
    pub crossover: String,
    /// The first volume at which they cost no more than Bedrock.
    pub first: Option<Volume>,
    /// The volume from which on they never cost more again; `null` where each further instance sets them back.
    pub for_good: Option<Volume>,
}

/// So much of the same traffic.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Volume {
    /// What Bedrock costs there in a month of 730 hours, in USD: the exact figure.
    pub bedrock_month: Money,
    /// How many times the traffic of the scenario that is, in thousandths, rounded up.
    pub times_thousandths: u64,
    /// Tokens of all classes in a month of 730 hours, rounded up.
    pub tokens_per_month: u64,
}
