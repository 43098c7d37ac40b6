//! Runs the reference job M0 and prints its figures on stdout, its time and memory on stderr.
//!
//! `m0 FILE QUOTA_TPM` replays a peers' trace file; `m0 synthetic CALLS` draws about so many calls over
//! the same ten hours, with a quota that grows with them. `benches/README.md` shows the results.

#[path = "../benches/m0.rs"]
mod m0;

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use tokencast::sim::Run;
use tokencast::traffic::{Arrival, Arrivals, Call, Fate, NoFiles};
use tokencast::units::{Micros, SimTime};

/// A load of about 0.8: nothing is throttled.
const QUOTA_TPM_PER_CALL: f64 = 5.776;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["synthetic", calls] => synthetic(calls.parse()?),
        [file, quota] => replay(file.as_ref(), quota.parse()?)?,
        _ => return Err("usage: m0 FILE QUOTA_TPM | m0 synthetic CALLS".into()),
    }
    eprintln!("peak memory {}", peak_memory());
    Ok(())
}

fn replay(file: &Path, quota_tpm: u64) -> std::io::Result<()> {
    let trace = read_trace(file)?;
    let plan = m0::plan(quota_tpm);
    timed(|| m0::run(&plan, trace.iter().copied()));
    Ok(())
}

fn synthetic(calls: f64) {
    let hours = 10.0;
    let quota_tpm = (calls * QUOTA_TPM_PER_CALL) as u64;
    let plan = m0::synthetic(quota_tpm, &format!("{}/h", calls / hours), Some(Micros(10 * Micros::HOUR.0)));
    timed(|| m0::run(&plan, Arrivals::new(&plan, 1, &NoFiles)));
}

#[allow(clippy::disallowed_methods, reason = "a program that measures time reads the clock")]
fn timed(job: impl FnOnce() -> Run) {
    let started = Instant::now();
    let run = job();
    let elapsed = started.elapsed();
    let calls = run.apps[0].sum(|row| row.arrivals.into());
    println!("{}", canonical(&run));
    eprintln!("tokencast n={calls} {:.1} ns/request", elapsed.as_nanos() as f64 / calls as f64);
}

/// The largest resident size that the kernel has seen, where it tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown", str::trim).to_owned()
}

/// Reads the peers' trace file: a count, then columns of arrival times, input and output tokens,
/// all little-endian.
fn read_trace(path: &Path) -> std::io::Result<Vec<Arrival>> {
    let bytes = std::fs::read(path)?;
    let n = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    let (times, counts) = bytes[8..].split_at(8 * n);
    let (inputs, outputs) = counts.split_at(4 * n);
    let word = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let calls = times.chunks_exact(8).zip(inputs.chunks_exact(4).zip(outputs.chunks_exact(4)));
    let arrivals = calls.enumerate().map(|(request, (at, (input, output)))| {
        let at = SimTime(u64::from_le_bytes(at.try_into().expect("eight bytes")));
        let call = Call { input: word(input), max_tokens: m0::MAX_TOKENS };
        Arrival { at, app: 0, request: request as u64, call, fate: Fate { output: word(output) } }
    });
    Ok(arrivals.collect())
}

/// The figures that every implementation of M0 must agree on, in the peers' words.
fn canonical(run: &Run) -> String {
    let app = &run.apps[0];
    let sum = |count: fn(&tokencast::sim::MinuteRow) -> u64| app.sum(count);
    format!(
        "n={} admitted={} throttled={} dropped={} minutes={} tin={} tout={} sum_delay={} last_t={}",
        sum(|r| r.arrivals.into()),
        sum(|r| u64::from(r.attempts) - u64::from(r.throttled)),
        sum(|r| r.throttled.into()),
        sum(|r| r.gave_up.into()),
        app.minutes.len(),
        sum(|r| r.input),
        sum(|r| r.output),
        app.e2e.sum_us(),
        run.end.0,
    )
}
