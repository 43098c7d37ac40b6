//! From which volume on instances of one's own cost no more than Bedrock.
//!
//! At `k` times the traffic, Bedrock costs `k x B` and instances `ceil(k x D) x H`, where `B` is what the tokens cost,
//! `D` the demand in instances and `H` what one costs over the time. At the end of a step, where instances are full, one
//! of them stands against `B / D`: when that is less than `H` they are never cheaper, and otherwise the first step
//! crosses at `H / B`. Each further instance sets them back, until so many are full that another one no longer does.

use super::Demand;
use crate::units::Usd;

/// Where the two costs meet, as what Bedrock costs there over the same time: `k = cost / B`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossover {
    /// They never cost as little as Bedrock.
    Never,
    /// They cost nothing, so they always do.
    Always,
    /// They do from there on.
    From {
        /// The first volume at which they cost no more.
        first: Usd,
        /// The volume from which on they never cost more again; nothing when each further instance sets them back, or
        /// when no more of them are held.
        for_good: Option<Usd>,
    },
}

/// Where so many instances, or as many as the traffic needs, cost what Bedrock does.
#[must_use]
pub fn crossover(demand: Demand, of_one: Usd, bedrock: Usd, count: Option<u64>) -> Crossover {
    if of_one == Usd::ZERO {
        return Crossover::Always;
    }
    if demand.above == 0 || bedrock == Usd::ZERO {
        return Crossover::Never;
    }
    let femtos = |amount: Usd| amount.femtos().unsigned_abs();
    // What full instances save: B x below against H x above, both for `above` instances.
    let (Some(saved), Some(paid)) =
        (femtos(bedrock).checked_mul(demand.below), femtos(of_one).checked_mul(demand.above))
    else {
        return Crossover::Never;
    };
    if paid > saved {
        return Crossover::Never;
    }
    match count {
        Some(count) => Crossover::From { first: of_one.times(count), for_good: None },
        None => {
            let steps = paid.div_ceil((saved - paid).max(1));
            let steps = u64::try_from(steps).ok().filter(|_| saved > paid);
            Crossover::From { first: of_one, for_good: steps.map(|steps| of_one.times(steps.max(1))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: Usd = Usd::from_femtos(100);

    fn at(bedrock: i128, above: u128, below: u128) -> Crossover {
        crossover(Demand { above, below }, H, Usd::from_femtos(bedrock), None)
    }

    #[test]
    fn a_full_instance_has_to_be_cheaper_than_its_tokens() {
        assert_eq!(at(99, 1, 1), Crossover::Never);
        assert_eq!(
            at(100, 1, 1),
            Crossover::From { first: H, for_good: None },
            "it is as dear at the end of each step"
        );
        assert_eq!(at(0, 1, 1), Crossover::Never);
        assert_eq!(crossover(Demand { above: 1, below: 1 }, Usd::ZERO, H, None), Crossover::Always);
    }

    #[test]
    fn the_volumes_are_those_that_going_through_all_of_them_finds() {
        for (bedrock, above, below) in [(150, 1, 1), (101, 1, 1), (700, 3, 2), (350, 2, 1), (90, 1, 4), (1_000, 1, 3)] {
            let Crossover::From { first, for_good } = at(bedrock, above, below) else { panic!("{bedrock}") };
            // In tenths of a femtodollar: what Bedrock costs, and what instances do.
            let cheaper = |cost: u128| {
                let instances = (cost * above).div_ceil(below * bedrock as u128 * 10);
                instances * 100 * 10 <= cost
            };
            let found = (1..=10_000).find(|cost| cheaper(*cost)).unwrap();
            assert_eq!(found, first.femtos() as u128 * 10, "{bedrock} {above}/{below}");
            let last = (1..=200_000).rev().find(|cost| !cheaper(*cost)).unwrap();
            assert_eq!(last + 1, for_good.unwrap().femtos() as u128 * 10, "{bedrock} {above}/{below}");
        }
    }

    #[test]
    fn a_fixed_number_pays_as_long_as_it_can_serve() {
        let fixed = |count| crossover(Demand { above: 1, below: 2 }, H, Usd::from_femtos(80), Some(count));
        assert_eq!(fixed(2), Crossover::From { first: Usd::from_femtos(200), for_good: None });
    }
}
