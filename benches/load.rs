//! Recorded traffic: a CSV trace of a million rows, made in memory, surveyed and replayed.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write;
use std::io::{Cursor, Read};
use std::sync::Arc;
use tokencast::plan::{Plan, Trace, Traffic};
use tokencast::trace::{Columns, Random, TimeFormat};
use tokencast::traffic::{Arrivals, TraceFiles, survey};

mod m0;

const ROWS: u64 = 1_000_000;

/// One file, in memory.
struct InMemory(Arc<[u8]>);

impl TraceFiles for InMemory {
    fn open(&self, _: &str) -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(Arc::clone(&self.0))))
    }

    fn open_random(&self, _: &str) -> std::io::Result<Arc<dyn Random>> {
        Ok(Arc::new(Self(Arc::clone(&self.0))))
    }
}

impl Random for InMemory {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        buffer.copy_from_slice(&self.0[offset as usize..][..buffer.len()]);
        Ok(())
    }
}

/// Rows about 40 ms apart, written as the common traces are: to a ten-millionth of a second.
fn file() -> InMemory {
    let mut text = String::from("timestamp,app,input,output\n");
    let start = jiff::civil::date(2026, 12, 1).at(0, 0, 0, 0);
    for row in 0..ROWS {
        let at = start + jiff::SignedDuration::from_micros((row * 40_009) as i64);
        let (input, output) = (row * 7_919 % 4_000 + 1, row * 104_729 % 500 + 1);
        writeln!(text, "{} {:.7},chat,{input},{output}", at.date(), at.time()).expect("memory");
    }
    InMemory(text.into_bytes().into())
}

fn plan(trace: &Trace) -> Plan {
    let mut plan = m0::synthetic(4_000_000, "25/s", None);
    plan.apps[0].traffic = Traffic::Trace(trace.clone());
    plan
}

fn load(criterion: &mut Criterion) {
    let files = file();
    let column = |name: &str| name.to_owned();
    let columns = Columns {
        time: column("timestamp"),
        time_format: TimeFormat::WallClock,
        input: column("input"),
        output: column("output"),
        ..Columns::default()
    };
    let trace = Trace::of_csv("trace.csv", columns);
    let plan = plan(&trace);
    let mut group = criterion.benchmark_group("load");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    group.bench_function("survey", |bencher| bencher.iter(|| survey(&files, &trace).expect("a good trace")));
    group.bench_function("rows", |bencher| bencher.iter(|| Arrivals::new(&plan, 1, &files).count()));
    group.bench_function("rows and engine", |bencher| {
        bencher.iter(|| m0::run(&plan, Arrivals::new(&plan, 1, &files)));
    });
    group.finish();
}

criterion_group!(benches, load);
criterion_main!(benches);
