//! What was made of purchased capacity: how much of it was used, and what the idle rest cost.
//!
//! Capacity is bought by the minute and paid for by the hour. A model unit takes input and output at once:
//! it is as busy as the busier of the two. The reserved tier sells them apart: each has an idle part of its
//! own (User Guide, "Provisioned Throughput" and "Service tiers", 2026). Each UTC day has its own share: what one day
//! uses does not make up for another's idle hours.

use super::bill::lane_cost;
use super::capacity::{DayOfUse, HOUR_PARTS, Parts, days_of_use};
use crate::bedrock::usage::Usage;
use crate::plan::{Access, App, Plan, Purchase};
use crate::sim::{AppRecord, Run};
use crate::units::Usd;
use std::ops::Range;

/// Capacity that was bought, over a whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utilisation {
    /// Input tokens: uncached and written to the cache, not those read from it.
    pub input: Use,
    /// Output tokens.
    pub output: Use,
    /// What was paid for it, in the order of the purchase.
    pub fees: Vec<FeeUse>,
    /// What found no room there and went on; nothing when no application has another way.
    pub overflow: Option<Overflow>,
}

/// Tokens that were used of those that were bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Use {
    /// Tokens of answered calls. A minute may take more output than was bought: what an answer writes is
    /// known when it is written.
    pub used: u64,
    /// Tokens per minute times the minutes begun of the run.
    pub bought: u64,
}

/// One price that is paid by the hour, used or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeeUse {
    /// The hours begun of the run times units times price.
    pub cost: Usd,
    /// What it pays for; of a model unit, each day the busier of input and output.
    pub usage: Use,
    /// The part of the cost that paid for nothing, by day to the nearest millionth of an hour.
    pub idle_cost: Usd,
}

/// Calls that found the capacity full and went on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overflow {
    /// Attempts that found no room.
    pub spilled: u64,
    /// Calls that were answered beyond the capacity.
    pub served: u64,
    /// Their tokens.
    pub tokens: Usage,
    /// What these cost by the token.
    pub cost: Usd,
}

impl Use {
    /// Tokens that were bought and not used.
    #[must_use]
    pub fn idle(self) -> u64 {
        self.bought.saturating_sub(self.used)
    }

    /// This and what comes after it.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        Self { used: self.used + next.used, bought: self.bought.saturating_add(next.bought) }
    }

    /// The one of which a larger part was used.
    #[must_use]
    pub fn busier(self, other: Self) -> Self {
        let share = |one: Self, whole: Self| u128::from(one.used) * u128::from(whole.bought);
        if share(other, self) > share(self, other) { other } else { self }
    }
}

/// How a pool was used; nothing when it was not bought.
///
/// # Panics
/// When tokens were used beyond it that have no price; `bind` refuses such a plan.
#[must_use]
pub fn utilisation(plan: &Plan, run: &Run, pool: usize) -> Option<Utilisation> {
    let purchase = plan.pools[pool].purchase.as_ref()?;
    let days = days_of_use(plan, run, pool, purchase);
    let sum = |of: fn(&DayOfUse) -> Use| days.iter().map(of).fold(Use::default(), Use::and);
    let goes_on = drawing(plan, run, pool).any(|(app, _, number, _)| !beyond(app, number).is_empty());
    Some(Utilisation {
        input: sum(|day| day.input),
        output: sum(|day| day.output),
        fees: (0..purchase.fees.len()).map(|fee| fee_use(purchase, fee, &days)).collect(),
        overflow: goes_on.then(|| overflow(plan, run, pool)),
    })
}

/// The lanes that draw from purchased capacity: each with its application, its record and its place there.
pub(super) fn drawing<'a>(
    plan: &'a Plan,
    run: &'a Run,
    pool: usize,
) -> impl Iterator<Item = (&'a App, &'a AppRecord, usize, &'a AppRecord)> {
    let of_app = move |(app, record): (&'a App, &'a AppRecord)| {
        let lanes = app.lanes.iter().enumerate();
        let own = lanes.filter(move |(_, lane)| lane.pool == pool && lane.access == Access::Purchased);
        own.map(move |(number, _)| (app, record, number, record.lane(number)))
    };
    plan.apps.iter().zip(&run.apps).flat_map(of_app)
}

/// The lanes that calls go on to from a full one: the later ones of its target.
fn beyond(app: &App, lane: usize) -> Range<usize> {
    lane + 1..app.target(app.target_of_lane(lane)).range.end
}

/// What a fee came to: the same amounts as on the bill, of which the idle ones are a line of their own.
fn fee_use(purchase: &Purchase, fee: usize, days: &[DayOfUse]) -> FeeUse {
    let mut sum = FeeUse::default();
    for used in days {
        let Parts { used: busy, idle } = used.of_fee(purchase, fee);
        let part = purchase.fees[fee].per_hour.on(used.day).rate.scaled(1, HOUR_PARTS);
        sum.cost += part.times(busy + idle);
        sum.idle_cost += part.times(idle);
        sum.usage = sum.usage.and(used.usage(purchase, fee));
    }
    sum
}

fn overflow(plan: &Plan, run: &Run, pool: usize) -> Overflow {
    let mut all = Overflow::default();
    for (app, record, number, full) in drawing(plan, run, pool) {
        all.spilled += full.sum(|row| row.spilled.into());
        for next in beyond(app, number) {
            let beyond = record.lane(next);
            all.served += beyond.sum(|row| row.served.into());
            all.tokens += beyond.usage();
            all.cost += lane_cost(plan, &app.lanes[next], beyond);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::term::Term;
    use crate::plan::{Fee, Pool, UnitRates};
    use crate::units::{Micros, SimTime};

    fn fee(unit: &'static str, units: u64, dollars: &str) -> Fee {
        Fee { unit, usage_type: None, units, per_hour: UnitRates::fixed(Usd::parse(dollars).unwrap(), None) }
    }

    fn purchase(fees: Vec<Fee>) -> Purchase {
        Purchase { sku: "x".to_owned(), term: Term::None, input_tpm: 1_000, output_tpm: 100, fees }
    }

    fn run(minutes: u64) -> Run {
        Run {
            apps: Vec::new(),
            refusals: Vec::new(),
            refused_minutes: Vec::new(),
            end: SimTime(minutes * Micros::MINUTE.0),
            in_flight: 0,
            balance: Default::default(),
        }
    }

    fn paid(fees: Vec<Fee>, used: [u64; 2]) -> Vec<(String, String)> {
        let [input, output] = [Use { used: used[0], bought: 120_000 }, Use { used: used[1], bought: 12_000 }];
        let day = DayOfUse { day: jiff::civil::date(2026, 12, 1), hours: 2, input, output };
        let purchase = purchase(fees);
        let paid: Vec<_> = (0..purchase.fees.len()).map(|fee| fee_use(&purchase, fee, &[day])).collect();
        paid.iter().map(|fee| (fee.cost.to_string(), fee.idle_cost.to_string())).collect()
    }

    #[test]
    fn a_model_unit_is_as_busy_as_the_busier_of_input_and_output() {
        let unit = || vec![fee("model unit hour", 2, "60 USD")];
        let told = |cost: &str, idle: &str| vec![(cost.to_owned(), idle.to_owned())];
        assert_eq!(paid(unit(), [30_000, 9_000]), told("240.00", "60.00"), "output is at 75 %");
        assert_eq!(paid(unit(), [108_000, 0]), told("240.00", "24.00"), "input is at 90 %");
        assert_eq!(paid(unit(), [0, 13_000]), told("240.00", "0.00"), "more than all was written");
    }

    #[test]
    fn input_and_output_that_are_sold_apart_are_idle_apart() {
        let fees = vec![fee("input", 10, "1 USD"), fee("output", 1, "4 USD")];
        let told = paid(fees, [30_000, 12_000]);
        assert_eq!(told, [("20.00".to_owned(), "15.00".to_owned()), ("8.00".to_owned(), "0.00".to_owned())]);
    }

    #[test]
    fn unused_capacity_is_idle_to_the_last_femtodollar() {
        let pool = Pool {
            purchase: Some(purchase(vec![fee("model unit hour", 1, "60 USD")])),
            ..Pool::quota("x".to_owned(), Vec::new())
        };
        let plan = Plan { pools: vec![pool, Pool::quota("y".to_owned(), Vec::new())], ..Plan::default() };
        let found = utilisation(&plan, &run(61), 0).unwrap();
        assert_eq!(found.input, Use { used: 0, bought: 61_000 });
        assert_eq!((found.fees[0].cost, found.fees[0].idle_cost), (found.fees[0].cost, found.fees[0].cost));
        assert_eq!(found.fees[0].cost.to_string(), "120.00", "the second hour has begun");
        assert_eq!(found.overflow, None);
        assert_eq!(utilisation(&plan, &run(61), 1), None, "a quota is not bought");
    }

    #[test]
    fn only_the_quota_behind_the_units_takes_their_overflow() {
        let text = "name: t\nstart: 2026-12-01T00:00:00Z\nhorizon: 1h\naccount: {provisioned: {units: {model: \
                    llama-3-1-70b, region: us-west-2, units: 1, term: none, input_tokens_per_minute: 600k, \
                    output_tokens_per_minute: 60k}}}\napps:\n  a: {model: meta.llama3-3-70b-instruct-v1:0, region: us-west-2, \
                    max_tokens: 9, traffic: {rate: 1/s, input: 1, output: 1}, fallback: {to: [{model: \
                    meta.llama3-1-70b-instruct-v1:0, provisioned: units}, {model: meta.llama3-1-70b-instruct-v1:0}]}}\n";
        let file = crate::scenario::parse(&crate::document::Source::new("t.yaml", text)).unwrap();
        let plan = crate::plan::bind(&file.base, &crate::pricing::bundled().unwrap()).unwrap();
        let lane = |charged| {
            let minutes = vec![crate::sim::MinuteRow { charged, served: 1, ..Default::default() }];
            AppRecord { minutes, ..AppRecord::default() }
        };
        let record = AppRecord { lanes: vec![lane(1), lane(20), lane(300)], ..lane(321) };
        let run = Run { apps: vec![record], ..run(60) };
        let pool = plan.pools.iter().position(|pool| pool.purchase.is_some()).unwrap();
        let found = utilisation(&plan, &run, pool).unwrap();
        assert_eq!((found.input.used, found.overflow), (20, None), "a fallback is another target");
    }
}
