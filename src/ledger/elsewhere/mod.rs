//! What the tokens of a run would have cost elsewhere, and from which volume on instances of one's own pay.
//!
//! Of Bedrock's bill only the tokens move: services around the models are paid for as before. Nothing is simulated
//! there: a platform answers whatever comes, and instances are counted for what came to Bedrock.

mod crossover;
mod demand;

pub use crossover::{Crossover, crossover};
pub use demand::{Demand, demand};

use super::bill::token_lines;
use super::capacity::hours_by_day;
use super::usage::usage_by;
use crate::bedrock::usage::{Usage, UsageClass};
use crate::plan::{Alternative, DirectRates, Elsewhere, Plan, SelfHosted};
use crate::sim::{DAY_MINUTES, Run};
use crate::units::Usd;
use jiff::Timestamp;

/// One place and what it costs.
#[derive(Debug, Clone)]
pub struct ElsewhereCost<'a> {
    /// The place.
    pub plan: &'a Elsewhere,
    /// The tokens that go there.
    pub tokens: Usage,
    /// What they cost on Bedrock.
    pub bedrock: Usd,
    /// What they cost there.
    pub cost: Usd,
    /// The instances; nothing on a platform.
    pub hosted: Option<Hosted>,
}

/// Instances for the traffic of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosted {
    /// How many are paid for.
    pub instances: u64,
    /// How many the traffic needs.
    pub needed: u64,
    /// What one costs over the time.
    pub of_one: Usd,
    /// From which volume on they cost no more than Bedrock.
    pub crossover: Crossover,
}

/// What the tokens of a run cost at every place that a plan names.
#[must_use]
pub fn elsewhere<'a>(plan: &'a Plan, run: &Run) -> Vec<ElsewhereCost<'a>> {
    plan.elsewhere.iter().map(|place| of_place(plan, run, place)).collect()
}

fn of_place<'a>(plan: &Plan, run: &Run, place: &'a Elsewhere) -> ElsewhereCost<'a> {
    let (mut tokens, mut bedrock) = (Usage::default(), Usd::ZERO);
    for &app in &place.apps {
        for (at, lane) in plan.apps[app].lanes.iter().enumerate() {
            let days = usage_by(run.apps[app].lane(at), plan.start, DAY_MINUTES);
            tokens += days.iter().fold(Usage::default(), |sum, day| sum + day.usage);
            bedrock += token_lines(app, lane, &days).map(|line| line.amount()).sum::<Usd>();
        }
    }
    let (cost, hosted) = match &place.to {
        Alternative::Direct { prices, .. } => (direct(plan, run, place, prices), None),
        Alternative::SelfHosted(held) => {
            let hosted = hosted(plan, run, place, held, bedrock);
            (hosted.of_one.times(hosted.instances), Some(hosted))
        }
    };
    ElsewhereCost { plan: place, tokens, bedrock, cost, hosted }
}

fn direct(plan: &Plan, run: &Run, place: &Elsewhere, prices: &[Vec<DirectRates>]) -> Usd {
    let of_app = |(app, lanes): (&usize, &Vec<DirectRates>)| -> Usd {
        let lanes = lanes.iter().enumerate();
        lanes.map(|(at, rates)| of_lane(rates, run, *app, at, plan.start)).sum()
    };
    place.apps.iter().zip(prices).map(of_app).sum()
}

/// # Panics
/// When tokens were used that are not sold there; `bind` refuses such a plan.
fn of_lane(rates: &DirectRates, run: &Run, app: usize, lane: usize, start: Timestamp) -> Usd {
    let days = usage_by(run.apps[app].lane(lane), start, DAY_MINUTES);
    let of_day = |day: &super::usage::PeriodUsage| -> Usd {
        let used = UsageClass::ALL.into_iter().filter(|class| day.usage.of(*class) > 0);
        let price = |class| rates.on(day.day).per_million.of(class).expect("a platform sells what is used");
        used.map(|class| price(class).times(day.usage.of(class))).sum()
    };
    days.iter().map(of_day).sum()
}

fn hosted(plan: &Plan, run: &Run, place: &Elsewhere, held: &SelfHosted, bedrock: Usd) -> Hosted {
    let hours = hours_by_day(plan.start, run.span());
    let of_one = hours.into_iter().map(|(day, hours)| held.per_hour.on(day).rate.times(hours)).sum();
    let demand = demand(plan, run, place, held);
    let needed = demand.instances();
    let crossover = crossover(demand, of_one, bedrock, held.count);
    Hosted { instances: held.count.unwrap_or(needed), needed, of_one, crossover }
}
