//! What other simulators of M0 read and print: their trace file and their line of figures.

use std::path::Path;
use tokencast::sim::{MinuteRow, Run};
use tokencast::traffic::{Arrival, Call, Fate};
use tokencast::units::SimTime;

/// Every call of M0 asks for so many output tokens at most.
const MAX_TOKENS: u32 = 32_768;

/// Reads the peers' trace file: a count, then columns of arrival times, input and output tokens,
/// all little-endian.
pub fn read_trace(path: &Path) -> std::io::Result<Vec<Arrival>> {
    let bytes = std::fs::read(path)?;
    let n = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    let (times, counts) = bytes[8..].split_at(8 * n);
    let (inputs, outputs) = counts.split_at(4 * n);
    let word = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let calls = times.chunks_exact(8).zip(inputs.chunks_exact(4).zip(outputs.chunks_exact(4)));
    let arrivals = calls.enumerate().map(|(request, (at, (input, output)))| {
        let at = SimTime(u64::from_le_bytes(at.try_into().expect("eight bytes")));
        let call = Call { input: word(input), max_tokens: MAX_TOKENS, prefix: None };
        Arrival { at, app: 0, request: request as u64, call, fate: Fate { output: word(output) } }
    });
    Ok(arrivals.collect())
}

/// The figures that every implementation of M0 must agree on, in the peers' words.
pub fn canonical(run: &Run) -> String {
    let app = &run.apps[0];
    let sum = |count: fn(&MinuteRow) -> u64| app.sum(count);
    format!(
        "n={} admitted={} throttled={} dropped={} minutes={} tin={} tout={} sum_delay={} last_t={}",
        sum(|r| r.arrivals.into()),
        sum(|r| u64::from(r.attempts) - u64::from(r.throttled)),
        sum(|r| r.throttled.into()),
        sum(|r| r.gave_up.into()),
        app.minutes.len(),
        sum(|r| r.usage.uncached_input),
        sum(|r| r.usage.output),
        app.e2e.from_sending().sum(),
        run.end.0,
    )
}
