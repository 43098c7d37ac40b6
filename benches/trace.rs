//! The trace store: a million rows such as logs of invocations give, written, read, and read for their tokens only; the
//! same rows put in order.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::io;
use std::sync::Arc;
use tokencast::bedrock::usage::Usage;
use tokencast::trace::sort::Sorter;
use tokencast::trace::store::{self, Column, Reader};
use tokencast::trace::{Given, Row, Rows, Scratch, ScratchFile, Sink};

const ROWS: u64 = 1_000_000;

/// Multiplied by this, consecutive numbers look drawn.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A call of five applications, 40 ms after the one before; twenty in a session.
fn row(number: u64) -> Row {
    let drawn = number.wrapping_mul(MIX) >> 16;
    let text = |text: String| Some(text.into());
    let app = ["triage", "assistant", "reports", "search", "nightly"][(drawn % 5) as usize];
    let output = drawn / 7 % 600 + 1;
    Row {
        at_us: 1_764_547_200_000_000 + (number * 40_009) as i64,
        app: text(app.to_owned()),
        account: text("111122223333".to_owned()),
        model: text("us.anthropic.claude-haiku-4-5-20251001-v1:0".to_owned()),
        region: text("us-east-1".to_owned()),
        ran_in: text(["us-east-1", "us-west-2"][(drawn % 2) as usize].to_owned()),
        session: text(format!("session-{:08}", number / 100 * 5 + drawn % 5)),
        request_id: text(format!("{:016x}-{:016x}", number.wrapping_mul(MIX), drawn.wrapping_mul(MIX))),
        usage: Usage {
            uncached_input: drawn % 4_000 + 20,
            cache_read: if drawn.is_multiple_of(3) { 2_048 } else { 0 },
            output,
            ..Usage::default()
        },
        max_tokens: Some(1_024),
        ttft_us: Some(300_000 + drawn % 700_000),
        latency_us: Some(1_000_000 + output * 12_000 + drawn % 9_999),
        ..Row::default()
    }
}

fn count(mut rows: impl Rows) -> u64 {
    let (mut row, mut count) = (Row::default(), 0);
    while rows.next_row(&mut row).expect("a good file") {
        count += row.usage.total_input();
    }
    count
}

/// No scratch files: what is sorted here fits.
struct NoRoom;

impl Scratch for NoRoom {
    fn file(&self) -> io::Result<Box<dyn ScratchFile>> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

fn sort(rows: &[Row]) -> u64 {
    let mut sorter = Sorter::new(&NoRoom, usize::MAX);
    rows.iter().for_each(|row| sorter.take(row).expect("memory"));
    count(sorter.finish().expect("memory"))
}

fn trace(criterion: &mut Criterion) {
    let rows: Vec<Row> = (0..ROWS).map(row).collect();
    let late: Vec<Row> = (0..ROWS).map(|number| rows[(number * 7_919 % ROWS) as usize].clone()).collect();
    let written = || {
        let mut bytes = Vec::new();
        store::write(&mut Given(rows.iter().cloned()), &[], &mut bytes).expect("memory");
        bytes
    };
    let bytes = Arc::new(written());
    let read = |wanted: &[Column]| count(Reader::open_with("m.parquet", bytes.clone(), wanted).expect("a good file"));
    let mut group = criterion.benchmark_group("trace");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    group.bench_function("written", |bencher| bencher.iter(written));
    group.bench_function("read", |bencher| bencher.iter(|| read(&Column::ALL)));
    group.bench_function("tokens read", |bencher| bencher.iter(|| read(&Column::TOKENS)));
    group.bench_function("sorted", |bencher| bencher.iter(|| sort(&late)));
    group.finish();
}

criterion_group!(benches, trace);
criterion_main!(benches);
