//! What `why` answers is so: the change that it names lets the attempt pass, and less of it does not.

use crate::world::{World, cases, worlds};
use proptest::prelude::*;
use tokencast::bedrock::quota::{Change as Limited, Refusal};
use tokencast::plan::{App, Plan};
use tokencast::sim::{Attempt, Engine, Observer};
use tokencast::traffic::Arrival;
use tokencast::units::{Micros, SimTime};
use tokencast::why::{Capped, Change, Explained, Finding, Inquiry, Refused, Target};

fn ask(world: &World, target: Target) -> Finding {
    let calls = || -> Box<dyn Iterator<Item = Arrival> + '_> { Box::new(world.arrivals.iter().cloned()) };
    Inquiry { plan: &world.plan, seed: world.seed, calls: &calls }.ask(target)
}

/// Every attempt of a run and whether it passed.
#[derive(Default)]
struct Log(Vec<(SimTime, u32, u64, u32, bool)>);

impl Log {
    fn add(&mut self, now: SimTime, attempt: Attempt<'_>, passed: bool) {
        self.0.push((now, attempt.arrival.app, attempt.arrival.request, attempt.number, passed));
    }

    fn of(world: &World) -> Self {
        let mut log = Self::default();
        Engine::watched(&world.plan, world.seed, &mut log).run(world.arrivals.iter().cloned());
        log
    }

    /// The request was let in by this attempt or an earlier one.
    fn passes(&self, of: &Refused) -> bool {
        let Arrival { app, request, .. } = of.arrival;
        self.0.iter().any(|(_, a, r, number, passed)| (*a, *r) == (app, request) && *number <= of.attempt && *passed)
    }
}

impl Observer for Log {
    fn admitted(&mut self, now: SimTime, attempt: Attempt<'_>) {
        self.add(now, attempt, true);
    }

    fn refused(&mut self, now: SimTime, attempt: Attempt<'_>, _: Refusal) {
        self.add(now, attempt, false);
    }
}

fn changed(world: &World, change: &Change) -> World {
    let arrivals = world.arrivals.iter().map(|arrival| change.of_call(arrival.clone())).collect();
    World { plan: change.of_plan(&world.plan), arrivals, ..world.clone() }
}

fn holds(world: &World, explained: &Explained) -> Result<(), TestCaseError> {
    let Explained { refused, raised, capped } = explained;
    let used: u64 = refused.shares.iter().map(|share| share.sum()).sum();
    prop_assert_eq!(used + refused.unfilled + refused.need, refused.amount + refused.shortfall);
    let passes = |change: &Change| Log::of(&changed(world, change)).passes(refused);
    let raised = raised.as_ref().expect("a quota of ten billion lets every small call pass");
    prop_assert!(passes(&Change::Limits { at: refused.at, limits: raised.limits.clone() }), "{raised:?} does not help");
    if raised.smallest {
        let (number, amount) = raised.limits[0];
        prop_assert!(
            !passes(&Change::Limits { at: refused.at, limits: vec![(number, amount - 1)] }),
            "less than {raised:?} is enough"
        );
    }
    let app = refused.arrival.app;
    if let Capped::Passes { max_tokens: most, cuts } = *capped {
        let with = |most| passes(&Change::MaxTokens { app, most });
        prop_assert!(with(most) && !with(most + 1));
        prop_assert!(most >= refused.arrival.output());
        let cut = world.arrivals.iter().filter(|arrival| arrival.app == app && arrival.output() > most);
        prop_assert_eq!(cuts, cut.count() as u64);
    }
    Ok(())
}

/// The same call once more at another time, from an application that nobody else knows of, when nothing
/// came after the one that was refused.
fn once_more(world: &World, refused: &Refused, at: SimTime) -> bool {
    let place = world.arrivals.iter().position(|arrival| *arrival == refused.arrival).expect("one of the calls");
    let mut arrivals = world.arrivals[..=place].to_vec();
    let probe = world.plan.apps.len() as u32;
    arrivals.push(Arrival { at, app: probe, request: 0, ..refused.arrival.clone() });
    let own = &world.plan.apps[refused.arrival.app as usize];
    let mut plan = world.plan.clone();
    plan.apps.push(App { name: "probe".to_owned(), ..own.clone() });
    let log = Log::of(&World { plan, arrivals, ..world.clone() });
    log.0.iter().any(|(_, app, _, _, passed)| *app == probe && *passed)
}

/// The first limit of each pool may change while the run goes on, and answers may give quota back while they
/// are written.
fn shifting() -> impl Strategy<Value = World> {
    let later = prop::option::of((0..150_000_000_u64, 20..600_u64));
    (worlds(), later, any::<bool>()).prop_map(|(mut world, later, releases)| {
        for pool in world.plan.pools.iter_mut().filter(|pool| !pool.limits.is_empty()) {
            pool.changes.extend(later.map(|(at, amount)| Limited { at: SimTime(at), limit: 0, amount }));
        }
        world.plan.rules.release_every = releases.then_some(Micros(700_000));
        world
    })
}

/// Nobody tries again and nothing ends before it is over.
fn patient(world: World) -> World {
    let once = |app: App| App { client: crate::world::caller(1), ..app };
    let apps = world.plan.apps.iter().cloned().map(once).collect();
    World { plan: Plan { apps, horizon: None, ..world.plan }, ..world }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_change_that_is_named_lets_the_attempt_pass_and_less_does_not(world in shifting(), pick in 0..1_000_u64) {
        for world in world.under_each_window() {
            let log = Log::of(&world);
            let refused: Vec<_> = log.0.iter().filter(|(.., passed)| !passed).collect();
            let Some(number) = pick.checked_rem(refused.len() as u64) else { continue };
            let (at, app, request, attempt, _) = *refused[number as usize];
            let Finding::Refused(explained) = ask(&world, Target::Throttled(number + 1)) else {
                return Err(TestCaseError::fail("the attempt was not found"));
            };
            let found = &explained.refused;
            prop_assert_eq!((found.at, found.arrival.app, found.arrival.request, found.attempt), (at, app, request, attempt));
            holds(&world, &explained)?;
            let beyond = ask(&world, Target::Throttled(refused.len() as u64 + 1));
            let Finding::Nothing { throttled, .. } = beyond else {
                return Err(TestCaseError::fail("there are not so many"));
            };
            prop_assert_eq!(throttled, refused.len() as u64);
        }
    }

    #[test]
    fn a_request_is_found_by_its_number_or_was_never_refused(world in worlds(), pick in 0..60_usize) {
        let log = Log::of(&world);
        prop_assume!(!world.arrivals.is_empty());
        let Arrival { app, request, .. } = world.arrivals[pick % world.arrivals.len()];
        let first = log.0.iter().find(|(_, a, r, _, passed)| (*a, *r) == (app, request) && !passed);
        match (ask(&world, Target::Request { app, request }), first) {
            (Finding::Refused(found), Some((at, _, _, number, _))) => {
                prop_assert_eq!((found.refused.at, found.refused.attempt), (*at, *number));
            }
            (Finding::Nothing { calls, .. }, None) => prop_assert!(calls[app as usize] > request),
            (found, first) => return Err(TestCaseError::fail(format!("{found:?} for {first:?}"))),
        }
    }

    #[test]
    fn a_call_fits_from_the_instant_that_is_named_and_not_before(world in shifting(), pick in 0..1_000_u64) {
        for world in patient(world).under_each_window() {
            let refused = Log::of(&world).0.iter().filter(|(.., passed)| !passed).count() as u64;
            let Some(number) = pick.checked_rem(refused) else { continue };
            let Finding::Refused(explained) = ask(&world, Target::Throttled(number + 1)) else { unreachable!() };
            let found = &explained.refused;
            match found.fits_at {
                Some(at) => {
                    prop_assert!(once_more(&world, found, at), "not at {at:?}");
                    prop_assert!(at == found.at || !once_more(&world, found, SimTime(at.0 - 1)), "before {at:?}");
                }
                None => prop_assert!(!once_more(&world, found, SimTime(found.at.0 + 200_000_000_000))),
            }
        }
    }
}
