//! Prices of capacity that is bought by the hour, used or not.

use super::{Provenance, Regions};
use crate::bedrock::profile::Via;
use crate::bedrock::term::Term;
use crate::document::quantity;
use crate::units::Usd;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The terms of provisioned throughput (Amazon Bedrock User Guide, "Provisioned Throughput", 2026).
pub const PROVISIONED_TERMS: [Term; 3] = [Term::None, Term::OneMonth, Term::SixMonths];

/// The terms of the reserved tier (Amazon Bedrock User Guide, "Service tiers", 2026-02-15).
pub const RESERVED_TERMS: [Term; 2] = [Term::OneMonth, Term::ThreeMonths];

/// US dollars per hour, exact, as a price list writes them: `21.18`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsdPerHour(pub Usd);

impl UsdPerHour {
    /// Reads a price per hour, above zero.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let price = Usd::parse(&format!("{text} USD"))
            .map_err(|_| format!("`{text}` is not a price per hour; write US dollars as `21.18`"))?;
        if price.scaled(1, NANODOLLARS).times(NANODOLLARS) != price {
            return Err(format!("the price `{text}` has more than nine decimals"));
        }
        if price == Usd::ZERO {
            return Err("a price of zero; leave it out when it is not sold".to_owned());
        }
        Ok(Self(price))
    }
}

/// Femtodollars of the finest price per hour, 1e-9 USD: a millionth of an hour costs whole femtodollars.
pub(crate) const NANODOLLARS: u64 = 1_000_000;

quantity!(UsdPerHour, UsdPerHour::parse, "UsdPerHour", "a price per hour such as `21.18`", {
    "description": "US dollars per hour, above zero, at most nine decimals.",
    "type": "number", "exclusiveMinimum": 0
});

/// What a model unit of provisioned throughput costs from a day on.
#[derive(Debug, Clone)]
pub struct ProvisionedRow {
    /// The Regions in which it is sold.
    pub regions: Regions,
    /// The first day of effect.
    pub from: Date,
    /// US dollars per unit and hour; a term that is absent is not sold.
    pub per_hour: BTreeMap<Term, Usd>,
    /// Tokens per minute of a unit, where an agreement or a measurement says so: AWS publishes none.
    pub unit: Option<UnitThroughput>,
    /// Where the prices come from.
    pub provenance: Provenance,
}

impl ProvisionedRow {
    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        (&self.regions, self.from) == (&other.regions, other.from)
    }
}

/// What one model unit takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitThroughput {
    /// Input tokens per minute.
    pub input_tpm: u64,
    /// Output tokens per minute.
    pub output_tpm: u64,
}

/// The price of a model unit under one term.
#[derive(Debug, Clone, Copy)]
pub struct UnitPrice<'a> {
    /// US dollars per unit and hour, on the list.
    pub per_hour: Usd,
    /// What one unit takes, where the book knows.
    pub unit: Option<UnitThroughput>,
    /// Where the price comes from.
    pub provenance: &'a Provenance,
}

/// What the reserved tier costs from a day on, under one term.
#[derive(Debug, Clone)]
pub struct ReservedRow {
    /// The way to the model.
    pub via: Via,
    /// The source Regions.
    pub regions: Regions,
    /// The first day of effect.
    pub from: Date,
    /// One month or three.
    pub term: Term,
    /// US dollars per hour for 1,000 input tokens per minute.
    pub input: Usd,
    /// US dollars per hour for 1,000 output tokens per minute.
    pub output: Usd,
    /// Where the prices come from.
    pub provenance: Provenance,
}

impl ReservedRow {
    /// The same place in the book: a row of an overlay takes it over.
    pub(super) fn replaces(&self, other: &Self) -> bool {
        (self.via, &self.regions, self.from, self.term) == (other.via, &other.regions, other.from, other.term)
    }
}

/// The price of the reserved tier: per hour, for each 1,000 tokens per minute that are bought.
#[derive(Debug, Clone, Copy)]
pub struct ReservedPrice<'a> {
    /// US dollars per hour for 1,000 input tokens per minute, on the list.
    pub input: Usd,
    /// US dollars per hour for 1,000 output tokens per minute, on the list.
    pub output: Usd,
    /// Where the prices come from.
    pub provenance: &'a Provenance,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_per_hour_is_exact_and_above_zero() {
        assert_eq!(UsdPerHour::parse("21.18").unwrap().0, Usd::parse("21.18 USD").unwrap());
        for bad in ["0", "0.00", "0.0000000001", "-1", "NaN", "1e3", "", "21.18 USD"] {
            assert!(UsdPerHour::parse(bad).is_err(), "{bad:?} was read");
        }
    }
}
