//! Each of the ways that an application's calls can go.

use super::callers::AppState;
use crate::bedrock::cache::{self, PromptCache};
use crate::bedrock::quota::Route;
use crate::bedrock::rules::Rules;
use crate::bedrock::service::ServiceTime;
use crate::client::Outcome;
use crate::plan::{self, Access, Burndown, Plan};
use crate::rng::Stream;
use crate::units::{Micros, Ratio};
use std::collections::BTreeSet;

/// One way for its calls.
pub(super) struct LaneState {
    /// Its application, as an index into the plan.
    pub(super) app: u32,
    /// Which of its application's lanes it is.
    pub(super) number: u32,
    /// Another way stands behind it.
    pub(super) has_next: bool,
    pub(super) route: Route,
    pub(super) burndown: Burndown,
    pub(super) service: ServiceTime,
    /// Answers come token by token.
    pub(super) streams: bool,
    /// The longest silence that everybody waits through.
    pub(super) patience: Micros,
    /// The retry quotas of its clients learn of answers.
    pub(super) counts_successes: bool,
    /// The first client object of its target among all.
    pub(super) first_client: u32,
    /// What sets it apart from a quota that follows the documented rules. Most lanes have none of it, and ask
    /// once.
    pub(super) special: Option<Box<Special>>,
}

/// What is not so in every lane.
pub(super) struct Special {
    pub(super) access: Access,
    pub(super) rules: Rules,
    /// The prompt cache that its calls go through.
    pub(super) cache: Option<usize>,
    /// Its destinations among all Regions of the plan.
    pub(super) regions: Vec<u16>,
    /// The pool that it draws from first.
    pub(super) pool: usize,
    /// Calls whose input is above so many tokens have prices of their own.
    pub(super) long_above: u32,
    pub(super) routing: Option<Routing>,
    fleet: Option<Fleet>,
    /// A task or a rate limiter waits for its answers.
    managed: bool,
}

/// In which Region an attempt runs.
pub(super) struct Routing {
    /// Up to which part of 2^64 a draw belongs to each destination.
    ends: Vec<u64>,
    stream: Stream,
}

/// What the shared fleet refuses although quota is left.
pub(super) struct Fleet {
    throttled_below: u64,
    unavailable_below: u64,
    stream: Stream,
}

/// Why the fleet refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// 429 although quota is left.
    Throttled,
    /// 503.
    Unavailable,
}

impl Fault {
    /// What the client sees.
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Throttled => Outcome::Throttled,
            Self::Unavailable => Outcome::Unavailable,
        }
    }
}

/// The caches of a plan, and which of them each lane's calls go through: each account and model has one. Calls whose
/// split was recorded go through one that they do not change.
pub(super) fn caches(plan: &Plan) -> (Vec<PromptCache>, Vec<Option<usize>>) {
    let (mut spaces, mut caches) = (Vec::new(), Vec::new());
    let lanes = plan.apps.iter().flat_map(|app| app.lanes.iter().map(|lane| (lane, app.traffic.brings_splits())));
    let of_lane = lanes.map(|(lane, recorded)| {
        let rules = lane.cache.or(recorded.then_some(cache::Rules::EVERY_CUT))?;
        let space = (lane.account.as_deref(), lane.offer.model.as_str(), recorded);
        let known = spaces.iter().position(|other| *other == space);
        Some(known.unwrap_or_else(|| {
            spaces.push(space);
            caches.push(PromptCache::new(rules));
            caches.len() - 1
        }))
    });
    let of_lanes = of_lane.collect();
    (caches, of_lanes)
}

/// Every application and every lane of a plan, lanes in the order of applications.
pub(super) fn of_plan(plan: &Plan, seed: u64, caches: &[Option<usize>]) -> (Vec<AppState>, Vec<LaneState>) {
    let (mut apps, mut lanes, mut first_client) = (Vec::new(), Vec::new(), 0);
    let regions = regions(plan);
    let number_of = |region: &str| regions.binary_search(&region).map_or(0, |number| number as u16);
    for (app, number) in plan.apps.iter().zip(0..) {
        let first_lane = lanes.len();
        let stream = |purpose: &str| Stream::new(seed, &format!("apps/{}/{purpose}", app.name));
        let state = AppState::new(app, first_lane as u32, first_client, seed);
        let first_of_target = |target: usize| first_client + target as u32 * app.client.clients;
        lanes.extend(app.lanes.iter().zip(0..).map(|(lane, place)| LaneState {
            app: number,
            number: place,
            has_next: app.goes_on_after(place as usize),
            streams: app.client.streaming,
            patience: state.patience(),
            counts_successes: app.client.policy.quota.is_some(),
            first_client: first_of_target(app.target_of_lane(place as usize)),
            route: lane.route.clone(),
            burndown: lane.burndown.clone(),
            service: ServiceTime::new(&lane.service, stream("service")),
            special: Special::of(Special {
                access: lane.access,
                rules: plan.rules,
                cache: caches[first_lane + place as usize],
                regions: lane.destinations.iter().map(|to| number_of(&to.region)).collect(),
                pool: lane.pool,
                long_above: lane.long_input_above.unwrap_or(u32::MAX),
                routing: Routing::new(lane, stream("routing")),
                fleet: Fleet::new(&plan.rules, stream("fleet")),
                managed: state.is_managed,
            }),
        }));
        first_client += app.client.clients * app.targets().count() as u32;
        apps.push(state);
    }
    (apps, lanes)
}

/// Every Region in which calls run, sorted.
fn regions(plan: &Plan) -> Vec<&str> {
    let destinations = plan.apps.iter().flat_map(|app| &app.lanes).flat_map(|lane| &lane.destinations);
    let regions: BTreeSet<&str> = destinations.map(|to| to.region.as_str()).collect();
    regions.into_iter().collect()
}

impl Special {
    /// Nothing when it is what most lanes are.
    fn of(special: Self) -> Option<Box<Self>> {
        let usual = special.access == Access::Quota
            && special.cache.is_none()
            && special.routing.is_none()
            && !special.managed
            && special.rules == Rules::default();
        (!usual).then(|| Box::new(special))
    }

    /// Whether the shared fleet refuses an attempt of a request that a quota has room for.
    pub(super) fn fault(&self, request: u64, attempt: u32) -> Option<Fault> {
        let fleet = self.fleet.as_ref().filter(|_| self.access == Access::Quota)?;
        fleet.fault(request, attempt)
    }

    /// Where an attempt of a request runs, by its place in the lane's list.
    pub(super) fn destination(&self, request: u64, attempt: u32) -> usize {
        self.routing.as_ref().map_or(0, |routing| routing.destination(request, attempt))
    }
}

/// The part of 2^64 that a share is.
fn part(share: Ratio) -> u64 {
    let part = (u128::from(share.numerator()) << 64) / u128::from(share.denominator());
    u64::try_from(part).unwrap_or(u64::MAX)
}

impl Fleet {
    fn new(rules: &Rules, stream: Stream) -> Option<Self> {
        let (throttled, unavailable) = (part(rules.shared_throttled), part(rules.unavailable));
        let unavailable_below = throttled.saturating_add(unavailable);
        (unavailable_below > 0).then_some(Self { throttled_below: throttled, unavailable_below, stream })
    }

    /// Whether an attempt of a request is refused.
    fn fault(&self, request: u64, attempt: u32) -> Option<Fault> {
        let draw = self.stream.draw(request, u64::from(attempt));
        match draw {
            _ if draw < self.throttled_below => Some(Fault::Throttled),
            _ if draw < self.unavailable_below => Some(Fault::Unavailable),
            _ => None,
        }
    }
}

impl Routing {
    /// Nothing when there is one destination only.
    fn new(lane: &plan::Lane, stream: Stream) -> Option<Self> {
        let all: u64 = lane.destinations.iter().map(|to| u64::from(to.weight)).sum();
        let mut sum = 0;
        let ends = lane.destinations.iter().map(|to| {
            sum += u64::from(to.weight);
            Ratio::new(sum, all).map_or(u64::MAX, part)
        });
        (lane.destinations.len() > 1).then(|| Self { ends: ends.collect(), stream })
    }

    /// The destination of a request's attempt, by its place in the lane's list.
    fn destination(&self, request: u64, attempt: u32) -> usize {
        let draw = self.stream.draw(request, u64::from(attempt));
        self.ends.iter().position(|end| draw < *end).unwrap_or(self.ends.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fleet_refuses_the_share_that_it_is_told_to() {
        let share = |percent| Ratio::new(percent, 100).unwrap();
        let rules = Rules { shared_throttled: share(10), unavailable: share(5), ..Rules::default() };
        let fleet = Fleet::new(&rules, Stream::new(1, "x")).unwrap();
        let faults: Vec<_> = (0..100_000).filter_map(|request| fleet.fault(request, 1)).collect();
        let throttled = faults.iter().filter(|fault| **fault == Fault::Throttled).count();
        // Five standard deviations of a binomial of 100,000 trials.
        assert!(throttled.abs_diff(10_000) < 475 && (faults.len() - throttled).abs_diff(5_000) < 345);
        assert!(Fleet::new(&Rules::default(), Stream::new(1, "x")).is_none());
    }
}
