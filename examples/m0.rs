//! Runs the reference job M0 and prints its figures on stdout, its time and memory on stderr.
//!
//! `m0 FILE QUOTA_TPM` replays a peers' trace file; `m0 synthetic CALLS` draws about so many calls over
//! the same ten hours, with a quota that grows with them. `benches/README.md` shows the results.

#[path = "../benches/m0.rs"]
mod m0;
#[path = "../benches/peers.rs"]
mod peers;

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use tokencast::sim::Run;
use tokencast::traffic::{Arrivals, NoFiles};
use tokencast::units::Micros;

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
    let trace = peers::read_trace(file)?;
    let plan = m0::plan(quota_tpm);
    timed(|| m0::run(&plan, trace.into_iter()));
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
    println!("{}", peers::canonical(&run));
    eprintln!("tokencast n={calls} {:.1} ns/request", elapsed.as_nanos() as f64 / calls as f64);
}

/// The largest resident size that the kernel has seen, where it tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown", str::trim).to_owned()
}
