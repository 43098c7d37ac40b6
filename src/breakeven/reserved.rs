//! The reserved tier: input and output tokens per minute bought apart, by the thousand.
//!
//! At least 100,000 input and 10,000 output tokens per minute; what exceeds either goes to the standard tier
//! by itself (Amazon Bedrock User Guide, "Service tiers", 2026). Input and output overflow apart here: AWS
//! does not document what becomes of the output of a call whose input overflows.

use super::pays::{Pays, pays};
use super::purchase::{MONTH_HOURS, over, times};
use super::{Choice, Curve, Demand, Future, Load, Minute, Mix, Regret, ReservedPrice, Throughput, TooMuch};
use super::{committed, regrets};
use crate::bedrock::term::Term;
use crate::ledger::per_month;
use crate::units::Usd;

/// Input is bought from here on, in thousands of tokens per minute.
const LEAST_INPUT: u64 = 100;
/// Output is bought from here on, in thousands of tokens per minute.
const LEAST_OUTPUT: u64 = 10;
/// Tokens per minute of one step.
const STEP: u64 = 1_000;

/// Everything that can be said of reserving for a demand.
#[derive(Debug, Clone)]
pub struct Reserved {
    /// Each term.
    pub terms: Vec<ReservedTerm>,
    /// Nothing reserved.
    pub on_demand: ReservedPurchase,
    /// Purchases to compare: nothing, then of each term the cheapest and the rule of thumb, each once.
    pub regrets: Vec<(Term, [u64; 2], Regret)>,
    /// The curves of input and of output, in steps of a thousand tokens per minute.
    pub curves: [Curve; 2],
}

/// One term.
#[derive(Debug, Clone)]
pub struct ReservedTerm {
    /// Its price.
    pub price: ReservedPrice,
    /// The traffic at which a thousand tokens per minute of input and of output pay; nothing where there is none.
    pub pays: [Option<Pays>; 2],
    /// The cheapest input and output if there were no minimum, in thousands of tokens per minute.
    pub unbounded: [u64; 2],
    /// The least that is sold.
    pub minimum: ReservedPurchase,
    /// The cheapest that is sold, or nothing at all.
    pub cheapest: ReservedPurchase,
    /// The 95th percentile and a fifth more, of each, but not less than is sold.
    pub rule_of_thumb: ReservedPurchase,
}

/// Input and output reserved, beside what overflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReservedPurchase {
    /// Input and output in thousands of tokens per minute.
    pub thousands: [u64; 2],
    /// What they cost over the simulated span.
    pub capacity: Usd,
    /// What overflows costs in the standard tier.
    pub spill: Usd,
    /// Both, in a month of 730 hours.
    pub month: Usd,
    /// Minutes in which input or output exceeds what is reserved.
    pub minutes_above: u64,
    /// What has to be paid until the commitment ends.
    pub committed: Usd,
}

impl ReservedPurchase {
    /// Capacity and overflow over the simulated span.
    #[must_use]
    pub fn cost(&self) -> Usd {
        self.capacity + self.spill
    }
}

/// Studies reservations for a demand.
///
/// # Errors
/// When a minute takes more thousands of tokens than [`super::MOST_UNITS`].
pub fn reserved(demand: &Demand, prices: &[ReservedPrice]) -> Result<Reserved, TooMuch> {
    let study = Study { demand, curves: curves(demand, 10)? };
    let terms: Vec<ReservedTerm> = prices.iter().map(|price| study.term(price)).collect();
    let nothing = ReservedPrice {
        term: Term::None,
        input_per_hour: Usd::ZERO,
        output_per_hour: Usd::ZERO,
        source: String::new(),
    };
    Ok(Reserved {
        on_demand: study.purchase([0, 0], &nothing),
        regrets: compare(demand, &terms)?,
        terms,
        curves: study.curves,
    })
}

/// The curves of input and of output with so many tenths of the traffic.
fn curves(demand: &Demand, tenths: u64) -> Result<[Curve; 2], TooMuch> {
    let curve = |kind: fn(&Minute) -> (u64, Usd)| {
        let load = |minute: &Minute| {
            let (tokens, cost) = kind(minute);
            Load { tokens: tokens.into(), per_unit: STEP.into(), cost }.scaled(tenths, 10)
        };
        Curve::new(demand.minutes.iter().map(load).collect())
    };
    Ok([curve(|minute| (minute.input, minute.input_cost))?, curve(|minute| (minute.output, minute.output_cost))?])
}

struct Study<'a> {
    demand: &'a Demand,
    curves: [Curve; 2],
}

impl Study<'_> {
    fn term(&self, price: &ReservedPrice) -> ReservedTerm {
        let span_price = |per_hour| over(per_hour, self.demand.span);
        let [input, output] = &self.curves;
        let unbounded =
            [input.cheapest(span_price(price.input_per_hour)), output.cheapest(span_price(price.output_per_hour))];
        let of = |thousands| self.purchase(at_least(thousands), price);
        let (sold, none) = (of(unbounded), self.purchase([0, 0], price));
        ReservedTerm {
            pays: self.pays(price),
            unbounded,
            minimum: of([0, 0]),
            cheapest: if sold.cost() < none.cost() { sold } else { none },
            rule_of_thumb: of([input.rule_of_thumb(), output.rule_of_thumb()]),
            price: price.clone(),
        }
    }

    /// Input against the price of input, output against that of output.
    fn pays(&self, price: &ReservedPrice) -> [Option<Pays>; 2] {
        let sum = |kind: fn(&Minute) -> (u64, Usd)| {
            let each = self.demand.minutes.iter().map(kind);
            each.fold((0, Usd::ZERO), |(tokens, cost), (more, dearer)| (tokens + more, cost + dearer))
        };
        let step = Some(Throughput { input_tpm: STEP, output_tpm: STEP });
        let (tokens, cost) = sum(|minute| (minute.input, minute.input_cost));
        let input = pays(price.input_per_hour, Mix { input: tokens, output: 0, cost }, step);
        let (tokens, cost) = sum(|minute| (minute.output, minute.output_cost));
        let output = pays(price.output_per_hour, Mix { input: 0, output: tokens, cost }, step);
        [input, output]
    }

    fn purchase(&self, thousands: [u64; 2], price: &ReservedPrice) -> ReservedPurchase {
        let per_hour = per_hour(price, thousands);
        let spill = self.curves[0].spill(thousands[0]) + self.curves[1].spill(thousands[1]);
        let above = |minute: &&Minute| minute.input > thousands[0] * STEP || minute.output > thousands[1] * STEP;
        ReservedPurchase {
            thousands,
            capacity: over(per_hour, self.demand.span),
            spill,
            month: times(per_hour, MONTH_HOURS) + per_month(spill, self.demand.span),
            minutes_above: self.demand.minutes.iter().filter(above).count() as u64,
            committed: committed(per_hour, price.term),
        }
    }
}

fn at_least([input, output]: [u64; 2]) -> [u64; 2] {
    [input.max(LEAST_INPUT), output.max(LEAST_OUTPUT)]
}

fn per_hour(price: &ReservedPrice, [input, output]: [u64; 2]) -> Usd {
    times(price.input_per_hour, input) + times(price.output_per_hour, output)
}

fn compare(demand: &Demand, terms: &[ReservedTerm]) -> Result<Vec<(Term, [u64; 2], Regret)>, TooMuch> {
    let mut futures = Vec::new();
    for tenths in Future::TRAFFIC {
        futures.push(curves(demand, tenths)?);
    }
    let mut bought = vec![(Term::None, Usd::ZERO, [0, 0])];
    for term in terms {
        for thousands in [term.cheapest.thousands, term.rule_of_thumb.thousands] {
            let row = (term.price.term, per_hour(&term.price, thousands), thousands);
            if thousands != [0, 0] && !bought.contains(&row) {
                bought.push(row);
            }
        }
    }
    let choice = |&(term, per_hour, thousands): &(Term, Usd, [u64; 2])| {
        let spill = |[input, output]: &[Curve; 2]| input.spill(thousands[0]) + output.spill(thousands[1]);
        Choice { term, per_hour, spills: [0, 1, 2].map(|future| spill(&futures[future])) }
    };
    let choices: Vec<Choice> = bought.iter().map(choice).collect();
    let named = bought.iter().zip(regrets(&choices, demand.span));
    Ok(named.map(|(&(term, _, thousands), regret)| (term, thousands, regret)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Micros;

    fn usd(text: &str) -> Usd {
        Usd::parse(&format!("{text} USD")).unwrap()
    }

    /// Claude Sonnet 4.5 through its global profile: $3 and $15 per million; pricing page of 2026-07-24.
    fn demand(minutes: &[(u64, u64)]) -> Demand {
        let cost = |tokens: u64, femtos: i128| Usd::from_femtos(femtos * i128::from(tokens));
        let minute = |&(input, output): &(u64, u64)| Minute {
            input,
            output,
            input_cost: cost(input, 3_000_000_000),
            output_cost: cost(output, 15_000_000_000),
        };
        let span = Micros(minutes.len() as u64 * Micros::MINUTE.0);
        Demand { minutes: minutes.iter().map(minute).collect(), span }
    }

    fn price(term: Term, input: &str, output: &str) -> ReservedPrice {
        ReservedPrice { term, input_per_hour: usd(input), output_per_hour: usd(output), source: String::new() }
    }

    fn sonnet() -> [ReservedPrice; 2] {
        [price(Term::OneMonth, "0.18", "0.90"), price(Term::ThreeMonths, "0.162", "0.81")]
    }

    /// The least that is sold, in a month of 730 hours: Sonnet 4.5 global and geographic, Haiku 4.5 global.
    #[test]
    fn the_least_that_is_sold_costs_as_much_a_month() {
        let geo_and_haiku = [price(Term::OneMonth, "0.198", "0.99"), price(Term::OneMonth, "0.06", "0.30")];
        let prices = [sonnet(), geo_and_haiku].concat();
        let found = reserved(&demand(&[(0, 0)]), &prices).unwrap();
        let months: Vec<Usd> = found.terms.iter().map(|term| term.minimum.month).collect();
        assert_eq!(months, ["19710", "17739", "21681", "6570"].map(usd));
        assert_eq!(found.terms[1].minimum.committed, usd("53217"));
    }

    #[test]
    fn one_month_pays_when_full_and_three_months_at_nine_tenths() {
        let found = reserved(&demand(&[(100_000, 10_000)]), &sonnet()).unwrap();
        let shares = found
            .terms
            .iter()
            .map(|term| term.pays.map(|pays| pays.unwrap().utilisation.map(|at| (at.part, at.whole))));
        let at = |part| Some((part, 60_000));
        assert_eq!(shares.collect::<Vec<_>>(), [[at(60_000); 2], [at(54_000); 2]]);
    }

    #[test]
    fn input_and_output_have_an_optimum_each_and_a_minimum_together() {
        // Even traffic: at a tenth off, every thousand that is always used pays; at no discount none does.
        let found = reserved(&demand(&[(250_500, 4_000); 10]), &sonnet()).unwrap();
        let bought = |term: &ReservedTerm| (term.unbounded, term.cheapest.thousands, term.rule_of_thumb.thousands);
        assert_eq!(bought(&found.terms[0]), ([0, 0], [0, 0], [301, 10]));
        // Six thousand output more than is used cost $4.86 an hour; 250 thousand input save $4.50.
        assert_eq!(bought(&found.terms[1]), ([250, 4], [0, 0], [301, 10]));
        assert_eq!(found.terms[1].cheapest.cost(), found.on_demand.cost());
        let busier = reserved(&demand(&[(350_500, 4_000); 10]), &sonnet()).unwrap();
        assert_eq!(bought(&busier.terms[1]).1, [350, 10]);
        assert_eq!((busier.terms[1].cheapest.minutes_above, busier.on_demand.minutes_above), (10, 10));
    }
}
