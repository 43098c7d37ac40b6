//! The engine on the reference job M0: about 0 %, 5 % and 50 % of the attempts throttled, with the
//! calls in memory and with the calls drawn in the loop.

mod m0;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
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

criterion_group!(benches, engine);
criterion_main!(benches);
