//! Where tokens could go instead of Bedrock.

use super::UnitRates;
use crate::pricing::PlatformRow;
use crate::scenario::SizedFor;
use crate::units::Ratio;
use jiff::civil::Date;

/// The tokens of some applications elsewhere.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// Its name in the scenario.
    pub name: String,
    /// The applications, as indices into the plan.
    pub apps: Vec<usize>,
    /// Where they go.
    pub to: Alternative,
}

/// Who serves the tokens.
#[derive(Debug, Clone)]
pub enum Alternative {
    /// A platform that sells the same models by the token.
    Direct {
        /// Its name in prose.
        platform: String,
        /// Prices of every lane of every application, in their order.
        prices: Vec<Vec<DirectRates>>,
    },
    /// Instances of one's own.
    SelfHosted(SelfHosted),
}

/// What a platform takes for the tokens of one lane, each price from its day on: ascending, never empty.
#[derive(Debug, Clone)]
pub struct DirectRates(pub Vec<(Date, PlatformRow)>);

impl DirectRates {
    /// The prices on a day.
    ///
    /// # Panics
    /// When there are none, which `bind` refuses.
    #[must_use]
    pub fn on(&self, day: Date) -> &PlatformRow {
        let dated = self.0.iter().rev().find(|(from, _)| *from <= day).or(self.0.first());
        &dated.expect("a plan prices every lane").1
    }
}

/// Instances that serve a model.
#[derive(Debug, Clone)]
pub struct SelfHosted {
    /// The instance type.
    pub instance: String,
    /// The Region that it is priced in.
    pub region: String,
    /// Input tokens per minute of one.
    pub input_tpm: u64,
    /// Output tokens per minute of one.
    pub output_tpm: u64,
    /// How much of that is planned to be used; above zero.
    pub utilisation: Ratio,
    /// What they are counted for.
    pub size_for: SizedFor,
    /// So many, whatever the traffic needs.
    pub count: Option<u64>,
    /// Prices of one for an hour.
    pub per_hour: UnitRates,
}
