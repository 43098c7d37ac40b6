//! Cost by calendar month, and the day on which a budget runs out. Months are UTC's, as bills are.

use super::{Quantiles, quantiles};
use crate::ledger::Outcome;
use crate::units::Usd;
use jiff::civil::Date;
use std::cmp::Reverse;

/// The cost of one calendar month over the replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCost {
    /// The first day of the month.
    pub month: Date,
    /// Days of it that are simulated, begun days included.
    pub days_covered: u32,
    /// What they cost.
    pub cost: Quantiles<Usd>,
}

/// Every calendar month between two days, both included.
#[must_use]
pub fn months(outcomes: &[Outcome], first: Date, last: Date) -> Vec<MonthCost> {
    let starts = std::iter::successors(Some(first.first_of_month()), |month| month.last_of_month().tomorrow().ok());
    let months = starts.take_while(|month| *month <= last);
    let cost = |month: Date| {
        let inside = |day: Date| day.first_of_month() == month;
        let sums = outcomes.iter().map(|o| o.days.iter().filter(|(day, _)| inside(*day)).map(|(_, cost)| *cost).sum());
        let days = (first.max(month), last.min(month.last_of_month()));
        let days_covered = (i32::from(days.1.day()) - i32::from(days.0.day()) + 1).unsigned_abs();
        quantiles(sums).map(|cost| MonthCost { month, days_covered, cost })
    };
    months.filter_map(cost).collect()
}

/// The day on which cumulative cost first exceeds `limit`, at the median and at the ninetieth
/// percentile of cost; nothing where it does not.
///
/// With `monthly`, cost counts from zero in every calendar month.
#[must_use]
pub fn exhausted_on(outcomes: &[Outcome], limit: Usd, monthly: bool) -> Quantiles<Option<Date>> {
    // Never is later than any day, and an earlier day is a higher cost: ranked as costs are.
    let days = outcomes.iter().map(|outcome| Reverse(day_of_excess(outcome, limit, monthly).unwrap_or(Date::MAX)));
    let day = |Reverse(day): Reverse<Date>| (day < Date::MAX).then_some(day);
    quantiles(days).map(|found| Quantiles { p50: day(found.p50), p90: day(found.p90) }).unwrap_or_default()
}

fn day_of_excess(outcome: &Outcome, limit: Usd, monthly: bool) -> Option<Date> {
    let (mut spent, mut month) = (Usd::ZERO, None);
    let mut days = outcome.days.iter();
    let found = days.find(|(day, cost)| {
        let new_month = month.replace(day.first_of_month()) != Some(day.first_of_month());
        if monthly && new_month {
            spent = Usd::ZERO;
        }
        spent += *cost;
        spent > limit
    });
    found.map(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn outcome(days: &[(Date, i128)]) -> Outcome {
        let days = days.iter().map(|(day, femtos)| (*day, Usd::from_femtos(*femtos))).collect();
        Outcome { days, ..Outcome::default() }
    }

    #[test]
    fn months_are_calendar_months_and_say_how_much_of_them_is_covered() {
        let one = outcome(&[(date(2026, 12, 30), 5), (date(2027, 1, 1), 7), (date(2027, 1, 2), 1)]);
        let found = months(&[one], date(2026, 12, 30), date(2027, 2, 1));
        let told: Vec<_> = found.iter().map(|m| (m.month.to_string(), m.days_covered, m.cost.p50.femtos())).collect();
        let expected = [("2026-12-01", 2, 5), ("2027-01-01", 31, 8), ("2027-02-01", 1, 0)];
        assert_eq!(told, expected.map(|(month, days, cost)| (month.to_owned(), days, cost)));
    }

    #[test]
    fn a_budget_runs_out_on_the_day_that_takes_the_sum_above_it() {
        let cheap = outcome(&[(date(2026, 1, 1), 5), (date(2026, 1, 2), 5), (date(2026, 2, 1), 5)]);
        let dear = outcome(&[(date(2026, 1, 1), 11), (date(2026, 1, 2), 5), (date(2026, 2, 1), 5)]);
        let limit = Usd::from_femtos(10);
        let both = exhausted_on(&[cheap.clone(), dear], limit, false);
        // As with the costs of two runs, the median is the cheaper of them.
        assert_eq!((both.p50, both.p90), (Some(date(2026, 2, 1)), Some(date(2026, 1, 1))));
        assert_eq!(exhausted_on(std::slice::from_ref(&cheap), limit, false).p50, Some(date(2026, 2, 1)));
        assert_eq!(exhausted_on(&[cheap], limit, true).p50, None);
    }
}
