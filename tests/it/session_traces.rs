//! Real sessions: 4,092 calls of 60 coding agents, replayed so that no call is sent before the one before it ended.

use crate::shared;
use crate::world;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::{self, Cursor, Read};
use tokencast::bedrock::quota::Reservation;
use tokencast::plan::{App, Plan, Trace, Traffic, Work};
use tokencast::sim::{self, Attempt, Engine, Holder, Observer};
use tokencast::trace::{Columns, TimeFormat};
use tokencast::traffic::{Arrival, Arrivals, TASK_BITS, TraceFiles};
use tokencast::units::SimTime;

struct Memory(String);

impl TraceFiles for Memory {
    fn open(&self, _: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.0.clone().into_bytes())))
    }
}

fn calls() -> Option<Vec<Value>> {
    let file = shared::file("traces/claude_code_agentic_dev60.jsonl")?;
    let text = fs::read_to_string(file).expect("a text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn number(call: &Value, key: &str) -> u64 {
    call[key].as_u64().expect("a count")
}

/// The sessions begin one minute after the other: when they really did is not in the data.
fn csv(calls: &[Value]) -> String {
    let mut sessions: Vec<&str> = Vec::new();
    let mut rows = "seconds,session,input,output\n".to_owned();
    for call in calls {
        let session = call["session"].as_str().expect("a name");
        if !sessions.contains(&session) {
            sessions.push(session);
        }
        let begins = sessions.iter().position(|other| *other == session).expect("it was added") as f64 * 60.0;
        let at = begins + call["t_s"].as_f64().expect("seconds");
        let (input, output) = (number(call, "input_tokens"), number(call, "output_tokens"));
        writeln!(rows, "{at},{session},{input},{output}").expect("a string takes it");
    }
    rows
}

fn columns() -> Columns {
    Columns {
        time: "seconds".to_owned(),
        time_format: TimeFormat::Seconds,
        input: "input".to_owned(),
        output: "output".to_owned(),
        session: Some("session".to_owned()),
        ..Columns::default()
    }
}

fn trace(columns: Columns) -> Trace {
    Trace { sort: true, ..Trace::of_csv("sessions.csv", columns) }
}

/// When the calls of each session were admitted, and when they ended.
#[derive(Default)]
struct Watch {
    sent: BTreeMap<u64, Vec<SimTime>>,
    /// By admission: when it ended.
    ended: BTreeMap<(u64, SimTime), SimTime>,
    /// Session, admission and length of the answers that are being written.
    open: Vec<(u64, SimTime, u32)>,
}

impl Observer for Watch {
    fn admitted(&mut self, now: SimTime, attempt: Attempt<'_>) {
        let session = attempt.arrival.request >> TASK_BITS;
        self.sent.entry(session).or_default().push(now);
        self.open.push((session, now, attempt.arrival.output()));
    }

    fn settled(&mut self, now: SimTime, holder: Holder, reservation: &Reservation, _: u64) {
        // Calls of different sessions may begin at one instant: the same length takes the same time.
        let it =
            |(_, begun, output): &(u64, SimTime, u32)| (*begun, *output) == (reservation.admitted_at(), holder.output);
        let at = self.open.iter().position(it).expect("it was admitted");
        let (session, begun, _) = self.open.swap_remove(at);
        self.ended.insert((session, begun), now);
    }
}

#[test]
fn the_calls_of_a_recorded_session_follow_each_other_and_none_is_lost() {
    let Some(calls) = calls() else { return };
    let app = App {
        max_tokens: 64_000,
        traffic: Traffic::Trace(trace(columns())),
        work: Some(Box::new(Work { sessions: true, ..Work::default() })),
        // A second to the first token, and 40 tokens a second: slower than many of the recorded pauses.
        ..world::served("agents", 0, world::service(1_000_000, 40_000))
    };
    let plan: Plan = world::plan(vec![Vec::new()], vec![app]);
    let mut watch = Watch::default();
    let arrivals = Arrivals::new(&plan, 1, &Memory(csv(&calls)));
    let run = Engine::watched(&plan, 1, &mut watch).run(arrivals);

    let tasks = run.apps[0].tasks.as_deref().expect("tasks");
    assert_eq!((calls.len(), tasks.begun, tasks.done, tasks.open), (4_092, 4_092, 4_092, 0));
    let usage = run.apps[0].usage();
    let sum = |key: &str| calls.iter().map(|call| number(call, key)).sum::<u64>();
    assert_eq!((usage.total_input(), usage.output), (sum("input_tokens"), sum("output_tokens")));

    assert_eq!(watch.sent.len(), 60);
    let mut waited = 0;
    for (session, sent) in &watch.sent {
        for pair in sent.windows(2) {
            let ended = watch.ended[&(*session, pair[0])];
            assert!(
                ended <= pair[1],
                "session {session}: a call was sent at {:?} before the last ended at {ended:?}",
                pair[1]
            );
            waited += usize::from(ended == pair[1]);
        }
    }
    // Recorded calls of sub-agents overlap: here they follow each other.
    assert!(waited > 100, "{waited} calls waited for the one before them");
}

/// Each is refused for ever and given up at once, and gives way to the next.
#[test]
fn a_session_of_many_calls_that_are_all_refused_ends() {
    let app = App {
        traffic: Traffic::Trace(trace(Columns { max_tokens: Some("max_tokens".to_owned()), ..columns() })),
        work: Some(Box::new(Work { sessions: true, ..Work::default() })),
        ..world::served("a", 0, world::service(75_000_000, u32::MAX))
    };
    let plan = world::plan(vec![vec![world::tokens_per_minute(10)]], vec![app]);
    let call = |position: u64| {
        let tokens = if position == 0 { 1 } else { 100 };
        Arrival { request: position << 8, ..world::arrival(position.min(1), 0, tokens, 0, 0) }
    };
    let calls = 200_000;
    let run = sim::run(&plan, 1, (0..calls).map(call));
    let tasks = run.apps[0].tasks.as_deref().expect("tasks");
    assert_eq!((tasks.begun, tasks.done, tasks.failed, tasks.open), (calls, 1, calls - 1, 0));
}
