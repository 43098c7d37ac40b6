//! The demand-duration curve, and the cheapest whole number of units over it.
//!
//! With `k` units, a minute whose demand is `d > k` units spills the share `(d - k) / d` of its cost on
//! demand. One rounding: what one unit saves in a minute is rounded up to a whole femtodollar. So cost is
//! exact without units and where they suffice, too low by less than a femtodollar a unit and minute between,
//! and convex to the last digit.

use crate::histogram::nearest_rank;
use crate::units::Usd;
use std::cmp::{Ordering, Reverse};

/// More units than anyone buys: beyond it the throughput of a unit is a typing error.
pub const MOST_UNITS: u64 = 1_000_000_000;

/// The tokens of a minute that decide how many units it takes, and what the minute costs on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Tokens.
    pub tokens: u128,
    /// Tokens per minute of one unit, above zero.
    pub per_unit: u128,
    /// The cost of the whole minute on demand.
    pub cost: Usd,
}

/// A minute takes more than [`MOST_UNITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch {
    /// The units that it takes.
    pub units: u128,
}

/// The minutes of a demand, the most demanding first.
#[derive(Debug, Clone)]
pub struct Curve {
    loads: Vec<Load>,
    /// Minutes by the number of units that still save something in them, the highest first.
    useful: Vec<u64>,
    /// Sums over the first `n` of them: cost, and what one unit saves.
    sums: Vec<(i128, i128)>,
}

impl Load {
    /// The same minute with `numerator / denominator` of its traffic.
    #[must_use]
    pub fn scaled(self, numerator: u64, denominator: u64) -> Self {
        Self {
            tokens: self.tokens * u128::from(numerator),
            per_unit: self.per_unit * u128::from(denominator),
            cost: self.cost.scaled(numerator, denominator),
        }
    }

    /// The whole units that take all of it.
    fn units(&self) -> u128 {
        self.tokens.div_ceil(self.per_unit)
    }

    /// What one unit saves when the minute needs more than one, rounded up to a femtodollar.
    fn saved_by_one(&self) -> i128 {
        let (cost, tokens, per_unit) = (self.cost.femtos(), self.tokens as i128, self.per_unit as i128);
        let rest = (cost % tokens * per_unit + tokens - 1) / tokens;
        cost / tokens * per_unit + rest
    }

    /// By demand in units.
    fn compare(&self, other: &Self) -> Ordering {
        (self.tokens * other.per_unit).cmp(&(other.tokens * self.per_unit))
    }
}

impl Curve {
    /// Sorts the minutes of a demand; those without traffic count as minutes too.
    ///
    /// # Errors
    /// When a minute takes more units than [`MOST_UNITS`].
    pub fn new(mut loads: Vec<Load>) -> Result<Self, TooMuch> {
        loads.sort_by(|a, b| b.compare(a));
        if let Some(units) = loads.first().map(Load::units).filter(|units| *units > u128::from(MOST_UNITS)) {
            return Err(TooMuch { units });
        }
        let costly = loads.iter().filter(|load| load.tokens > 0 && load.cost > Usd::ZERO);
        let mut savings: Vec<(u64, i128, i128)> = costly
            .map(|load| {
                let (cost, saved) = (load.cost.femtos(), load.saved_by_one());
                (((cost + saved - 1) / saved) as u64, cost, saved)
            })
            .collect();
        savings.sort_by_key(|(units, _, _)| Reverse(*units));
        let mut sums = vec![(0, 0)];
        for (_, cost, saved) in &savings {
            let (costs, saves) = sums[sums.len() - 1];
            sums.push((costs + cost, saves + saved));
        }
        Ok(Self { loads, useful: savings.iter().map(|(units, _, _)| *units).collect(), sums })
    }

    /// What is bought on demand beside so many units.
    #[must_use]
    pub fn spill(&self, units: u64) -> Usd {
        let above = self.useful.partition_point(|useful| *useful > units);
        let (costs, saves) = self.sums[above];
        Usd::from_femtos(costs - saves * i128::from(units))
    }

    /// The smallest number of units at which units and spill cost least, at a price for the whole span: the
    /// first whose next unit saves no more than it costs.
    #[must_use]
    pub fn cheapest(&self, price: Usd) -> u64 {
        let (mut low, mut high) = (0, self.useful.first().copied().unwrap_or(0));
        while low < high {
            let middle = low + (high - low) / 2;
            let saved = self.spill(middle) - self.spill(middle + 1);
            if saved > price { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Minutes whose demand exceeds so many units.
    #[must_use]
    pub fn minutes_above(&self, units: u64) -> u64 {
        self.loads.partition_point(|load| load.tokens > load.per_unit * u128::from(units)) as u64
    }

    /// Minutes with any demand.
    #[must_use]
    pub fn minutes_with_demand(&self) -> u64 {
        self.minutes_above(0)
    }

    /// The units that the most demanding minute takes.
    #[must_use]
    pub fn peak(&self) -> u64 {
        self.loads.first().map_or(0, |load| load.units() as u64)
    }

    /// The demand that `per_thousand` of all minutes stay at or below, by nearest rank, times
    /// `numerator / denominator`, in whole units, rounded up.
    #[must_use]
    pub fn percentile(&self, per_thousand: u64, numerator: u64, denominator: u64) -> u64 {
        let minutes = self.loads.len() as u64;
        let rank = nearest_rank(minutes, per_thousand).max(1);
        let Some(load) = minutes.checked_sub(rank).and_then(|at| self.loads.get(at as usize)) else { return 0 };
        (load.tokens * u128::from(numerator)).div_ceil(load.per_unit * u128::from(denominator)) as u64
    }

    /// The rule of thumb: the 95th percentile of demand, and a fifth more.
    #[must_use]
    pub fn rule_of_thumb(&self) -> u64 {
        self.percentile(950, 12, 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loads() -> impl Strategy<Value = Vec<Load>> {
        let cost = prop_oneof![0..50_i128, 0..10_000_000_000_000_000_i128];
        let load = (0..5_000_u128, prop::sample::select(vec![1_u128, 7, 100, 999]), cost);
        let load = load.prop_map(|(tokens, per_unit, cost)| Load { tokens, per_unit, cost: Usd::from_femtos(cost) });
        prop::collection::vec(load, 0..40)
    }

    /// By definition, in exact fractions: the share of each minute's cost that is above `units`.
    fn spill_by_definition(loads: &[Load], units: u64) -> f64 {
        let above = |load: &&Load| load.tokens > load.per_unit * u128::from(units);
        let spilled = |load: &Load| {
            let over = load.tokens - load.per_unit * u128::from(units);
            load.cost.femtos() as f64 * over as f64 / load.tokens as f64
        };
        loads.iter().filter(above).map(spilled).sum()
    }

    proptest! {
        #[test]
        fn the_optimum_is_that_of_trying_every_number_of_units(loads in loads(), price in 0..3_000_000_000_000_000_i128) {
            let curve = Curve::new(loads).unwrap();
            let cost = |units: u64| price * i128::from(units) + curve.spill(units).femtos();
            let best = (0..=curve.peak() + 2).min_by_key(|units| cost(*units)).unwrap();
            prop_assert_eq!(curve.cheapest(Usd::from_femtos(price)), best);
        }

        #[test]
        fn each_further_unit_saves_no_more_than_the_one_before(loads in loads()) {
            let curve = Curve::new(loads).unwrap();
            let spill = |units| curve.spill(units).femtos();
            for units in 1..=curve.peak().min(6_000) {
                prop_assert!(spill(units - 1) - spill(units) >= spill(units) - spill(units + 1), "{units}");
            }
        }

        #[test]
        fn spill_is_the_share_of_cost_above_capacity(loads in loads(), units in 0..60_u64) {
            let curve = Curve::new(loads.clone()).unwrap();
            let costly = || loads.iter().filter(|load| load.tokens > 0);
            prop_assert_eq!(curve.spill(0), costly().map(|load| load.cost).sum::<Usd>());
            prop_assert_eq!(curve.spill(curve.peak()), Usd::ZERO);
            let (found, expected) = (curve.spill(units).femtos() as f64, spill_by_definition(&loads, units));
            let rounding = loads.len() as f64 * (units as f64 + 1.0) + expected * 1e-9;
            prop_assert!(found <= expected + expected * 1e-9 + 1.0 && found >= expected - rounding, "{found} {expected}");
            let above = loads.iter().filter(|load| load.tokens > load.per_unit * u128::from(units)).count() as u64;
            prop_assert_eq!(curve.minutes_above(units), above);
        }
    }

    fn load(tokens: u128) -> Load {
        Load { tokens, per_unit: 100, cost: Usd::from_femtos(tokens as i128 * 1_000) }
    }

    #[test]
    fn a_percentile_is_a_nearest_rank_and_the_rule_of_thumb_a_fifth_above_the_95th() {
        let curve = Curve::new((1..=100).map(|n| load(n * 10)).collect()).unwrap();
        // The 95th of a hundred minutes asks for 950 tokens: 9.5 units, 11.4 with the fifth.
        assert_eq!((curve.percentile(950, 1, 1), curve.rule_of_thumb(), curve.peak()), (10, 12, 10));
        assert_eq!(Curve::new(vec![load(0); 3]).unwrap().rule_of_thumb(), 0);
        assert_eq!(Curve::new(Vec::new()).unwrap().rule_of_thumb(), 0);
    }

    #[test]
    fn a_unit_that_saves_exactly_its_price_is_not_bought() {
        let curve = Curve::new(vec![load(150); 4]).unwrap();
        let saved = Usd::from_femtos(4 * 100 * 1_000);
        assert_eq!((curve.cheapest(saved), curve.cheapest(saved - Usd::from_femtos(1))), (0, 1));
    }

    #[test]
    fn a_throughput_that_is_a_slip_of_the_pen_is_refused() {
        let huge = Load { tokens: 1 << 60, per_unit: 1, cost: Usd::from_femtos(1) };
        assert_eq!(Curve::new(vec![huge]).map(drop), Err(TooMuch { units: 1 << 60 }));
    }
}
