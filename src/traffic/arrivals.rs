//! The calls of all applications, merged in order of time; at one instant the higher service tier first, then in
//! the order of the plan.

use super::synthetic::SyntheticCalls;
use super::trace::TraceCalls;
use super::{Arrival, TraceError, TraceFiles};
use crate::plan::{App, Plan, Traffic};
use crate::units::Micros;

/// Every call of a plan.
pub struct Arrivals {
    /// In the order in which they go at one instant.
    sources: Vec<Source>,
}

/// One application's calls and the next of them.
struct Source {
    next: Option<Arrival>,
    calls: Calls,
}

enum Calls {
    None,
    Synthetic(Box<SyntheticCalls>),
    Trace(Box<TraceCalls>),
}

impl Arrivals {
    /// The calls of a plan under a seed; traces are opened now.
    #[must_use]
    pub fn new(plan: &Plan, seed: u64, files: &dyn TraceFiles) -> Self {
        let horizon = plan.horizon.unwrap_or(Micros::LONGEST);
        let mut apps: Vec<(&App, u32)> = plan.apps.iter().zip(0..).collect();
        apps.sort_by_key(|(app, _)| app.first().offer.tier.rank());
        let calls = apps.into_iter().map(|(app, number)| match &app.traffic {
            Traffic::Given | Traffic::Closed(_) => Calls::None,
            Traffic::Synthetic(traffic) => {
                Calls::Synthetic(Box::new(SyntheticCalls::new(app, number, traffic, plan.start, horizon, seed)))
            }
            Traffic::Trace(trace) => {
                Calls::Trace(Box::new(TraceCalls::new((app, number), trace, files, horizon, seed)))
            }
        });
        let mut sources: Vec<Source> = calls.map(|calls| Source { next: None, calls }).collect();
        sources.iter_mut().for_each(|source| source.next = source.calls.next());
        Self { sources }
    }

    /// The trace that could not be read to its end, after it had been surveyed.
    #[must_use]
    pub fn failure(&self) -> Option<&TraceError> {
        self.sources.iter().find_map(|source| match &source.calls {
            Calls::Trace(calls) => calls.failure.as_ref(),
            Calls::None | Calls::Synthetic(_) => None,
        })
    }
}

impl Iterator for Calls {
    type Item = Arrival;

    #[inline]
    fn next(&mut self) -> Option<Arrival> {
        match self {
            Self::None => None,
            Self::Synthetic(calls) => calls.next(),
            Self::Trace(calls) => calls.next(),
        }
    }
}

impl Iterator for Arrivals {
    type Item = Arrival;

    #[inline]
    fn next(&mut self) -> Option<Arrival> {
        let waiting = self.sources.iter_mut().filter(|source| source.next.is_some());
        let earliest = waiting.min_by_key(|source| source.next.as_ref().map(|arrival| arrival.at))?;
        std::mem::replace(&mut earliest.next, earliest.calls.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bedrock::tier::Tier;
    use crate::plan::Synthetic;
    use crate::rng::Distribution;
    use crate::traffic::{NoFiles, sample};
    use crate::units::Rate;

    fn app(name: &str, rate: &str) -> App {
        App {
            traffic: Traffic::Synthetic(Box::new(Synthetic {
                rate: Rate::parse(rate).unwrap(),
                shape: [[1; 24]; 7],
                timezone: jiff::tz::TimeZone::UTC,
                monthly_growth: None,
                dispersion_thousandths: 1_800,
                input: Distribution::LogNormal { median: 420, p95: 1_900, max: 100_000 },
                output: Distribution::Constant(5),
            })),
            ..sample::app(name, 100)
        }
    }

    fn plan(apps: Vec<App>, horizon: Micros) -> Plan {
        let start = jiff::Timestamp::UNIX_EPOCH;
        Plan { start, horizon: Some(horizon), apps, ..Plan::default() }
    }

    #[test]
    fn adding_an_application_leaves_the_others_draws_alone() {
        let hour = Micros::HOUR;
        let alone: Vec<_> = Arrivals::new(&plan(vec![app("a", "2/s")], hour), 7, &NoFiles).collect();
        let both: Vec<_> = Arrivals::new(&plan(vec![app("a", "2/s"), app("b", "3/s")], hour), 7, &NoFiles).collect();
        let of_a: Vec<_> = both.iter().filter(|arrival| arrival.app == 0).cloned().collect();
        assert_eq!(alone, of_a);
        assert!(both.len() > alone.len() && both.is_sorted_by_key(|arrival| arrival.at));
    }

    #[test]
    fn a_longer_horizon_only_adds_calls_at_the_end() {
        let short: Vec<_> = Arrivals::new(&plan(vec![app("a", "2/s")], Micros::MINUTE), 7, &NoFiles).collect();
        let long: Vec<_> = Arrivals::new(&plan(vec![app("a", "2/s")], Micros::HOUR), 7, &NoFiles).collect();
        assert_eq!(short, long[..short.len()]);
        assert!(long[short.len()].at.0 >= Micros::MINUTE.0);
    }

    /// Applications of one name draw the same calls, so all of them fall on the same instants.
    #[test]
    fn at_one_instant_the_higher_tier_goes_first_and_then_the_plans_order() {
        let tiers = [Tier::Flex, Tier::Standard, Tier::Priority, Tier::Standard];
        let mut apps = tiers.map(|_| app("a", "2/s")).to_vec();
        apps.iter_mut().zip(tiers).for_each(|(app, tier)| app.lanes[0].offer.tier = tier);
        let order: Vec<u32> =
            Arrivals::new(&plan(apps, Micros::MINUTE), 7, &NoFiles).map(|arrival| arrival.app).collect();
        assert!(order.len() > 100 && order.chunks(4).all(|apps| apps == [2, 1, 3, 0]));
    }

    #[test]
    fn the_mean_rate_is_the_one_asked_for() {
        let calls = Arrivals::new(&plan(vec![app("a", "50/s")], Micros::HOUR), 1, &NoFiles).count() as f64;
        // The standard deviation of the count is sqrt(1.8 x 180,000) = 570.
        assert!((calls - 180_000.0).abs() < 4.0 * 570.0, "{calls}");
    }
}
