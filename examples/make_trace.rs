//! Writes the trace of the scenario replayed-morning: `cargo run --example make_trace > scenarios/traces/morning.csv`.
//!
//! The same seed gives the same rows; a test holds the file to this program.

use std::error::Error;
use std::fmt::Write;
use tokencast::document::Source;
use tokencast::units::SimTime;
use tokencast::{plan, pricing, scenario, traffic};

/// What was "recorded": two apps from a quarter to seven until half past nine.
const MORNING: &str = "
name: morning
seed: 2026
start: 2026-12-01T06:45:00Z
horizon: 165m
apps:
  chat:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 1_000
    traffic:
      rate: 2/min
      shape: {hours: [0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
      burstiness: 3
      input: {median: 900, p95: 3_000, max: 20k}
      output: {median: 160, p95: 450, max: 1_000}
  drafts:
    model: us.anthropic.claude-haiku-4-5-20251001-v1:0
    region: us-east-1
    max_tokens: 16_000
    traffic:
      rate: 24/h
      shape: {hours: [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
      burstiness: 6
      input: {median: 5k, p95: 12k, max: 60k}
      output: {median: 900, p95: 2_400, max: 6_000}
";

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", csv()?);
    Ok(())
}

/// The whole file.
pub fn csv() -> Result<String, Box<dyn Error>> {
    let (morning, book) = (Source::new("morning.yaml", MORNING), pricing::bundled());
    let scenario = scenario::parse(&morning).map_err(|problems| problems.render())?.base;
    let plan = plan::bind(&scenario, &book.map_err(|problems| problems.render())?);
    let plan = plan.map_err(|problems| problems.render())?;
    let mut csv = "timestamp,app,input_tokens,output_tokens,max_tokens\n".to_owned();
    for call in traffic::Arrivals::new(&plan, scenario.seed, &traffic::NoFiles) {
        let app = &plan.apps[call.app as usize].name;
        let time = wall_clock(plan.start, call.at);
        writeln!(csv, "{time},{app},{},{},{}", call.call.input, call.output(), call.call.max_tokens)?;
    }
    Ok(csv)
}

fn wall_clock(start: jiff::Timestamp, at: SimTime) -> String {
    let instant = start + std::time::Duration::from_micros(at.0);
    instant.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string()
}
