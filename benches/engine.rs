//! The engine on the reference job M0: about 0 %, 5 % and 50 % of the attempts throttled, with the
//! calls in memory and with the calls drawn in the loop; with a prompt cache of more than a million live
//! prefixes; spread over eight pools; and sent by a thousand client objects of an SDK in each of its modes.

mod m0;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use tokencast::bedrock::cache::{Rules, Ttl};
use tokencast::client::{Mode, Policy, Sdk};
use tokencast::plan::{Caller, Plan, Prompt, PromptSection};
use tokencast::traffic::{Arrival, Arrivals, NoFiles};

const CALLS: usize = 1_000_000;
const QUOTA_TPM: u64 = 4_000_000;
const SEED: u64 = 1;
/// The share of throttled attempts, and the rate that brings it about.
const LOADS: [(&str, &str); 3] = [("0 %", "19.24/s"), ("5 %", "24.05/s"), ("50 %", "25.25/s")];

fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(CALLS as u64)).sample_size(20);
    for (throttled, rate) in LOADS {
        let plan = m0::synthetic(QUOTA_TPM, rate, None);
        let drawn = || Arrivals::new(&plan, SEED, &NoFiles).take(CALLS);
        let trace: Vec<Arrival> = drawn().collect();
        group.bench_function(BenchmarkId::new("from memory", throttled), |bencher| {
            bencher.iter(|| m0::run(&plan, black_box(trace.iter().cloned())));
        });
        group.bench_function(BenchmarkId::new("drawn in the loop", throttled), |bencher| {
            bencher.iter(|| m0::run(&plan, black_box(drawn())));
        });
    }
    group.finish();
}

/// A hundred times the rate of M0, so that a million calls come within the hour that entries live, and a quota that
/// refuses none: each call writes one entry or two.
fn with_caching() -> Plan {
    let mut plan = m0::synthetic(500 * QUOTA_TPM, "1924/s", None);
    let section = |tokens| {
        let checkpoint = Some(Ttl::OneHour);
        PromptSection { tokens, distinct: CALLS as u32, changes_every: None, checkpoint }
    };
    plan.apps[0].lanes[0].cache = Some(Rules { minimum: 1_024, checkpoints: 4, look_back: 20 });
    plan.apps[0].prompt = Some(Prompt(vec![section(1_500), section(1_000)]));
    plan
}

/// M0 in eight parts, each with an eighth of the rate and of the quota.
fn with_eight_pools(rate: &str) -> Plan {
    let part = m0::synthetic(QUOTA_TPM / 8, rate, None);
    let app = |number: usize| {
        let mut app = part.apps[0].clone();
        app.name = format!("m0-{number}");
        app.lanes[0].pool = number;
        app.lanes[0].route.tokens = vec![number];
        app
    };
    let pools = vec![part.pools[0].clone(); 8];
    Plan { pools, apps: (0..8).map(app).collect(), ..part }
}

fn options(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("options");
    group.throughput(Throughput::Elements(CALLS as u64)).sample_size(10);
    let plans = [("caching", with_caching()), ("eight pools, 0 %", with_eight_pools("2.2/s"))];
    for (name, plan) in plans.into_iter().chain([("eight pools, 50 %", with_eight_pools("3.2/s"))]) {
        let drawn = || Arrivals::new(&plan, SEED, &NoFiles).take(CALLS);
        let trace: Vec<Arrival> = drawn().collect();
        group.bench_function(BenchmarkId::new("from memory", name), |bencher| {
            bencher.iter(|| m0::run(&plan, black_box(trace.iter().cloned())));
        });
        group.bench_function(BenchmarkId::new("drawn in the loop", name), |bencher| {
            bencher.iter(|| m0::run(&plan, black_box(drawn())));
        });
    }
    group.finish();
}

/// M0 at about 0 %, where no policy has anything to do but to keep its state.
fn clients(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("clients");
    group.throughput(Throughput::Elements(CALLS as u64)).sample_size(20);
    let botocore = |mode| Policy::of(Sdk::Botocore(44), mode);
    let policies = [
        ("no retries", Policy::once()),
        ("standard", botocore(Mode::Standard)),
        ("adaptive", botocore(Mode::Adaptive)),
    ];
    for (name, policy) in policies {
        let mut plan = m0::synthetic(QUOTA_TPM, LOADS[0].1, None);
        plan.apps[0].client = Caller { clients: 1_000, ..Caller::patient(policy) };
        let trace: Vec<Arrival> = Arrivals::new(&plan, SEED, &NoFiles).take(CALLS).collect();
        group.bench_function(name, |bencher| bencher.iter(|| m0::run(&plan, black_box(trace.iter().cloned()))));
    }
    group.finish();
}

criterion_group!(benches, engine, options, clients);
criterion_main!(benches);
