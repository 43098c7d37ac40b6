//! Runs the reference job M0 on a peers' trace file: `cargo run --release --example m0 FILE QUOTA_TPM`.
//!
//! Prints the canonical figures on stdout and the time per request on stderr; `benches/README.md` shows
//! them beside other simulators'.

#[path = "../benches/m0.rs"]
mod m0;

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, quota] = arguments.as_slice() else {
        return Err("usage: m0 FILE QUOTA_TPM".into());
    };
    let trace = m0::read_trace(file.as_ref())?;
    let plan = m0::plan(quota.parse()?);
    let started = Instant::now();
    let run = m0::run(&plan, trace.iter().copied());
    let per_request = started.elapsed().as_nanos() as f64 / trace.len() as f64;
    println!("{}", m0::canonical(&run));
    eprintln!("tokencast n={} {per_request:.1} ns/request", trace.len());
    Ok(())
}
