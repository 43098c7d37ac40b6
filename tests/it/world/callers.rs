//! The same scenarios with clients that hang up, and that pay for their retries.

use super::World;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tokencast::client::{Mode, Policy, Sdk};
use tokencast::plan::Caller;
use tokencast::units::{Micros, Ratio};

const SECOND: u64 = 1_000_000;

/// What SDKs ship, with quotas that a few calls can drain, or a loop of the app's own.
pub fn policies() -> impl Strategy<Value = Policy> {
    let own = (1..=5_u32, select(vec![0, 3, 1_000, SECOND, 30 * SECOND]))
        .prop_map(|(attempts, base)| Policy::own(attempts, Micros(base), Micros(20 * SECOND)));
    prop_oneof![1 => own, 3 => shipped(Mode::Standard), 1 => Just(Policy::of(Sdk::DEFAULT, Mode::Legacy))]
}

/// What SDKs ship in adaptive mode.
pub fn adaptive() -> impl Strategy<Value = Policy> {
    shipped(Mode::Adaptive)
}

fn shipped(mode: Mode) -> impl Strategy<Value = Policy> {
    let sdks = vec![Sdk::Botocore(43), Sdk::Botocore(44), Sdk::Js(1048), Sdk::Js(1162), Sdk::Rust];
    let capacity = select(vec![0, 5, 10, 14, 20, 33, 500]);
    (select(sdks), 1..=5_u32, capacity).prop_map(move |(sdk, attempts, capacity)| {
        let mut policy = Policy { attempts, ..Policy::of(sdk, mode) };
        policy.quota.iter_mut().for_each(|quota| quota.capacity = capacity);
        policy
    })
}

fn timeouts() -> impl Strategy<Value = Option<Micros>> {
    let time = prop_oneof![
        3 => select(vec![1, 333_333, 500_000, SECOND, 20 * SECOND, 59_500_000, 60 * SECOND]),
        1 => 1..90 * SECOND,
    ];
    option::weighted(0.5, time.prop_map(Micros))
}

/// Clients of all kinds that retry by one of the policies.
pub fn callers(policies: impl Strategy<Value = Policy>) -> impl Strategy<Value = Caller> {
    let connect = select(vec![1, SECOND, 3_100_000, 60 * SECOND]);
    let unreachable = prop_oneof![2 => Just(0_u64), 1 => 1..5_u64];
    (policies, 1..=3_u32, any::<bool>(), connect, [timeouts(), timeouts(), timeouts()], unreachable).prop_map(
        |(policy, clients, streaming, connect, [read_timeout, total_timeout, idle_timeout], tenths)| Caller {
            policy,
            clients,
            streaming,
            connect_timeout: Micros(connect),
            read_timeout,
            total_timeout,
            idle_timeout,
            unreachable: Ratio::new(tenths, 10).expect("a share"),
        },
    )
}

/// The calls of every application but those of batch are sent by other clients.
pub fn sent_by(mut world: World, callers: &[Caller]) -> World {
    for (app, caller) in world.plan.apps.iter_mut().zip(callers).filter(|(app, _)| !app.is_batch()) {
        app.client = caller.clone();
    }
    world
}
