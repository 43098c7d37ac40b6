//! The reference job M0 on a trace generated here: the engine, the model and a golden line agree.

#[path = "../../benches/peers.rs"]
mod peers;
#[path = "../../benches/m0.rs"]
mod reference;

use crate::model::{Outcome, Terms, replay};
use std::io::Write;
use tokencast::rng::Stream;
use tokencast::sim::MinuteRow;
use tokencast::traffic::{Arrival, Arrivals, NoFiles};
use tokencast::units::Micros;

/// Fifteen seconds of requests that offer about as much as four million tokens a minute settle.
fn arrivals(seed: u64) -> Vec<Arrival> {
    let plan = reference::synthetic(4_000_000, "26/s", Some(Micros(15 * Micros::SECOND.0)));
    Arrivals::new(&plan, seed, &NoFiles).collect()
}

/// Rounded so that completions, retries and arrivals fall on one instant.
fn on_a_grid(mut arrivals: Vec<Arrival>) -> Vec<Arrival> {
    arrivals.iter_mut().for_each(|arrival| arrival.at.0 -= arrival.at.0 % 100_000);
    arrivals
}

/// What the model says, in the words of M0.
fn canonical(outcome: &Outcome) -> String {
    let app = &outcome.apps[0][0];
    let sum = |count: fn(&MinuteRow) -> u64| app.minutes.iter().map(count).sum::<u64>();
    let (arrivals, attempts) = (sum(|row| row.arrivals.into()), sum(|row| row.attempts.into()));
    let (throttled, gave_up) = (sum(|row| row.throttled.into()), sum(|row| row.gave_up.into()));
    let (input, output) = (sum(|row| row.usage.uncached_input), sum(|row| row.usage.output));
    format!(
        "n={arrivals} admitted={} throttled={throttled} dropped={gave_up} minutes={} tin={input} tout={output} sum_delay={} last_t={}",
        attempts - throttled,
        app.minutes.len(),
        app.latency_sums[2],
        outcome.end,
    )
}

#[test]
fn the_engine_and_the_model_agree_on_m0() {
    let terms = [Terms { jitter: Stream::with_key(1, 8), ..Terms::new(1, "m0", vec![(0, 5)]) }];
    for trace in [arrivals(1), on_a_grid(arrivals(2))] {
        for quota in [4_000_000, 2_500_000, 400_000_000] {
            let plan = reference::plan(quota);
            let expected = canonical(&replay(&plan, &terms, &trace));
            assert_eq!(peers::canonical(&reference::run(&plan, trace.iter().cloned())), expected);
        }
    }
}

#[test]
fn m0_of_seed_one_is_this_line_for_ever() {
    let run = reference::run(&reference::plan(4_000_000), arrivals(1).into_iter());
    assert_eq!(
        peers::canonical(&run),
        "n=436 admitted=435 throttled=141 dropped=1 minutes=2 tin=682186 tout=104992 sum_delay=2444105863 last_t=88526628"
    );
}

#[test]
fn a_trace_in_the_peers_format_is_read_back() {
    let trace = arrivals(3);
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    let mut bytes = (trace.len() as u64).to_le_bytes().to_vec();
    trace.iter().for_each(|arrival| bytes.extend(arrival.at.0.to_le_bytes()));
    trace.iter().for_each(|arrival| bytes.extend(arrival.call.input.to_le_bytes()));
    trace.iter().for_each(|arrival| bytes.extend(arrival.fate.output.to_le_bytes()));
    file.write_all(&bytes).expect("room for a small file");
    assert_eq!(peers::read_trace(file.path()).expect("a trace"), trace);
}
