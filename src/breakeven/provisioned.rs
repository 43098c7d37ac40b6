//! Units of provisioned throughput over one demand, under every term that has a price.

use super::purchase::{over, times};
use super::{Choice, Curve, Demand, Future, Load, Minute, Pays, Purchase, Regret, Throughput, TooMuch, UnitPrice};
use super::{pays, regrets};
use crate::bedrock::term::Term;
use crate::units::Usd;

/// Everything that can be said of buying units for a demand.
#[derive(Debug, Clone)]
pub struct Provisioned {
    /// Each term: the cheapest first is up to the reader.
    pub terms: Vec<TermStudy>,
    /// What takes a throughput per unit, which AWS does not publish.
    pub units: Option<Units>,
}

/// One term.
#[derive(Debug, Clone)]
pub struct TermStudy {
    /// Its price.
    pub price: UnitPrice,
    /// The traffic at which a unit pays; nothing without traffic.
    pub pays: Option<Pays>,
    /// The purchase that costs least over the simulated span, and that of the rule of thumb; nothing without
    /// a throughput per unit.
    pub purchases: Option<[Purchase; 2]>,
}

/// Demand in units.
#[derive(Debug, Clone)]
pub struct Units {
    /// What one unit handles.
    pub throughput: Throughput,
    /// The demand-duration curve.
    pub curve: Curve,
    /// Nothing bought.
    pub on_demand: Purchase,
    /// Purchases to compare: nothing, then of each term the cheapest and the rule of thumb, each once.
    pub regrets: Vec<(Term, u64, Regret)>,
}

/// Studies the units of a demand.
///
/// # Errors
/// When the throughput of a unit is so small that a minute takes more than [`super::MOST_UNITS`].
pub fn provisioned(
    demand: &Demand,
    throughput: Option<Throughput>,
    prices: &[UnitPrice],
) -> Result<Provisioned, TooMuch> {
    let curve = throughput.map(|unit| Curve::new(loads(demand, unit))).transpose()?;
    let mix = demand.mix();
    let study = |price: &UnitPrice| TermStudy {
        pays: pays(price.per_hour, mix, throughput),
        purchases: curve.as_ref().map(|curve| {
            let span_price = over(price.per_hour, demand.span);
            [curve.cheapest(span_price), curve.rule_of_thumb()]
                .map(|units| Purchase::of(units, price, curve, demand.span))
        }),
        price: price.clone(),
    };
    let terms: Vec<TermStudy> = prices.iter().map(study).collect();
    let units = match throughput.zip(curve) {
        Some((throughput, curve)) => Some(Units {
            regrets: compare(demand, throughput, &terms)?,
            on_demand: Purchase::of(0, &nothing(), &curve, demand.span),
            throughput,
            curve,
        }),
        None => None,
    };
    Ok(Provisioned { terms, units })
}

/// Minutes as units see them: the kind of tokens that takes more of them decides.
fn loads(demand: &Demand, unit: Throughput) -> Vec<Load> {
    let load = |minute: &Minute| {
        let (input, output) = (u128::from(minute.input), u128::from(minute.output));
        let (input_tpm, output_tpm) = (u128::from(unit.input_tpm), u128::from(unit.output_tpm));
        let by_input = input * output_tpm >= output * input_tpm;
        let (tokens, per_unit) = if by_input { (input, input_tpm) } else { (output, output_tpm) };
        Load { tokens, per_unit, cost: minute.cost() }
    };
    demand.minutes.iter().map(load).collect()
}

/// The price of no units.
fn nothing() -> UnitPrice {
    UnitPrice { term: Term::None, per_hour: Usd::ZERO, source: String::new() }
}

fn compare(demand: &Demand, throughput: Throughput, terms: &[TermStudy]) -> Result<Vec<(Term, u64, Regret)>, TooMuch> {
    let loads = loads(demand, throughput);
    let mut curves = Vec::new();
    for tenths in Future::TRAFFIC {
        curves.push(Curve::new(loads.iter().map(|load| load.scaled(tenths, 10)).collect())?);
    }
    let mut bought = vec![(Term::None, Usd::ZERO, 0)];
    for TermStudy { price, purchases, .. } in terms {
        for units in purchases.iter().flatten().map(|purchase| purchase.units).filter(|units| *units > 0) {
            if !bought.contains(&(price.term, price.per_hour, units)) {
                bought.push((price.term, price.per_hour, units));
            }
        }
    }
    let choice = |&(term, per_hour, units): &(Term, Usd, u64)| Choice {
        term,
        per_hour: times(per_hour, units),
        spills: [0, 1, 2].map(|future| curves[future].spill(units)),
    };
    let choices: Vec<Choice> = bought.iter().map(choice).collect();
    let named = bought.iter().zip(regrets(&choices, demand.span));
    Ok(named.map(|(&(term, _, units), regret)| (term, units, regret)).collect())
}

impl Provisioned {
    /// The purchase with the lowest cost over the simulated span, with its term; nothing where no unit pays.
    #[must_use]
    pub fn cheapest(&self) -> Option<(&UnitPrice, Purchase)> {
        let bought = self.terms.iter().filter_map(|study| Some((&study.price, study.purchases?[0])));
        bought.filter(|(_, purchase)| purchase.units > 0).min_by_key(|(_, purchase)| purchase.cost())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Micros;

    fn usd(text: &str) -> Usd {
        Usd::parse(&format!("{text} USD")).unwrap()
    }

    fn minute(input: u64, output: u64) -> Minute {
        let cost = |tokens: u64| Usd::from_femtos(720_000_000 * i128::from(tokens));
        Minute { input, output, input_cost: cost(input), output_cost: cost(output) }
    }

    /// An hour at one million tokens a minute, then three with nothing but a minute's peak.
    fn demand() -> Demand {
        let mut minutes = vec![minute(900_000, 100_000); 60];
        minutes.extend(vec![minute(0, 0); 179]);
        minutes.push(minute(100, 400_000));
        Demand { minutes, span: Micros(4 * Micros::HOUR.0) }
    }

    fn prices() -> Vec<UnitPrice> {
        let price = |(term, per_hour)| UnitPrice { term, per_hour: usd(per_hour), source: String::new() };
        [(Term::None, "24.00"), (Term::OneMonth, "2.40")].map(price).into()
    }

    const UNIT: Throughput = Throughput { input_tpm: 300_000, output_tpm: 50_000 };

    #[test]
    fn the_kind_of_tokens_that_takes_more_units_decides() {
        let found = provisioned(&demand(), Some(UNIT), &prices()).unwrap();
        let units = found.units.as_ref().unwrap();
        // 900,000 input take three units where 100,000 output take two; 400,000 output take eight.
        assert_eq!((units.curve.peak(), units.curve.minutes_above(3), units.curve.minutes_above(2)), (8, 1, 61));
        assert_eq!(units.on_demand.cost(), demand().mix().cost);
        // Two thirds of $43.20 are $28.80, a third $14.40, and $0.04 of the peak: a unit costs $96 or $9.60.
        let bought: Vec<u64> = found.terms.iter().map(|term| term.purchases.unwrap()[0].units).collect();
        assert_eq!(bought, [0, 3]);
        assert_eq!(found.cheapest().map(|(price, bought)| (price.term, bought.units)), Some((Term::OneMonth, 3)));
    }

    #[test]
    fn what_does_not_need_a_throughput_is_said_without_one() {
        let found = provisioned(&demand(), None, &prices()).unwrap();
        assert!(found.units.is_none() && found.cheapest().is_none());
        assert_eq!(found.terms[0].pays.map(|pays| pays.tokens_per_minute), Some(555_556));
        assert!(found.terms.iter().all(|term| term.purchases.is_none()));
    }

    #[test]
    fn every_purchase_is_compared_once() {
        let found = provisioned(&demand(), Some(UNIT), &prices()).unwrap();
        let rows: Vec<_> = found.units.unwrap().regrets.into_iter().map(|(term, units, _)| (term, units)).collect();
        // 95 % of the minutes ask for three units at most, a fifth more makes four; without commitment no unit pays.
        assert_eq!(rows, [(Term::None, 0), (Term::None, 4), (Term::OneMonth, 3), (Term::OneMonth, 4)]);
    }
}
