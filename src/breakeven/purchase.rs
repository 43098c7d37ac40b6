//! What a number of units costs, now and until the commitment ends.

use super::{Curve, UnitPrice};
use crate::bedrock::term::Term;
use crate::codes::Code;
use crate::ledger::per_month;
use crate::plan::{Finding, Severity};
use crate::units::{Micros, Usd};

/// A number of units beside what spills to on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    /// How many.
    pub units: u64,
    /// What they cost over the simulated span, to the microsecond; AWS bills hours.
    pub capacity: Usd,
    /// What spills costs on demand.
    pub spill: Usd,
    /// Both, in a month of 730 hours.
    pub month: Usd,
    /// Minutes whose demand exceeds them.
    pub minutes_above: u64,
    /// What has to be paid for the units until the commitment ends, used or not; zero without commitment.
    pub committed: Usd,
}

/// Hours of a month, as bills are scaled: 730.
pub(super) const MONTH_HOURS: u64 = Micros::MONTH.0 / Micros::HOUR.0;

/// A shorter history says little of the peaks that a commitment has to live with. The rule of thumb of the
/// 95th percentile and a fifth is stated for thirty days or more.
pub const HISTORY: Micros = Micros(30 * Micros::DAY.0);

impl Purchase {
    /// So many units at a price beside what is then left to on demand.
    #[must_use]
    pub fn of(units: u64, price: &UnitPrice, curve: &Curve, span: Micros) -> Self {
        let (per_hour, spill) = (times(price.per_hour, units), curve.spill(units));
        Self {
            units,
            capacity: over(per_hour, span),
            spill,
            month: times(per_hour, MONTH_HOURS) + per_month(spill, span),
            minutes_above: curve.minutes_above(units),
            committed: committed(per_hour, price.term),
        }
    }

    /// Units and spill over the simulated span.
    #[must_use]
    pub fn cost(&self) -> Usd {
        self.capacity + self.spill
    }
}

/// A price per hour until the commitment ends, in months of 730 hours.
#[must_use]
pub fn committed(per_hour: Usd, term: Term) -> Usd {
    times(per_hour, term.months() * MONTH_HOURS)
}

/// An amount so many times.
pub(super) fn times(amount: Usd, count: u64) -> Usd {
    Usd::from_femtos(amount.femtos() * i128::from(count))
}

/// A price per hour over a length of time.
pub(super) fn over(per_hour: Usd, length: Micros) -> Usd {
    per_hour.scaled(length.0, Micros::HOUR.0)
}

/// A warning where less than thirty days are simulated or recorded.
#[must_use]
pub fn history_too_short(span: Micros) -> Option<Finding> {
    let seen = span.0 as f64 / Micros::DAY.0 as f64;
    (span < HISTORY).then(|| Finding {
        code: Code::PtHistoryTooShort,
        severity: Severity::Warning,
        message: format!(
            "{seen:.1} days of traffic decide over a commitment of months: peaks that come once a month are not among \
             them"
        ),
        place: "horizon".to_owned(),
        advice: Some("simulate or record at least 30 days before you commit".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::breakeven::Load;

    fn price(term: Term, per_hour: &str) -> UnitPrice {
        UnitPrice { term, per_hour: Usd::parse(per_hour).unwrap(), source: String::new() }
    }

    /// Llama 3.1 70B by the month of 730 hours, and a unit of $60 an hour.
    #[test]
    fn a_month_of_a_unit_is_730_hours_of_it() {
        let curve = Curve::new(Vec::new()).unwrap();
        let month = |term, per_hour| Purchase::of(1, &price(term, per_hour), &curve, Micros::DAY);
        let paid = [(Term::None, "24.00 USD"), (Term::OneMonth, "21.18 USD"), (Term::SixMonths, "13.08 USD")];
        let paid = paid.map(|(term, per_hour)| month(term, per_hour)).map(|one| (one.month, one.committed));
        let usd = |text: &str| Usd::parse(&format!("{text} USD")).unwrap();
        assert_eq!(paid.map(|(month, _)| month), ["17520", "15461.40", "9548.40"].map(usd));
        assert_eq!(paid.map(|(_, committed)| committed), ["0", "15461.40", "57290.40"].map(usd));
        assert_eq!(month(Term::OneMonth, "60 USD").month, usd("43800"));
        assert_eq!(over(usd("60"), Micros(720 * Micros::HOUR.0)), usd("43200"));
    }

    #[test]
    fn what_spills_is_scaled_to_the_month_and_units_are_not() {
        let load = Load { tokens: 300, per_unit: 100, cost: Usd::parse("3 USD").unwrap() };
        let curve = Curve::new(vec![load]).unwrap();
        let span = Micros(73 * Micros::HOUR.0);
        let bought = Purchase::of(1, &price(Term::None, "1 USD"), &curve, span);
        let usd = |text: &str| Usd::parse(text).unwrap();
        assert_eq!((bought.capacity, bought.spill, bought.cost()), (usd("73 USD"), usd("2 USD"), usd("75 USD")));
        assert_eq!((bought.month, bought.minutes_above), (usd("750 USD"), 1));
    }

    #[test]
    fn thirty_days_are_history_enough() {
        assert_eq!(history_too_short(HISTORY), None);
        let short = history_too_short(Micros(HISTORY.0 - 1)).unwrap();
        assert_eq!((short.code, short.severity), (Code::PtHistoryTooShort, Severity::Warning));
    }
}
