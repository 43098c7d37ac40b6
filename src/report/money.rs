//! Money as a report writes it: exact for machines, rounded once for the eye.
//!
//! The only place in the report that knows how many femtodollars make a dollar.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::{borrow::Cow, fmt, iter::Sum, ops::Sub};

const DECIMALS: usize = 15;
const FEMTO_PER_USD: u128 = 10_u128.pow(DECIMALS as u32);
const FEMTO_PER_CENT: u128 = FEMTO_PER_USD / 100;

/// An amount of US dollars, held as whole femtodollars (1e-15 USD).
///
/// Displays and serialises as an exact decimal: `1.50`, `0.0000737`, `-12.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(i128);

impl From<i128> for Money {
    /// Takes femtodollars.
    fn from(femtodollars: i128) -> Self {
        Self(femtodollars)
    }
}

impl Money {
    /// For the eye: cents and thousands separators, `$1,234.50`; below one cent as many digits as
    /// show three significant ones, so that no amount but zero reads as zero.
    #[must_use]
    pub fn rounded(self) -> String {
        format!("{}${}", self.minus(), self.rounded_magnitude(FEMTO_PER_CENT))
    }

    /// As [`Money::rounded`], but three significant digits below a dollar already: for the cost of one thing.
    #[must_use]
    pub fn of_one(self) -> String {
        format!("{}${}", self.minus(), self.rounded_magnitude(FEMTO_PER_USD))
    }

    /// As [`Money::rounded`], but whole dollars from a thousand up: for tables to compare at a glance.
    #[must_use]
    pub fn brief(self) -> String {
        if self.0.unsigned_abs() < 1_000 * FEMTO_PER_USD {
            return self.rounded();
        }
        format!("{}${}", self.minus(), super::format::grouped(round_to(self.0.unsigned_abs(), 0) / FEMTO_PER_USD))
    }

    /// As [`Money::rounded`], with a plus before an increase: `+$1.20`, `-$0.30`, `$0.00`.
    #[must_use]
    pub fn rounded_change(self) -> String {
        let plus = if self.0 > 0 { "+" } else { "" };
        format!("{plus}{}", self.rounded())
    }

    /// As [`Money::of_one`], with a plus before an increase.
    #[must_use]
    pub fn of_one_change(self) -> String {
        let plus = if self.0 > 0 { "+" } else { "" };
        format!("{plus}{}", self.of_one())
    }

    /// As [`Money::brief`], with a plus before an increase.
    #[must_use]
    pub fn brief_change(self) -> String {
        let plus = if self.0 > 0 { "+" } else { "" };
        format!("{plus}{}", self.brief())
    }

    /// With exactly `decimals` digits after the point and thousands separators, so that a column
    /// of amounts lines up; exact when no amount of the column needs more than that.
    #[must_use]
    pub fn aligned(self, decimals: usize) -> String {
        let decimals = decimals.min(DECIMALS);
        let digits = fixed(round_to(self.0.unsigned_abs(), decimals), decimals);
        format!("{}${digits}", self.minus())
    }

    /// It is nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// How many digits after the point the exact amount needs, two at least.
    #[must_use]
    pub fn decimals(self) -> usize {
        let fraction = format!("{:015}", self.0.unsigned_abs() % FEMTO_PER_USD);
        fraction.trim_end_matches('0').len().max(2)
    }

    /// This amount `count` times, as when a rate per token is shown per million.
    #[must_use]
    pub fn times(self, count: i128) -> Self {
        Self(self.0 * count)
    }

    /// This amount shared by `count`, as the cost of one request; nothing is shared by nobody.
    #[must_use]
    pub fn shared_by(self, count: u64) -> Option<Self> {
        self.0.checked_div(i128::from(count)).map(Self)
    }

    /// How often another amount is in this one, in units of the fifteenth decimal, rounded half up; nothing of nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Option<u128> {
        let (amount, each) = (self.0.unsigned_abs(), other.0.unsigned_abs());
        let (whole, rest) = (amount.checked_div(each)?, amount % each);
        Some(whole * FEMTO_PER_USD + (rest * FEMTO_PER_USD + each / 2) / each)
    }

    fn minus(self) -> &'static str {
        if self.0 < 0 { "-" } else { "" }
    }

    /// Cents from an amount of femtodollars up, three significant digits below.
    fn rounded_magnitude(self, cents_from: u128) -> String {
        let femto = self.0.unsigned_abs();
        if femto == 0 || femto >= cents_from {
            return fixed(round_to(femto, 2), 2);
        }
        let leading_zeros = DECIMALS - femto.to_string().len();
        let decimals = (leading_zeros + 3).min(DECIMALS);
        let rounded = round_to(femto, decimals);
        fixed(rounded, Self(rounded as i128).decimals())
    }
}

/// Rounds femtodollars half away from zero, to a number of digits after the point.
fn round_to(femto: u128, decimals: usize) -> u128 {
    let step = 10_u128.pow((DECIMALS - decimals) as u32);
    (femto + step / 2) / step * step
}

fn fixed(femto: u128, decimals: usize) -> String {
    let fraction = format!("{:015}", femto % FEMTO_PER_USD);
    let dollars = super::format::grouped(femto / FEMTO_PER_USD);
    format!("{dollars}.{}", &fraction[..decimals])
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let femto = self.0.unsigned_abs();
        let fraction = format!("{:015}", femto % FEMTO_PER_USD);
        let (sign, dollars) = (self.minus(), femto / FEMTO_PER_USD);
        write!(f, "{sign}{dollars}.{}", &fraction[..self.decimals()])
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "US dollars as an exact decimal string with at least two decimals.",
            "type": "string",
            "pattern": "^-?[0-9]+\\.[0-9]{2,15}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USD: i128 = 1_000_000_000_000_000;

    #[test]
    fn the_exact_form_keeps_every_digit_and_at_least_cents() {
        let exact = |femto: i128| Money(femto).to_string();
        assert_eq!(exact(0), "0.00");
        assert_eq!(exact(12 * USD), "12.00");
        assert_eq!(exact(-USD / 2), "-0.50");
        assert_eq!(exact(73_700_000_000), "0.0000737");
        assert_eq!(exact(1), "0.000000000000001");
        assert_eq!(exact(1_234_567 * USD + 1), "1234567.000000000000001");
    }

    #[test]
    fn the_rounded_form_never_shows_an_amount_as_nothing() {
        let rounded = |femto: i128| Money(femto).rounded();
        assert_eq!(rounded(0), "$0.00");
        assert_eq!(rounded(1_234_567 * USD + USD / 200), "$1,234,567.01");
        assert_eq!(rounded(-USD * 3 / 2), "-$1.50");
        assert_eq!(rounded(73_700_000_000), "$0.0000737");
        assert_eq!(rounded(67_000_000_000), "$0.000067");
        assert_eq!(rounded(9_999_900_000_000), "$0.01");
        assert_eq!(rounded(1), "$0.000000000000001");
    }

    #[test]
    fn the_brief_form_has_cents_below_a_thousand_dollars() {
        let brief = |femto: i128| Money(femto).brief();
        assert_eq!(brief(999 * USD + USD / 4), "$999.25");
        assert_eq!(brief(-12_345 * USD - USD / 2), "-$12,346");
        assert_eq!(brief(73_700_000_000), "$0.0000737");
    }

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!(Money(USD).rounded_change(), "+$1.00");
        assert_eq!(Money(-USD).rounded_change(), "-$1.00");
        assert_eq!(Money(0).rounded_change(), "$0.00");
    }

    #[test]
    fn aligned_amounts_share_their_decimals() {
        assert_eq!(Money(1_234 * USD).aligned(4), "$1,234.0000");
        assert_eq!(Money(73_700_000_000).aligned(7), "$0.0000737");
    }
}
