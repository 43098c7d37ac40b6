//! Real traffic: an hour of the Azure conversation trace (Splitwise, ISCA 2024).

use crate::laws::conservation;
use crate::model::{Terms, outcome, replay};
use crate::shared;
use crate::world::{self, WINDOWS, World, tokens_per_minute};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tokencast::bedrock::quota::Window;
use tokencast::plan::{App, Plan, Trace, Traffic};
use tokencast::trace::{Columns, TimeFormat};
use tokencast::traffic::{Arrival, Arrivals, TraceFiles, survey};
use tokencast::units::{Micros, Tokens};

struct Disk;

impl TraceFiles for Disk {
    fn open(&self, file: &str) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(file)?))
    }
}

fn file() -> Option<PathBuf> {
    shared::file("traces/AzureLLMInferenceTrace_conv.csv")
}

fn trace(file: &Path) -> Trace {
    let columns = Columns {
        time: "TIMESTAMP".to_owned(),
        time_format: TimeFormat::WallClock,
        input: "ContextTokens".to_owned(),
        output: "GeneratedTokens".to_owned(),
        ..Columns::default()
    };
    Trace::of_csv(file.to_str().expect("a UTF-8 path"), columns)
}

/// 20 ms a token after half a second, 1,000 tokens at most, from the moment of the trace's first row on.
fn world(file: &Path, quota: u64) -> World {
    let app = App {
        max_tokens: 1_000,
        client: world::caller(3),
        traffic: Traffic::Trace(trace(file)),
        ..world::served("chat", 0, world::service(500_000, 50_000))
    };
    let start = "2023-11-16T18:15:46.680590Z".parse().expect("an instant");
    let plan = Plan { start, ..world::plan(vec![vec![tokens_per_minute(quota)]], vec![app]) };
    let arrivals: Vec<Arrival> = Arrivals::new(&plan, 7, &Disk).collect();
    let terms = vec![Terms::new(7, "chat", vec![(0, 1)])];
    World { plan, terms, arrivals, seed: 7 }
}

fn under(world: &World, window: Window) -> World {
    World { plan: Plan { window, ..world.plan.clone() }, ..world.clone() }
}

#[test]
fn the_trace_is_read_to_the_token() {
    let Some(file) = file() else { return };
    let text = std::fs::read_to_string(&file).expect("the trace is text");
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let sum = |column: usize| rows.iter().map(|row| row[column].parse::<u64>().expect("a count")).sum::<u64>();
    let found = survey(&Disk, &trace(&file)).expect("a good trace");
    assert_eq!((found.calls, found.usage.total_input(), found.usage.output), (rows.len() as u64, sum(1), sum(2)));
    assert_eq!((rows.len(), sum(1) / 10_000, sum(2) / 10_000), (19_366, 2_236, 408), "rows, 22.36 M and 4.09 M tokens");
    assert_eq!(found.without_max_tokens, 19_366);

    // The hour and minute of a row are characters 11 to 16.
    let mut minutes: Vec<(&str, u32)> = Vec::new();
    for minute in rows.iter().map(|row| &row[0][11..16]) {
        match minutes.last_mut() {
            Some((last, count)) if *last == minute => *count += 1,
            _ => minutes.push((minute, 1)),
        }
    }
    let run = world(&file, Tokens::MAX_QUOTA.0).run();
    let arrivals: Vec<u32> = run.apps[0].minutes.iter().map(|row| row.arrivals).filter(|count| *count > 0).collect();
    assert_eq!(arrivals, minutes.iter().map(|(_, count)| *count).collect::<Vec<_>>());
}

#[test]
fn the_busiest_sixty_seconds_from_the_first_row_see_507_calls() {
    let Some(file) = file() else { return };
    let mut counts = vec![0; 60];
    for arrival in world(&file, 1).arrivals {
        counts[(arrival.at.0 / Micros::MINUTE.0) as usize] += 1;
    }
    assert_eq!(counts.iter().max(), Some(&507));
}

#[test]
fn an_ample_quota_serves_every_call_of_the_trace_under_each_window() {
    let Some(file) = file() else { return };
    let world = world(&file, Tokens::MAX_QUOTA.0);
    let runs = WINDOWS.map(|window| under(&world, window).run());
    assert_eq!(runs[0].apps[0].sum(|row| row.served.into()), 19_366);
    assert_eq!(runs[0].refusals, [0]);
    assert_eq!(runs[0], runs[1]);
    assert_eq!(runs[0], runs[2]);
}

#[test]
fn a_scarce_quota_conserves_the_trace_and_agrees_with_a_scan_of_its_beginning() {
    let Some(file) = file() else { return };
    let whole = world(&file, 500_000);
    // The beginning is quiet: a fifth of the quota makes it scarce.
    let mut beginning = world(&file, 100_000);
    beginning.arrivals.truncate(300);
    for window in WINDOWS {
        let (whole, beginning) = (under(&whole, window), under(&beginning, window));
        let run = whole.run();
        assert!(run.refusals[0] > 1_000, "{window:?} refused {}", run.refusals[0]);
        conservation::holds(&whole, &run).expect("the books balance");
        let run = outcome(&beginning.run());
        assert!(run.refusals[0] > 0, "{window:?} refused nothing");
        assert_eq!(run, replay(&beginning.plan, &beginning.terms, &beginning.arrivals), "{window:?}");
    }
}
