//! What retries add, what nobody waited for, and what a retry quota allows.

use crate::world::{
    self, World, adaptive, app, arrival, callers, cases, numbered, policies, sent_by, tokens_per_minute, worlds,
};
use proptest::prelude::*;
use tokencast::bedrock::quota::Reservation;
use tokencast::bedrock::usage::Usage;
use tokencast::client::{Mode, Policy, Sdk};
use tokencast::document::Source;
use tokencast::plan::{self, Caller, Plan};
use tokencast::sim::{self, AppRecord, Attempt, Engine, Holder, Observer, RetryRow, Run};
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::units::{Micros, Ratio, SimTime, Usd};
use tokencast::{ledger, pricing, scenario};

/// More than all calls together reserve and are charged.
const AMPLE: u64 = 1 << 40;

/// No quota is scarce: attempts fail by the fleet, by unreachable connections and by timeouts, and all of these are
/// drawn by call and attempt.
fn ample(policies: impl Strategy<Value = Policy>) -> impl Strategy<Value = World> {
    let share = || (0..5_u64).prop_map(|tenths| Ratio::new(tenths, 10).expect("a share"));
    (worlds(), prop::collection::vec(callers(policies), 3), (share(), share())).prop_map(
        |(world, callers, (throttled, unavailable))| {
            let mut world = sent_by(world, &callers);
            world.map_limits(|limit| limit.amount = AMPLE);
            world.plan.rules.shared_throttled = throttled;
            world.plan.rules.unavailable = unavailable;
            world
        },
    )
}

fn callers_of(world: &mut World) -> impl Iterator<Item = &mut Caller> {
    world.plan.apps.iter_mut().map(|app| &mut app.client)
}

fn with_callers(world: &World, change: impl Fn(&mut Caller)) -> World {
    let mut world = world.clone();
    callers_of(&mut world).for_each(change);
    world
}

fn without_retries(world: &World) -> World {
    with_callers(world, |caller| caller.policy = Policy::once())
}

fn of_retries(app: &AppRecord, count: impl Fn(&RetryRow) -> u64) -> u64 {
    app.retries.iter().map(count).sum()
}

fn of_run(run: &Run, count: impl Fn(&RetryRow) -> u64) -> u64 {
    run.apps.iter().map(|app| of_retries(app, &count)).sum()
}

fn usage(app: &AppRecord, usage: impl Fn(&RetryRow) -> Usage) -> Usage {
    app.retries.iter().map(usage).fold(Usage::default(), |sum, usage| sum + usage)
}

/// With retries, and without: what is used more is the retry line, and nothing else moves.
fn adds_its_line(world: &World) -> Result<(), TestCaseError> {
    let (with, without) = (world.run(), without_retries(world).run());
    for (with, without) in with.apps.iter().zip(&without.apps) {
        prop_assert_eq!(with.usage(), without.usage() + usage(with, |row| row.usage));
        prop_assert_eq!(usage(without, |row| row.usage), Usage::default());
        prop_assert_eq!(usage(with, |row| row.abandoned_usage), usage(without, |row| row.abandoned_usage));
        prop_assert!(with.sum(|row| row.served.into()) >= without.sum(|row| row.served.into()));
    }
    Ok(())
}

/// Attempts that were let in, and those whose answer ended, with the tokens of their output.
#[derive(Default)]
struct Tally {
    admitted: u64,
    settled: u64,
    output: u64,
}

impl Observer for Tally {
    fn admitted(&mut self, _: SimTime, _: Attempt<'_>) {
        self.admitted += 1;
    }

    fn settled(&mut self, _: SimTime, holder: Holder, _: &Reservation, _: u64) {
        self.settled += 1;
        self.output += u64::from(holder.output);
    }
}

fn tallied(world: &World) -> (Run, Tally) {
    let mut tally = Tally::default();
    let run = Engine::watched(&world.plan, world.seed, &mut tally).run(world.arrivals.iter().cloned());
    (run, tally)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn turning_retries_off_changes_the_bill_by_exactly_the_retry_line(world in ample(policies())) {
        adds_its_line(&world)?;
    }

    /// A rate limiter delays first attempts too: some of them are made too late when the time of a call or of the
    /// run is limited. Otherwise it changes nothing but their times.
    #[test]
    fn turning_an_adaptive_client_off_does_so_too_when_time_is_not_scarce(world in ample(adaptive())) {
        let plan = Plan { horizon: None, ..world.plan.clone() };
        let world = with_callers(&World { plan, ..world }, |caller| caller.total_timeout = None);
        adds_its_line(&world)?;
    }

    /// Also where quotas are scarce: what is written is billed, and is either somebody's answer or abandoned.
    #[test]
    fn a_call_that_nobody_waits_for_is_billed(
        world in prop_oneof![worlds().boxed(), ample(policies()).boxed()],
        policies in prop::collection::vec(callers(prop_oneof![policies().boxed(), adaptive().boxed()]), 3),
    ) {
        for world in sent_by(world, &policies).under_each_window() {
            let (run, tally) = tallied(&world);
            let served: u64 = run.apps.iter().map(|app| app.sum(|row| row.served.into())).sum();
            let output: u64 = run.apps.iter().map(|app| app.usage().output).sum();
            prop_assert_eq!(tally.settled, served + of_run(&run, |row| row.abandoned.into()));
            prop_assert_eq!(tally.output, output);
            if world.plan.horizon.is_none() {
                prop_assert_eq!((tally.admitted, run.in_flight), (tally.settled, 0));
            }
            prop_assert_eq!(run, world.run(), "looking on changes nothing");
        }
    }

    #[test]
    fn calls_and_attempts_add_up(
        world in worlds(), callers in prop::collection::vec(callers(prop_oneof![policies().boxed(), adaptive().boxed()]), 3),
    ) {
        let world = sent_by(world, &callers);
        let run = world.run();
        let of_calls = |app: &AppRecord| app.sum(|row| (row.served + row.gave_up).into());
        let arrivals: u64 = run.apps.iter().map(|app| app.sum(|row| row.arrivals.into())).sum();
        prop_assert_eq!(arrivals, world.arrivals.len() as u64);
        prop_assert_eq!(arrivals, run.apps.iter().map(of_calls).sum::<u64>() + run.in_flight);
        for (app, plan) in run.apps.iter().zip(&world.plan.apps) {
            let arrivals = app.sum(|row| row.arrivals.into());
            let first = app.sum(|row| row.attempts.into()) - of_retries(app, |row| row.attempts.into());
            let waits = plan.client.policy.limiter.is_some();
            prop_assert!(first == arrivals || waits && first < arrivals, "each call has one first attempt");
            let most = u64::from(plan.client.policy.attempts - 1) * arrivals;
            prop_assert!(of_retries(app, |row| row.attempts.into()) <= most);
            let throttled = app.sum(|row| row.throttled.into());
            prop_assert_eq!(of_retries(app, |row| row.throttled.into()) + app.calls_throttled, throttled);
            prop_assert!(of_retries(app, |row| row.cut.into()) <= app.sum(|row| row.gave_up.into()));
        }
    }

    /// Not so with a retry quota: what no timeout has spent pays for other attempts, which may be abandoned. Nor with a
    /// total timeout: a longer one leaves time for more attempts.
    #[test]
    fn longer_timeouts_never_abandon_more(world in ample(policies()), longer in 2..5_u64) {
        let plan = Plan { horizon: None, ..world.plan.clone() };
        let world = with_callers(&World { plan, ..world }, |caller| {
            caller.total_timeout = None;
            caller.policy.quota = None;
        });
        let lengthened = with_callers(&world, |caller| {
            for timeout in [&mut caller.read_timeout, &mut caller.idle_timeout] {
                *timeout = timeout.map(|timeout| Micros(timeout.0 * longer));
            }
        });
        let [shorter, longer] = [&world, &lengthened].map(|world| of_run(&world.run(), |row| row.abandoned.into()));
        prop_assert!(longer <= shorter, "{} of {}", longer, shorter);
    }

    /// A retry costs so much at least, and a success gives back the cost of one retry at most.
    #[test]
    fn the_retry_quota_bounds_the_retries_of_a_client(world in ample(policies())) {
        let world = with_callers(&world, |caller| caller.clients = 1);
        for (app, plan) in world.run().apps.iter().zip(&world.plan.apps) {
            let Some(quota) = plan.client.policy.quota else { continue };
            let costs = [quota.costs.throttling, quota.costs.server, quota.costs.transient, quota.costs.timeout];
            let (least, most) = (*costs.iter().min().expect("a cost"), *costs.iter().max().expect("a cost"));
            let back = u64::from(most) * app.sum(|row| row.served.into());
            let made = of_retries(app, |row| row.attempts.into()) * u64::from(least);
            prop_assert!(made <= u64::from(quota.capacity) + back, "{} of {}", made, quota.capacity);
        }
    }

    /// More clients do not always make more retries: the successes of one pay for no retry of another, as the test
    /// below shows. But nobody can make more than a client for each call whose quota pays for all of its attempts.
    #[test]
    fn no_number_of_clients_makes_more_retries_than_one_for_each_call(world in ample(policies())) {
        let of_its_own = with_callers(&world, |caller| {
            caller.clients = 60;
            caller.policy.quota.iter_mut().for_each(|quota| quota.capacity = 500);
        });
        let all = of_its_own.run();
        prop_assert_eq!(of_run(&all, |row| row.cut.into()), 0);
        for clients in 1..4 {
            let world = with_callers(&world, |caller| caller.clients = clients);
            for (few, all) in world.run().apps.iter().zip(&all.apps) {
                prop_assert!(of_retries(few, |row| row.attempts.into()) <= of_retries(all, |row| row.attempts.into()));
            }
        }
    }
}

fn alone(caller: Caller, limits: &[u64], calls: &[(u64, u32)]) -> World {
    let limits = limits.iter().map(|amount| tokens_per_minute(*amount)).collect();
    let app = plan::App { client: caller, ..app("a", 0) };
    let calls = calls.iter().map(|(at, input)| arrival(at * 1_000_000, 0, *input, 0, 0)).collect();
    World { plan: world::plan(vec![limits], vec![app]), terms: Vec::new(), arrivals: numbered(calls), seed: 0 }
}

fn standard(capacity: u32) -> Caller {
    let mut policy = Policy { attempts: 2, ..Policy::of(Sdk::DEFAULT, Mode::Standard) };
    policy.quota.iter_mut().for_each(|quota| quota.capacity = capacity);
    Caller::patient(policy)
}

/// Calls of 9 tokens never fit into 8, those of 1 do. Of two clients the one that sends the large calls spends its 5
/// once; the only client gets 5 of its tokens back from five small calls, and tries again once more.
#[test]
fn more_clients_may_make_fewer_retries() {
    let calls = [(0, 9), (10, 1), (60, 1), (120, 1), (180, 1), (240, 1), (300, 9)];
    let retries = |clients| {
        let run = alone(Caller { clients, ..standard(5) }, &[8], &calls).run();
        (of_run(&run, |row| row.attempts.into()), of_run(&run, |row| row.cut.into()))
    };
    assert_eq!(retries(1), (2, 0));
    assert_eq!(retries(7), (2, 0));
    assert_eq!(retries(2), (1, 1));
}

/// A client of which every call is throttled makes 500 / 5 retries and no more.
#[test]
fn a_dry_quota_ends_all_retries() {
    let calls: Vec<(u64, u32)> = (0..300).map(|second| (second, 9)).collect();
    let run = alone(standard(500), &[8], &calls).run();
    assert_eq!((of_run(&run, |row| row.attempts.into()), of_run(&run, |row| row.cut.into())), (100, 200));
}

/// The connection would fail after a minute, but the call is given up after five seconds.
#[test]
fn nothing_outlasts_the_total_timeout() {
    let total = Some(Micros(5_000_000));
    for policy in [Policy::once(), standard(500).policy] {
        let caller =
            Caller { total_timeout: total, unreachable: Ratio::new(1, 1).expect("all"), ..Caller::patient(policy) };
        let run = alone(caller, &[8], &[(0, 1)]).run();
        assert_eq!((run.end, run.apps[0].sum(|row| row.gave_up.into())), (SimTime(5_000_000), 1));
    }
}

/// Two applications of which a tenth of all attempts fails with 503, and whose clients do not wait for the longest
/// answers: in dollars, with the prices of their models.
#[test]
fn the_dollars_that_retries_cost_are_the_difference_that_they_make() {
    let text = std::fs::read_to_string(crate::bundled::path("scenarios/office-hours.yaml")).expect("a scenario");
    let file = scenario::parse(&Source::new("office-hours.yaml", &text)).expect("a good scenario");
    let mut plan = plan::bind(&file.base, &pricing::bundled().expect("a good book")).expect("known names");
    plan.horizon = Some(Micros::DAY);
    plan.pools.iter_mut().flat_map(|pool| &mut pool.limits).for_each(|limit| limit.amount = AMPLE);
    plan.rules.unavailable = Ratio::new(1, 10).expect("a share");
    plan.apps.iter_mut().for_each(|app| app.client.read_timeout = Some(Micros(3_000_000)));
    let run = |plan: &Plan| sim::run(plan, 11, Arrivals::new(plan, 11, &NoFiles));
    let mut off = plan.clone();
    off.apps.iter_mut().for_each(|app| app.client.policy = Policy::once());
    let (with, without) = (run(&plan), run(&off));
    let (with, without) = (ledger::bill(&plan, &with), ledger::bill(&off, &without));
    for app in 0..plan.apps.len() {
        let (line, none) = (with.retries_of(app), without.retries_of(app));
        assert_eq!(with.of_app(app), without.of_app(app) + line.cost);
        assert!(line.cost > Usd::ZERO && line.abandoned_cost > Usd::ZERO, "{line:?}");
        assert_eq!((none.attempts, none.cost, none.abandoned_cost), (0, Usd::ZERO, line.abandoned_cost));
    }
}
