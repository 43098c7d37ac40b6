//! What each purchase costs when things turn out otherwise, against the best that could have been bought.

use super::purchase::{MONTH_HOURS, committed, over, times};
use crate::bedrock::term::Term;
use crate::ledger::per_month;
use crate::units::{Micros, Usd};

/// How things can turn out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Future {
    /// A month with so many tenths of the simulated traffic.
    Traffic(u64),
    /// After a week of the simulated traffic there is none. What is committed is paid to its end.
    Dropped,
}

/// One purchase: its price, and what it leaves to on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// How long is committed to.
    pub term: Term,
    /// For everything that is bought, by the hour.
    pub per_hour: Usd,
    /// What spills over the simulated span, for each of [`Future::TRAFFIC`].
    pub spills: [Usd; 3],
}

/// What a choice costs in each future, and how much more that is than the best choice there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regret {
    /// In the order of [`Future::ALL`].
    pub costs: [Usd; 4],
    /// In the order of [`Future::ALL`]: zero for the best.
    pub regrets: [Usd; 4],
}

impl Future {
    /// Tenths of the simulated traffic that are looked at.
    pub const TRAFFIC: [u64; 3] = [7, 10, 13];
    /// Every future, in the order of columns.
    pub const ALL: [Self; 4] = [Self::Traffic(7), Self::Traffic(10), Self::Traffic(13), Self::Dropped];
    /// How long the feature is used before it is dropped.
    pub const USED: Micros = Micros(7 * Micros::DAY.0);
}

/// The costs of every choice in every future. Demand is simulated over `span`; a month has 730 hours.
#[must_use]
pub fn regrets(choices: &[Choice], span: Micros) -> Vec<Regret> {
    let costs: Vec<[Usd; 4]> = choices.iter().map(|choice| choice.costs(span)).collect();
    let best = |column: usize| costs.iter().map(|row| row[column]).min().unwrap_or_default();
    let best = [best(0), best(1), best(2), best(3)];
    let regret = |costs: [Usd; 4]| [0, 1, 2, 3].map(|column| costs[column] - best[column]);
    costs.into_iter().map(|costs| Regret { costs, regrets: regret(costs) }).collect()
}

impl Choice {
    fn costs(&self, span: Micros) -> [Usd; 4] {
        let month = |spill: Usd| times(self.per_hour, MONTH_HOURS) + per_month(spill, span);
        let [less, as_simulated, more] = self.spills;
        [month(less), month(as_simulated), month(more), self.dropped(span)]
    }

    /// Capacity by the hour goes when the feature goes; committed capacity stays.
    fn dropped(&self, span: Micros) -> Usd {
        let capacity = match self.term {
            Term::None => over(self.per_hour, Future::USED),
            term => committed(self.per_hour, term),
        };
        let spill = self.spills[1];
        capacity + if span.0 == 0 { Usd::ZERO } else { spill.scaled(Future::USED.0, span.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(dollars: u64) -> Usd {
        times(Usd::parse("1 USD").unwrap(), dollars)
    }

    #[test]
    fn a_commitment_is_paid_to_its_end_and_the_best_of_a_column_is_not_regretted() {
        let span = Micros(73 * Micros::HOUR.0);
        let choice =
            |term, per_hour, spills: [u64; 3]| Choice { term, per_hour: usd(per_hour), spills: spills.map(usd) };
        let choices = [
            choice(Term::None, 0, [511, 730, 949]),
            choice(Term::None, 8, [0, 73, 146]),
            choice(Term::OneMonth, 5, [0, 73, 146]),
            choice(Term::SixMonths, 4, [0, 73, 146]),
        ];
        let found = regrets(&choices, span);
        let costs = found.iter().map(|row| row.costs).collect::<Vec<_>>();
        // A week is 168 of the 73 hours that are simulated: 730 and 73 dollars become 1,680 and 168.
        assert_eq!(costs[0], [5_110, 7_300, 9_490, 1_680].map(usd));
        assert_eq!(costs[1], [5_840, 6_570, 7_300, 168 * 8 + 168].map(usd));
        assert_eq!(costs[2], [3_650, 4_380, 5_110, 3_650 + 168].map(usd));
        assert_eq!(costs[3], [2_920, 3_650, 4_380, 17_520 + 168].map(usd));
        assert_eq!(found[3].regrets, [0, 0, 0, 17_520 - 168 * 8].map(usd));
        assert_eq!(found[1].regrets[3], Usd::ZERO);
    }
}
